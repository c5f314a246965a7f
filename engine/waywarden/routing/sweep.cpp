#include "waywarden/routing/sweep.h"

#include <algorithm>
#include <limits>
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

/// Nodes that one task writes.
constexpr std::size_t kNodesAtOnce = 4096;

/// Nodes that lie side by side have ranks that do not: their costs are asked for this many nodes ahead.
constexpr std::size_t kAhead = 32;

struct RowFormat {
  std::size_t count = 0;
  std::size_t length = 0;
  double unit = 1.0;
};

/// Node by node to all rows: each row is a stream that the processor gathers to whole lines. A finite cost
/// has 31 bits: as a signed number it becomes a double in one instruction.
WAYWARDEN_MULTIVERSION
void write_block(const Lanes* by_rank, std::span<const std::uint32_t> ranks, RowFormat rows, double* out) {
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (i + kAhead < ranks.size()) __builtin_prefetch(&by_rank[ranks[i + kAhead]]);
    const Lanes& units = by_rank[ranks[i]];
    double costs[detail::kLanes];
    for (std::size_t lane = 0; lane < detail::kLanes; ++lane) {
      const double cost = static_cast<double>(static_cast<std::int32_t>(units[lane])) * rows.unit;
      costs[lane] = units[lane] == kNoWay ? std::numeric_limits<double>::infinity() : cost;
    }
    for (std::size_t row = 0; row < rows.count; ++row) out[row * rows.length + i] = costs[row];
  }
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
  for (std::uint32_t n = 0; n < nodes_; ++n) per_node[n] = cost(root, n);
  return per_node;
}

void SweepBatch::write(double unit, std::span<double> rows, const Execution& execution) const {
  const std::size_t blocks = (nodes_ + kNodesAtOnce - 1) / kNodesAtOnce;
  parallel_for(blocks, execution, [&](std::size_t block) {
    const std::size_t first = block * kNodesAtOnce, count = std::min(kNodesAtOnce, nodes_ - first);
    write_block(by_rank_.get(), hierarchy_->columns().rank.subspan(first, count), {roots_, nodes_, unit},
                rows.data() + first);
  });
}

SweepSeries::SweepSeries(const Execution& execution)
    : execution_(execution), sweeps_(workspaces(execution)) {}

void SweepSeries::run(const Metric& metric, std::span<const std::uint32_t> roots, Direction direction,
                      const Visit& visit) {
  constexpr std::size_t kMost = SweepBatch::kMostRoots;
  const auto sweep = [&](std::size_t batch, std::optional<SweepBatch>& found, const Execution& execution) {
    const auto some = roots.subspan(batch * kMost, std::min(kMost, roots.size() - batch * kMost));
    found = found ? SweepBatch(metric, some, direction, execution, std::move(*found))
                  : SweepBatch(metric, some, direction, execution);
    visit(batch * kMost, *found, execution);
  };
  const std::size_t batches = (roots.size() + kMost - 1) / kMost;
  const std::size_t side_by_side = batches / sweeps_.size() * sweeps_.size();
  const Execution alone{.threads = 1, .progress = execution_.progress};
  parallel_for_with_workspace(side_by_side, execution_, [&](std::size_t workspace, std::size_t batch) {
    sweep(batch, sweeps_[workspace], alone);
  });
  for (std::size_t batch = side_by_side; batch < batches; ++batch) sweep(batch, sweeps_[0], execution_);
}

}  // namespace waywarden
