#pragma once

/// A linear program that grows: minimise cost x over bounded columns and rows that are added and removed
/// between solves, each solve starting from the last basis (dual simplex of COIN-OR CLP). Nothing else in the
/// engine knows CLP. It writes nothing and uses one thread; the same calls give the same bits.
///
/// What it returns holds within the solver's tolerances (1e-7) only: whoever needs a bound that is certain
/// makes it from the prices (see worst_case_master.h).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace waywarden::detail {

enum class ProgramStatus : std::uint8_t { optimal, infeasible, stopped };

/// Rows to add, as CSR: low <= sum of value * column.
struct ProgramRows {
  std::vector<double> low = {};
  std::vector<int> first = {0};
  std::vector<int> column = {};
  std::vector<double> value = {};

  void add(int in_column, double with_value) {
    column.push_back(in_column);
    value.push_back(with_value);
  }
  void close(double at_least) {
    low.push_back(at_least);
    first.push_back(static_cast<int>(column.size()));
  }
  std::size_t size() const { return low.size(); }
};

class LinearProgram {
 public:
  /// Which columns and rows are basic: columns first, then rows as they stand.
  using Basis = std::vector<unsigned char>;
  static constexpr unsigned char kBasic = 1;

  LinearProgram(std::span<const double> cost, std::span<const double> low, std::span<const double> high);
  ~LinearProgram();
  LinearProgram(LinearProgram&&) noexcept;
  LinearProgram& operator=(LinearProgram&&) noexcept;

  void add_rows(const ProgramRows& rows);
  /// Positions ascending; those behind move up.
  void remove_rows(std::span<const int> positions);
  void set_bounds(int column, double low, double high);

  ProgramStatus solve();
  /// At most so many steps of the simplex method.
  ProgramStatus solve(int steps);

  double value() const;
  std::span<const double> point() const;
  std::span<const double> row_prices() const;
  std::size_t rows() const;
  bool is_basic_row(std::size_t row) const;

  Basis basis() const;
  /// Of as many columns and rows as there are now.
  void restore(const Basis& basis);

 private:
  struct Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace waywarden::detail
