#include "waywarden/routing/corridor.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/incidence.h"
#include "waywarden/routing/sweep.h"

namespace waywarden {
namespace {

/// Arcs between two looks at whether to stop.
constexpr std::size_t kPiece = 1 << 16;

struct Ends {
  std::uint32_t source;
  std::uint32_t target;
};

/// Those with a way, in no order of blocks: what (a) leaves.
Corridor within_bound(ArcColumns arcs, const Metric& metric, Ends ends, double excess,
                      const Execution& execution) {
  const Sweep from(metric, ends.source, Direction::from_roots, execution);
  const Sweep to(metric, ends.target, Direction::to_roots, execution);
  Corridor result{from.cost(ends.target), {}, {}};
  if (result.cheapest == kNoWay || ends.source == ends.target) return result;
  const Cost bound = cost_within(result.cheapest, excess);
  for (std::uint32_t a = 0; a < arcs.tail.size(); ++a) {
    if (a % kPiece == 0) execution.check();
    if (metric.weights()[a] > bound) continue;
    const std::uint64_t cost =
        std::uint64_t{from.cost(arcs.tail[a])} + metric.weights()[a] + to.cost(arcs.head[a]);
    if (cost > bound) continue;
    result.arc.push_back(a);
    result.stretch.push_back(stretch(static_cast<Cost>(cost), result.cheapest));
  }
  return result;
}

/// (b).
Corridor without_dead_ends(const Corridor& wide, const BlockTree& blocks, Ends ends) {
  const std::vector<std::uint32_t> passed = blocks.between(ends.source, ends.target);
  Corridor result{wide.cheapest, {}, {}};
  for (std::size_t i = 0; i < wide.arc.size(); ++i) {
    if (!std::ranges::binary_search(passed, blocks.block(wide.arc[i]))) continue;
    result.arc.push_back(wide.arc[i]);
    result.stretch.push_back(wide.stretch[i]);
  }
  return result;
}

void check(ArcColumns arcs, const Metric& metric, const BlockTree& blocks) {
  detail::check_arcs(metric.hierarchy(), arcs);
  if (blocks.arc_count() != arcs.tail.size()) throw OptionError("these are blocks of other arcs");
}

}  // namespace

Cost cost_within(Cost cheapest, double excess) {
  if (!(excess >= 0)) throw OptionError("an excess must not be below 0");
  const double most = std::floor((1.0 + excess) * cheapest);
  return most < kNoWay ? static_cast<Cost>(most) : kNoWay - 1;
}

double stretch(Cost cost, Cost cheapest) {
  return cost == cheapest ? 1.0 : static_cast<double>(cost) / cheapest;
}

Corridor corridor(ArcColumns arcs, const Metric& metric, const BlockTree& blocks, std::uint32_t source,
                  std::uint32_t target, const CorridorOptions& options, const Execution& execution) {
  check(arcs, metric, blocks);
  const Corridor wide = within_bound(arcs, metric, {source, target}, options.excess, execution);
  if (options.dead_ends == DeadEnds::of_open_arcs) return without_dead_ends(wide, blocks, {source, target});
  const BlockTree own(metric.hierarchy().node_count(), arcs, wide.arc, execution);
  return without_dead_ends(wide, own, {source, target});
}

}  // namespace waywarden
