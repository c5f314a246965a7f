#include "waywarden/scan/scan.h"

#include <algorithm>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/linear_network/line_search.h"
#include "waywarden/scan/clusters_found.h"
#include "waywarden/scan/connected_windows.h"
#include "waywarden/scan/network_windows.h"

namespace waywarden {
namespace {

/// The input with its places in an order of their content.
struct Arranged {
  std::vector<std::uint32_t> order;  ///< input number of each place
  std::vector<Point> places;
  ScanCounts counts;
};

/// Orders places of one spot by what happened there.
std::vector<std::uint32_t> order_of_content(const ScanCounts& counts) {
  std::vector<std::uint32_t> order(counts.places());
  std::iota(order.begin(), order.end(), 0U);
  const auto row = [&](const auto& column, std::uint32_t place) {
    const std::size_t n = column.empty() ? 0 : counts.intervals;
    return std::span(column).subspan(place * n, n);
  };
  const auto less = [](const auto& a, const auto& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (less(row(counts.cases, a), row(counts.cases, b))) return true;
    if (less(row(counts.cases, b), row(counts.cases, a))) return false;
    return less(row(counts.population, a), row(counts.population, b));
  });
  return order;
}

template <class T>
std::vector<T> taken(std::span<const T> column, std::span<const std::uint32_t> order, std::size_t width) {
  std::vector<T> out;
  if (column.empty()) return out;
  out.reserve(column.size());
  for (const std::uint32_t i : order) {
    const auto row = column.subspan(i * width, width);
    out.insert(out.end(), row.begin(), row.end());
  }
  return out;
}

Arranged arranged(std::span<const Point> places, const ScanCounts& counts) {
  const std::vector<std::uint32_t> by_content = order_of_content(counts);
  Arranged result;
  result.order = taken<std::uint32_t>(by_content, spatial_order(taken(places, by_content, 1)), 1);
  result.places = taken(places, result.order, 1);
  result.counts = {counts.intervals, taken<std::int64_t>(counts.cases, result.order, counts.intervals),
                   taken<double>(counts.population, result.order, counts.intervals)};
  return result;
}

Weights renumbered(const Weights& weights, std::span<const std::uint32_t> order) {
  require_valid(weights);
  if (weights.size() != order.size()) throw OptionError("there must be neighbours for each place");
  std::vector<std::uint32_t> number(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
  std::vector<std::vector<std::uint32_t>> lists(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::uint32_t j : weights.neighbours(order[i])) lists[i].push_back(number[j]);
  }
  return binary_weights(std::move(lists));
}

// What each kind of windows is made of, once places are arranged.

Windows windows_of(const Circles& circles, const Arranged& input, std::span<const double> measure,
                   const WindowLimits& limits, const Execution& execution) {
  return circular_windows(input.places, measure, circles.space, limits, execution);
}
Windows windows_of(const EllipseOptions& ellipses, const Arranged& input, std::span<const double> measure,
                   const WindowLimits& limits, const Execution& execution) {
  return elliptic_windows(input.places, measure, ellipses, limits, execution);
}
Windows windows_of(const ConnectedSets& sets, const Arranged& input, std::span<const double> measure,
                   const WindowLimits& limits, const Execution& execution) {
  return connected_windows(input.places, renumbered(sets.neighbours, input.order), measure,
                           {sets.space, sets.most_places}, limits, execution);
}
Windows windows_of(const NetworkBalls& balls, const Arranged& input, std::span<const double> measure,
                   const WindowLimits& limits, const Execution& execution) {
  if (balls.network == nullptr) throw OptionError("there is no network to scan along");
  if (balls.positions.size() != input.order.size()) {
    throw OptionError("there must be a position on the network for each place");
  }
  const auto positions = taken<LinePosition>(balls.positions, input.order, 1);
  return network_windows(*balls.network, positions, measure, limits, execution);
}

// How far the farthest member of a cluster is from its centre, by the distance of its windows.

template <class Distance>
double farthest(const FoundCluster& cluster, const Distance& distance) {
  double most = 0.0;
  for (const std::uint32_t member : cluster.members) most = std::max(most, distance(member));
  return most;
}

double reach_by_circle(ScanSpace space, const Arranged& input, const Windows& windows,
                       const FoundCluster& cluster) {
  const Point centre = input.places[windows.centre[cluster.row]];
  return farthest(cluster, [&](std::uint32_t m) { return circle_distance(centre, input.places[m], space); });
}
double reach_of(const Circles& circles, const Arranged& input, const Windows& windows,
                const FoundCluster& cluster) {
  return reach_by_circle(circles.space, input, windows, cluster);
}
double reach_of(const ConnectedSets& sets, const Arranged& input, const Windows& windows,
                const FoundCluster& cluster) {
  return reach_by_circle(sets.space, input, windows, cluster);
}
double reach_of(const EllipseOptions&, const Arranged& input, const Windows& windows,
                const FoundCluster& cluster) {
  const Point centre = input.places[windows.centre[cluster.row]];
  return farthest(cluster, [&](std::uint32_t m) {
    return shorter_half_axis(centre, input.places[m], windows.shape[cluster.row], windows.angle[cluster.row]);
  });
}
double reach_of(const NetworkBalls& balls, const Arranged& input, const Windows& windows,
                const FoundCluster& cluster) {
  LineSearch search(*balls.network);
  const auto position = [&](std::uint32_t place) { return balls.positions[input.order[place]]; };
  search.from(position(windows.centre[cluster.row]));
  return farthest(cluster, [&](std::uint32_t m) { return search.distance_to(position(m)); });
}

std::optional<double> relative_risk(double observed, double expected, double total) {
  if (observed >= total || expected >= total || expected <= 0.0) return std::nullopt;
  return (observed / expected) / ((total - observed) / (total - expected));
}

void append_members(ScanResult& result, const FoundCluster& cluster, const Arranged& input) {
  const std::size_t begin = result.member.size();
  for (const std::uint32_t m : cluster.members) result.member.push_back(input.order[m]);
  std::sort(result.member.begin() + static_cast<std::ptrdiff_t>(begin), result.member.end());
  result.first_member.push_back(result.member.size());
}

void append_window(ScanResult& result, const FoundCluster& cluster, const Windows& windows, double reach) {
  result.radius.push_back(reach);
  result.longer_half_axis.push_back(reach * windows.shape[cluster.row]);
  result.angle.push_back(windows.angle[cluster.row]);
  result.first_interval.push_back(cluster.first_interval);
  result.last_interval.push_back(cluster.last_interval);
}

void append_rates(ScanResult& result, const FoundCluster& cluster, const Likelihood& likelihood) {
  const double expected = likelihood.expected(cluster.measure);
  result.observed.push_back(static_cast<std::int64_t>(cluster.cases));
  result.expected.push_back(expected);
  result.relative_risk.push_back(relative_risk(cluster.cases, expected, likelihood.total_cases()));
  result.log_likelihood_ratio.push_back(cluster.ratio);
  result.statistic.push_back(cluster.statistic);
}

void append_significance(ScanResult& result, const FoundCluster& cluster, const NullDistribution& null,
                         double best, ScanTime time) {
  const auto p = monte_carlo_p(null, cluster.statistic, best);
  const auto gumbel = gumbel_p(null.maxima, cluster.statistic);
  result.p.push_back(p);
  result.p_gumbel.push_back(gumbel);
  const bool alarms = time == ScanTime::prospective && p.has_value();
  result.recurrence_intervals.push_back(alarms ? std::optional(1.0 / *p) : std::nullopt);
}

void require_valid(const ScanOptions& options) {
  if (options.fewest_cases < 1) throw OptionError("a cluster must hold at least one case");
  require_valid(options.limits);
}

void require_same_length(std::span<const Point> places, const ScanCounts& counts) {
  if (places.size() != counts.places()) throw OptionError("there must be cases for each place");
}

ScanTask task_of(const Arranged& input, const WindowKind& kind, const ScanOptions& options,
                 const Execution& execution) {
  ScanTask task{scan_table(options.model, input.counts), {}, {}, options.rates, options.fewest_cases};
  task.period = scan_period(input.counts.intervals, options.time_share, options.time);
  const std::vector<double> measure = task.table.place_measure();
  execution.start("making windows", 1);
  const auto make = [&](const auto& k) { return windows_of(k, input, measure, options.limits, execution); };
  task.windows = std::visit(make, kind);
  return task;
}

}  // namespace

std::string name(ScanStatus status) {
  switch (status) {
    case ScanStatus::complete:
      return "complete";
    case ScanStatus::stopped_early:
      return "stopped_early";
    case ScanStatus::no_cluster:
      return "no_cluster";
  }
  return {};
}

ScanResult scan(std::span<const Point> places, const ScanCounts& counts, const WindowKind& kind,
                const ScanOptions& options, const Execution& execution) {
  require_valid(options);
  scan_table(options.model, counts);
  require_same_length(places, counts);
  if (places.empty()) return {};
  const Arranged input = arranged(places, counts);
  const ScanTask task = task_of(input, kind, options, execution);
  const auto clusters = found_clusters(task, options.most_clusters, execution);
  if (clusters.empty()) return {};
  const NullDistribution null =
      null_distribution(task, clusters.front().statistic, options.monte_carlo, execution);
  ScanResult result;
  result.status = null.stopped_early ? ScanStatus::stopped_early : ScanStatus::complete;
  result.simulations = null.maxima.size();
  const Likelihood likelihood(task.table);
  for (const FoundCluster& cluster : clusters) {
    const auto reach = [&](const auto& k) { return reach_of(k, input, task.windows, cluster); };
    append_members(result, cluster, input);
    append_window(result, cluster, task.windows, std::visit(reach, kind));
    result.centre.push_back(input.order[task.windows.centre[cluster.row]]);
    append_rates(result, cluster, likelihood);
    append_significance(result, cluster, null, clusters.front().statistic, options.time);
  }
  return result;
}

}  // namespace waywarden
