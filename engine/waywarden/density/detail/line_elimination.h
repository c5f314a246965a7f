#pragma once

/// Solves (L + M) x = b where L is the Laplacian of a graph with complex conductances and M a diagonal: one
/// order of elimination (least degree first) for any number of conductances on the same graph. Diagonals are
/// never formed by subtraction, so that conductances may differ by many powers of ten. Fill and time grow
/// like n log n for graphs that are drawn in the plane.

#include <complex>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace waywarden::density_detail {

using Complex = std::complex<double>;

/// Without the tests for infinities that the language asks of complex products.
inline Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

class LineElimination {
 public:
  /// Ends of edges; a loop conducts nothing.
  LineElimination(std::size_t nodes, std::span<const std::pair<std::uint32_t, std::uint32_t>> edges);

  /// Conductances per edge; `diagonal` and `right` per node. Returns x per node.
  std::vector<Complex> solve(std::span<const Complex> conductance, std::vector<Complex> diagonal,
                             std::vector<Complex> right) const;

 private:
  void eliminate_all(std::vector<std::vector<std::uint32_t>> neighbours);
  std::size_t entry(std::uint32_t earlier, std::uint32_t later) const;
  std::vector<Complex> entries(std::span<const Complex> conductance) const;

  /// Node eliminated at each step, and the reverse.
  std::vector<std::uint32_t> node_;
  std::vector<std::uint32_t> step_;
  /// Later steps that step k is joined to: later_[first_[k]] .. ascending.
  std::vector<std::size_t> first_{0};
  std::vector<std::uint32_t> later_;
  /// Per edge its entry among them; none for loops.
  std::vector<std::size_t> entry_of_edge_;
};

}  // namespace waywarden::density_detail
