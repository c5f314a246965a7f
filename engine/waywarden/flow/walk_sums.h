#pragma once

/// Sums over all walks of a core, however often they go round in circles: with a weight m >= 0 per arc, a
/// walk weighs the product over its arcs, and the sums are the solutions of (1 - M) x = b, M being the matrix
/// of weights between nodes.
///
/// By elimination along the core's contraction order: what customization does with least costs, done with
/// sums. Exact but for rounding, no iteration. The sums exist where every pivot stays above 0 (1 - M is then
/// an M-matrix: the spectral radius of M is below 1), so that existence is decided, not guessed. O(triangles
/// of the hierarchy) to make, O(links) to solve.

#include <span>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/execution.h"
#include "waywarden/routing/core.h"

namespace waywarden {

/// Walks that return to this node weigh 1 or more together, so that the sums have no limit.
class DivergentWalks : public OptionError {
 public:
  explicit DivergentWalks(CoreNode node);
  CoreNode node() const { return node_; }

 private:
  CoreNode node_;
};

class WalkSums {
 public:
  /// Returning walks of 1 - kMargin and more count as 1: rounding could not tell.
  static constexpr double kMargin = 1e-10;

  /// Keeps a reference to the core. Weights per arc; throws `OptionError` for another number of them or one
  /// that is negative or not finite, `DivergentWalks` where the sums do not exist.
  WalkSums(const Core& core, std::span<const double> weights, const Execution& execution);

  /// x = b + M x, per node: what walks from each node bring in, b being met at every node on the way.
  std::vector<double> from(std::span<const double> b) const;
  /// x = b + x M, per node: what b, put down at the nodes, becomes there when it spreads along walks.
  std::vector<double> into(std::span<const double> b) const;

 private:
  void place(std::span<const double> weights);
  void eliminate(std::uint32_t rank);
  void join(std::uint32_t rank, std::uint32_t link);
  std::vector<double> solve(std::span<const double> b, std::span<const double> forward,
                            std::span<const double> backward) const;

  const Core& core_;
  /// Per link of the hierarchy, to the higher rank and to the lower; per rank, 1 - what returns to it.
  std::vector<double> up_;
  std::vector<double> down_;
  std::vector<double> pivot_;
};

}  // namespace waywarden
