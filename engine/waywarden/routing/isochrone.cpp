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

struct Part {
  std::uint32_t arc;
  double share;
};

void append_parts(const Task& task, Reached from, Cost limit, std::vector<Part>& parts) {
  const Cost left = limit - from.cost;
  for (const std::uint32_t a : task.onward.of(from.node)) {
    const Weight weight = task.metric.weights()[a];
    if (weight == kClosed || (left == 0 && weight > 0)) continue;
    parts.push_back({a, weight <= left ? 1.0 : static_cast<double>(left) / weight});
  }
}

void append_area(const Task& task, std::span<const Reached> reached, Cost limit, Isochrones& areas) {
  std::vector<Part> parts;
  for (const Reached& r : reached) {
    if (r.cost > limit) continue;
    areas.node.push_back(r.node);
    areas.cost.push_back(r.cost);
    append_parts(task, r, limit, parts);
  }
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.arc < b.arc; });
  for (const Part& part : parts) {
    areas.arc.push_back(part.arc);
    areas.share.push_back(part.share);
  }
  areas.first_node.push_back(areas.node.size());
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
    for (const Cost limit : task.limits) {
      execution.check();
      append_area(task, reached, limit, areas);
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
  parallel_for(groups.size(), execution,
               [&](std::size_t i) { groups[i] = group(task, i * kRoots, execution); });
  for (std::optional<Isochrones>& some : groups) append(all, *std::exchange(some, std::nullopt));
  return all;
}

}  // namespace waywarden
