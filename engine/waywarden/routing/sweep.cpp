#include "waywarden/routing/sweep.h"

#include <algorithm>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/customization.h"
#include "waywarden/routing/detail/sweep_kernels.h"

namespace waywarden {
namespace {

using detail::Lanes;
using detail::SweepLinks;

WAYWARDEN_MULTIVERSION
void pull_all(const SweepLinks& links, RankRange range, Lanes* costs) {
  detail::pull_range(links, range, costs);
}

void pull_all(const SweepLinks& links, RankRange range, Cost* costs) {
  detail::pull_range(links, range, costs);
}

/// The roots and all their ancestors, ascending.
std::vector<std::uint32_t> ancestors(const Hierarchy& hierarchy, std::span<const std::uint32_t> roots) {
  std::vector<std::uint32_t> ranks;
  for (const std::uint32_t root : roots) {
    if (root >= hierarchy.node_count()) throw OptionError("there is no such node");
    std::uint32_t rank = hierarchy.rank(root);
    for (; hierarchy.parent(rank) != rank; rank = hierarchy.parent(rank)) ranks.push_back(rank);
    ranks.push_back(rank);
  }
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
  return ranks;
}

/// A range from above, where `reached` are those of its ranks that the search upwards has given a cost,
/// ascending.
template <class Value>
void descend(const SweepLinks& links, std::span<const std::uint32_t> reached, RankRange ranks, Value* costs) {
  for (std::size_t i = reached.size(); i-- > 0;) {
    const std::uint32_t rank = reached[i];
    pull_all(links, {rank + 1, ranks.last}, costs);
    costs[rank] = detail::pull(links, rank, costs[rank], costs);
    ranks.last = rank;
  }
  pull_all(links, ranks, costs);
}

template <class Value>
void descend(const Hierarchy& hierarchy, const SweepLinks& links, std::span<const std::uint32_t> reached,
             const Execution& execution, Value* costs) {
  detail::for_ranks_downward(hierarchy, execution, [&](RankRange range) {
    const auto first = std::lower_bound(reached.begin(), reached.end(), range.first);
    const auto last = std::lower_bound(first, reached.end(), range.last);
    descend(links, {first, last}, range, costs);
  });
}

}  // namespace

Sweep::Sweep() = default;

Sweep::Sweep(const Metric& metric, std::uint32_t root, Direction direction, const Execution& execution,
             Sweep reuse)
    : hierarchy_(&metric.hierarchy()), by_rank_(std::move(reuse.by_rank_)) {
  const std::vector<std::uint32_t> reached = ancestors(*hierarchy_, std::span(&root, 1));
  const SweepLinks links = detail::sweep_links(metric, direction);
  by_rank_.resize(hierarchy_->node_count());
  for (const std::uint32_t rank : reached) by_rank_[rank] = kNoWay;
  by_rank_[reached.front()] = 0;
  for (const std::uint32_t rank : reached) detail::push(links, rank, by_rank_.data());
  descend(*hierarchy_, links, reached, execution, by_rank_.data());
}

std::vector<Cost> Sweep::costs() const {
  std::vector<Cost> per_node(by_rank_.size());
  for (std::uint32_t n = 0; n < per_node.size(); ++n) per_node[n] = cost(n);
  return per_node;
}

SweepBatch::SweepBatch() = default;
SweepBatch::~SweepBatch() = default;
SweepBatch::SweepBatch(SweepBatch&& other) noexcept = default;
SweepBatch& SweepBatch::operator=(SweepBatch&& other) noexcept = default;

SweepBatch::SweepBatch(const Metric& metric, std::span<const std::uint32_t> roots, Direction direction,
                       const Execution& execution, SweepBatch reuse)
    : hierarchy_(&metric.hierarchy()), roots_(roots.size()), nodes_(hierarchy_->node_count()) {
  if (roots.empty() || roots.size() > kMostRoots) throw OptionError("a batch has 1 to 16 roots");
  const std::vector<std::uint32_t> reached = ancestors(*hierarchy_, roots);
  const SweepLinks links = detail::sweep_links(metric, direction);
  by_rank_ =
      reuse.nodes_ == nodes_ ? std::move(reuse.by_rank_) : std::make_unique_for_overwrite<Lanes[]>(nodes_);
  for (const std::uint32_t rank : reached) by_rank_[rank] = detail::all_lanes(kNoWay);
  for (std::size_t i = 0; i < roots_; ++i) by_rank_[hierarchy_->rank(roots[i])].set(i, 0);
  for (const std::uint32_t rank : reached) detail::push(links, rank, by_rank_.get());
  descend(*hierarchy_, links, reached, execution, by_rank_.get());
}

Cost SweepBatch::cost(std::size_t root, std::uint32_t node) const {
  return by_rank_[hierarchy_->rank(node)][root];
}

std::vector<Cost> SweepBatch::costs(std::size_t root) const {
  std::vector<Cost> per_node(nodes_);
  copy(root, 0, per_node);
  return per_node;
}

void SweepBatch::copy(std::size_t root, std::uint32_t first_node, std::span<Cost> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = by_rank_[hierarchy_->rank(first_node + i)][root];
}

}  // namespace waywarden
