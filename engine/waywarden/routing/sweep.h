#pragma once

/// Costs from one node to all others, or from all to one: up from the root, then once over all ranks from the
/// highest down (PHAST: Delling, Goldberg, Nowatzyk and Werneck 2011). `SweepBatch` does up to sixteen roots
/// in one pass as lanes of vector instructions, per root some ten times faster.
///
/// Exact, in the weights' unit. O(links): some 8 ns per node of a road network, .5 ns per node and root of a
/// full batch. Results lie in the order of ranks, 4 bytes per node and lane; look-ups are O(1).

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/router.h"

namespace waywarden {

namespace detail {
struct Lanes;
}

class Sweep {
 public:
  /// The hierarchy must outlive it; `reuse` gives the memory of one that is no longer needed. Throws
  /// `OptionError` for a root that does not exist.
  Sweep(const Metric& metric, std::uint32_t root, Direction direction, const Execution& execution = {},
        Sweep reuse = {});

  /// `kNoWay` where there is none.
  Cost cost(std::uint32_t node) const { return by_rank_[hierarchy_->rank(node)]; }
  /// Per node.
  std::vector<Cost> costs() const;
  std::span<const Cost> by_rank() const { return by_rank_; }

 private:
  Sweep();

  const Hierarchy* hierarchy_ = nullptr;
  std::vector<Cost> by_rank_;
};

class SweepBatch {
 public:
  static constexpr std::size_t kMostRoots = 16;

  /// As above, for one to `kMostRoots` roots, which may repeat.
  SweepBatch(const Metric& metric, std::span<const std::uint32_t> roots, Direction direction,
             const Execution& execution = {}, SweepBatch reuse = {});
  ~SweepBatch();
  SweepBatch(SweepBatch&& other) noexcept;
  SweepBatch& operator=(SweepBatch&& other) noexcept;

  std::size_t root_count() const { return roots_; }
  /// Of the i-th root; `kNoWay` where there is none.
  Cost cost(std::size_t root, std::uint32_t node) const;
  /// Per node.
  std::vector<Cost> costs(std::size_t root) const;
  /// Those of as many nodes as there is room for, from `first_node` on: a few thousand at a time of one root
  /// after another, since the costs of a node lie together.
  void copy(std::size_t root, std::uint32_t first_node, std::span<Cost> out) const;

 private:
  SweepBatch();

  const Hierarchy* hierarchy_ = nullptr;
  std::size_t roots_ = 0;
  std::size_t nodes_ = 0;
  /// Per rank, not initialised before it is written.
  std::unique_ptr<detail::Lanes[]> by_rank_;
};

}  // namespace waywarden
