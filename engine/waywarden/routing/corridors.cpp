#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "waywarden/base/errors.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/detail/incidence.h"
#include "waywarden/routing/detail/lanes.h"
#include "waywarden/routing/sweep.h"

namespace waywarden {
namespace {

using detail::kLanes;
using detail::Lanes;
using Nodes = std::span<const std::uint32_t>;

/// Arcs that one body looks at: enough to be worth it, few enough to stop soon.
constexpr std::size_t kGrain = 1 << 12;

/// An arc that a route may use.
struct OpenArc {
  std::uint32_t arc;
  std::uint32_t tail;
  std::uint32_t head;
  Weight weight;
  std::uint32_t block;
};

struct Found {
  double stretch = std::numeric_limits<double>::infinity();
  std::uint64_t pairs = 0;
};

std::vector<OpenArc> usable_arcs(ArcColumns arcs, const Metric& metric, const BlockTree& blocks) {
  std::vector<OpenArc> usable;
  for (std::uint32_t a = 0; a < arcs.tail.size(); ++a) {
    if (metric.weights()[a] == kClosed || blocks.block(a) == BlockTree::kNoBlock) continue;
    usable.push_back({a, arcs.tail[a], arcs.head[a], metric.weights()[a], blocks.block(a)});
  }
  return usable;
}

/// Up to sixteen roots and their costs at each node, `kNoWay` in lanes without a root.
struct Side {
  Side(const Metric& metric, Nodes some, Direction direction, const Execution& execution)
      : roots(some), costs(std::make_unique_for_overwrite<Lanes[]>(metric.hierarchy().node_count())) {
    const SweepBatch sweep(metric, roots, direction, execution);
    for (std::uint32_t n = 0; n < metric.hierarchy().node_count(); ++n) {
      if (n % (1 << 16) == 0) execution.check();
      costs[n] = detail::all_lanes(kNoWay);
      for (std::size_t i = 0; i < roots.size(); ++i) costs[n].set(i, sweep.cost(i, n));
    }
  }

  Nodes roots;
  std::unique_ptr<Lanes[]> costs;
};

/// Pairs of sixteen sources, in rows, and sixteen targets, in lanes.
struct Tile {
  const Lanes* from;
  const Lanes* to;
  /// The cheapest cost of a pair, and the first that is too dear: 0 where there is no corridor.
  std::array<Lanes, kLanes> cheapest;
  std::array<Lanes, kLanes> limit;
  /// Per block and row, a bit for each lane whose pair passes the block.
  std::vector<std::array<std::uint16_t, kLanes>> passed;
};

Tile tile(const BlockTree& blocks, const Side& from, const Side& to, double excess) {
  Tile t{from.costs.get(), to.costs.get(), {}, {}, {}};
  t.passed.resize(blocks.block_count());
  for (std::size_t i = 0; i < kLanes; ++i) t.cheapest[i] = t.limit[i] = detail::all_lanes(0);
  for (std::size_t i = 0; i < from.roots.size(); ++i) {
    for (std::size_t j = 0; j < to.roots.size(); ++j) {
      const Cost cheapest = from.costs[to.roots[j]][i];
      if (cheapest == kNoWay) continue;
      t.cheapest[i].set(j, cheapest);
      t.limit[i].set(j, cost_within(cheapest, excess) + 1);
      for (const std::uint32_t block : blocks.between(from.roots[i], to.roots[j])) {
        t.passed[block][i] = static_cast<std::uint16_t>(t.passed[block][i] | 1U << j);
      }
    }
  }
  return t;
}

/// Lanes whose pair the arc is cheap enough for have bits.
WAYWARDEN_INLINE Lanes row_within(const Tile& t, std::size_t i, Cost here, const Lanes& to) {
  const Lanes cost = to + here;
  return {cost.low < t.limit[i].low, cost.high < t.limit[i].high};
}

WAYWARDEN_INLINE bool any(const Lanes& lanes) {
  const Lanes::Half both = lanes.low | lanes.high;
  std::uint32_t bits = 0;
  for (std::size_t k = 0; k < kLanes / 2; ++k) bits |= both[k];
  return bits != 0;
}

/// Rows with a pair for which the arc is cheap enough, as bits; most arcs have none, which is seen at once.
WAYWARDEN_INLINE std::uint32_t rows_within(const Tile& t, const OpenArc& arc) {
  const Lanes here = least(t.from[arc.tail] + arc.weight, kNoWay), to = t.to[arc.head];
  Lanes within = detail::all_lanes(0);
  for (std::size_t i = 0; i < kLanes; ++i) {
    const Lanes row = row_within(t, i, here[i], to);
    within = {within.low | row.low, within.high | row.high};
  }
  if (!any(within)) return 0;
  std::uint32_t rows = 0;
  for (std::size_t i = 0; i < kLanes; ++i) rows |= std::uint32_t{any(row_within(t, i, here[i], to))} << i;
  return rows;
}

void note_row(const Tile& t, const OpenArc& arc, std::size_t i, Found& found) {
  const Cost here = std::min(t.from[arc.tail][i] + arc.weight, kNoWay);
  const std::uint32_t passed = t.passed[arc.block][i];
  for (std::size_t j = 0; j < kLanes; ++j) {
    const Cost cost = here + t.to[arc.head][j];
    if (cost >= t.limit[i][j] || (passed >> j & 1) == 0) continue;
    found.stretch = std::min(found.stretch, stretch(cost, t.cheapest[i][j]));
    ++found.pairs;
  }
}

WAYWARDEN_MULTIVERSION
void note_arcs(const Tile& t, std::span<const OpenArc> arcs, std::span<Found> found) {
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    const std::uint32_t rows = rows_within(t, arcs[a]);
    for (std::size_t i = 0; i < kLanes; ++i) {
      if ((rows >> i & 1) != 0) note_row(t, arcs[a], i, found[a]);
    }
  }
}

void note_all(const Tile& t, std::span<const OpenArc> arcs, std::span<Found> found,
              const Execution& execution) {
  parallel_for((arcs.size() + kGrain - 1) / kGrain, execution, [&](std::size_t piece) {
    const std::size_t first = piece * kGrain, count = std::min(kGrain, arcs.size() - first);
    note_arcs(t, arcs.subspan(first, count), found.subspan(first, count));
  });
}

Nodes sixteen(Nodes nodes, std::size_t first) {
  return nodes.subspan(first, std::min(kLanes, nodes.size() - first));
}

CorridorUnion columns(std::span<const OpenArc> arcs, std::span<const Found> found) {
  CorridorUnion result;
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    if (found[a].pairs == 0) continue;
    result.arc.push_back(arcs[a].arc);
    result.stretch.push_back(found[a].stretch);
    result.pairs.push_back(found[a].pairs);
  }
  return result;
}

}  // namespace

CorridorUnion corridors(ArcColumns arcs, const Metric& metric, const BlockTree& blocks, Nodes sources,
                        Nodes targets, double excess, const Execution& execution) {
  detail::check_arcs(metric.hierarchy(), arcs);
  if (blocks.arc_count() != arcs.tail.size()) throw OptionError("these are blocks of other arcs");
  const std::vector<OpenArc> usable = usable_arcs(arcs, metric, blocks);
  std::vector<Found> found(usable.size());
  for (std::size_t s = 0; s < sources.size(); s += kLanes) {
    const Side from(metric, sixteen(sources, s), Direction::from_roots, execution);
    for (std::size_t t = 0; t < targets.size(); t += kLanes) {
      const Side to(metric, sixteen(targets, t), Direction::to_roots, execution);
      note_all(tile(blocks, from, to, excess), usable, found, execution);
    }
  }
  return columns(usable, found);
}

}  // namespace waywarden
