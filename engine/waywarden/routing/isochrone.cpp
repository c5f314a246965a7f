#include "waywarden/routing/isochrone.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/incidence.h"
#include "waywarden/routing/sweep.h"

namespace waywarden {
namespace {

constexpr std::size_t kRoots = SweepBatch::kMostRoots;

/// What is the same for all sources.
struct Task {
  const Metric& metric;
  std::span<const std::uint32_t> sources;
  std::span<const Cost> limits;
  Direction direction;
  /// The arcs that lead on from a node.
  detail::Incidence onward;
};

/// A node that a source reaches.
struct Reached {
  std::uint32_t node;
  Cost cost;
};

/// Per root, those within the largest limit, ascending.
std::vector<std::vector<Reached>> reached_nodes(const SweepBatch& sweep, std::size_t nodes, Cost limit,
                                                const Execution& execution) {
  std::vector<std::vector<Reached>> reached(sweep.root_count());
  for (std::uint32_t n = 0; n < nodes; ++n) {
    if (n % (1 << 16) == 0) execution.check();
    for (std::size_t i = 0; i < reached.size(); ++i) {
      if (const Cost cost = sweep.cost(i, n); cost <= limit) reached[i].push_back({n, cost});
    }
  }
  return reached;
}

/// An arc and the cost of the node at which it is entered.
struct Entered {
  std::uint32_t arc;
  Cost cost;
};

/// All that are open and lead on from reached nodes, ascending.
std::vector<Entered> entered_arcs(const Task& task, std::span<const Reached> reached) {
  std::vector<Entered> entered;
  for (const Reached& r : reached) {
    for (const std::uint32_t a : task.onward.of(r.node)) {
      if (task.metric.weights()[a] != kClosed) entered.push_back({a, r.cost});
    }
  }
  const auto before = [](const Entered& a, const Entered& b) { return a.arc < b.arc; };
  if (!std::is_sorted(entered.begin(), entered.end(), before)) {
    std::sort(entered.begin(), entered.end(), before);
  }
  return entered;
}

void append_nodes(std::span<const Reached> reached, Cost limit, Isochrones& areas) {
  for (const Reached& r : reached) {
    if (r.cost > limit) continue;
    areas.node.push_back(r.node);
    areas.cost.push_back(r.cost);
  }
  areas.first_node.push_back(areas.node.size());
}

void append_arcs(std::span<const Entered> entered, std::span<const Weight> weights, Cost limit,
                 Isochrones& areas) {
  for (const Entered& e : entered) {
    const Weight weight = weights[e.arc];
    if (e.cost > limit || (e.cost == limit && weight > 0)) continue;
    const Cost left = limit - e.cost;
    areas.arc.push_back(e.arc);
    areas.share.push_back(weight <= left ? 1.0 : static_cast<double>(left) / weight);
  }
  areas.first_arc.push_back(areas.arc.size());
}

/// Of the sources first .. first + 15, or of the last few.
Isochrones group(const Task& task, std::size_t first, const Execution& execution) {
  const SweepBatch sweep(task.metric,
                         task.sources.subspan(first, std::min(kRoots, task.sources.size() - first)),
                         task.direction, execution);
  Isochrones areas;
  const Cost widest = *std::max_element(task.limits.begin(), task.limits.end());
  for (const auto& reached : reached_nodes(sweep, task.metric.hierarchy().node_count(), widest, execution)) {
    const std::vector<Entered> entered = entered_arcs(task, reached);
    for (const Cost limit : task.limits) {
      execution.check();
      append_nodes(reached, limit, areas);
      append_arcs(entered, task.metric.weights(), limit, areas);
    }
  }
  return areas;
}

template <class Value>
void append(std::vector<Value>& to, const std::vector<Value>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void append_firsts(std::vector<std::size_t>& to, const std::vector<std::size_t>& from) {
  const std::size_t before = to.back();
  for (std::size_t i = 1; i < from.size(); ++i) to.push_back(before + from[i]);
}

void append(Isochrones& to, const Isochrones& from) {
  append_firsts(to.first_node, from.first_node);
  append(to.node, from.node);
  append(to.cost, from.cost);
  append_firsts(to.first_arc, from.first_arc);
  append(to.arc, from.arc);
  append(to.share, from.share);
}

void check(ArcColumns arcs, const Metric& metric, std::span<const std::uint32_t> sources,
           std::span<const Cost> limits) {
  detail::check_arcs(metric.hierarchy(), arcs);
  for (const std::uint32_t n : sources) detail::check_node(metric.hierarchy(), n);
  for (const Cost limit : limits) {
    if (limit >= kNoWay) throw OptionError("a limit must be below the cost that stands for no way");
  }
}

}  // namespace

Isochrones isochrones(ArcColumns arcs, const Metric& metric, std::span<const std::uint32_t> sources,
                      std::span<const Cost> limits, Direction direction, const Execution& execution) {
  check(arcs, metric, sources, limits);
  Isochrones all;
  all.limits = limits.size();
  if (limits.empty()) return all;
  const Task task{metric, sources, limits, direction,
                  detail::incidence(metric.hierarchy().node_count(),
                                    direction == Direction::from_roots ? arcs.tail : arcs.head)};
  std::vector<std::optional<Isochrones>> groups((sources.size() + kRoots - 1) / kRoots);
  const Execution alone{1, execution.progress};
  parallel_for(groups.size(), execution, [&](std::size_t i) { groups[i] = group(task, i * kRoots, alone); });
  for (std::optional<Isochrones>& some : groups) append(all, *std::exchange(some, std::nullopt));
  return all;
}

}  // namespace waywarden
