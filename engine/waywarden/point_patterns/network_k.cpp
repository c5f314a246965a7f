#include "waywarden/point_patterns/network_k.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "waywarden/base/errors.h"
#include "waywarden/linear_network/uniform_positions.h"
#include "waywarden/point_patterns/detail/distance_field.h"

namespace waywarden {
namespace {

using pattern_detail::DistanceField;

/// At most half a gigabyte.
constexpr std::size_t kMostPairs = 30'000'000;
/// Points are taken in blocks of so many, each with sums of its own.
constexpr std::size_t kBlock = 64;

/// Points in canonical order, found by their edge.
struct PointsOnEdges {
  PointsOnEdges(const LinearNetwork& network, std::vector<LinePosition> given) : points(std::move(given)) {
    std::ranges::sort(points);
    first.assign(network.edge_count() + 1, 0);
    for (const auto& point : points) ++first[point.edge + 1];
    for (std::size_t e = 0; e < network.edge_count(); ++e) first[e + 1] += first[e];
  }

  std::vector<LinePosition> points;
  std::vector<std::uint32_t> first;
};

/// How many places of the network are exactly so far from a position: each stretch of line covers an interval
/// of distances.
class PlacesAtDistance {
 public:
  void clear() {
    begins_.clear();
    ends_.clear();
  }
  void add(double begin, double end) {
    if (!(end > begin)) return;
    begins_.push_back(begin);
    ends_.push_back(end);
  }
  /// An edge whose ends are that far.
  void add_edge(double first, double second, double length) {
    const double meet = first == LineSearch::kFar    ? second + length
                        : second == LineSearch::kFar ? first + length
                                                     : (first + second + length) / 2.0;
    if (first != LineSearch::kFar) add(first, meet);
    if (second != LineSearch::kFar) add(second, meet);
  }
  void sort() {
    std::ranges::sort(begins_);
    std::ranges::sort(ends_);
  }
  /// Begins before, ends at or after; `slack` forgives rounding.
  double at(double distance, double slack) const {
    const auto begun = std::ranges::lower_bound(begins_, distance - slack) - begins_.begin();
    const auto ended = std::ranges::lower_bound(ends_, distance - slack) - ends_.begin();
    return static_cast<double>(std::max<std::ptrdiff_t>(1, begun - ended));
  }

 private:
  std::vector<double> begins_;
  std::vector<double> ends_;
};

/// Sums pairs by the first radius that holds them; one object per thread.
class PairCounter {
 public:
  PairCounter(const LinearNetwork& network, const NetworkKOptions& options, const NodeDistances* table)
      : network_(&network), options_(&options), field_(network, options.radii.back(), table) {}

  /// Adds the pairs of one point with all of `to`, but for the row `self`, to `sums`.
  void count(LinePosition from, const PointsOnEdges& to, std::size_t self, std::vector<double>& sums) {
    field_.from(from);
    if (options_->correction == NetworkCorrection::ang) find_places(from);
    count_own(from, to, self, sums);
    for (const std::uint32_t node : field_.reached()) {
      for (const auto& branch : network_->branches(node)) {
        if (branch.edge != from.edge && is_turn(branch)) count_edge(branch.edge, to, sums);
      }
    }
  }

 private:
  /// An edge is met from both ends; its first takes it, if that is reached.
  bool is_turn(const LinearNetwork::Branch& branch) const {
    return branch.way % 2 == 0 || field_.to_node(branch.node) == LineSearch::kFar;
  }

  void count_own(LinePosition from, const PointsOnEdges& to, std::size_t self, std::vector<double>& sums) {
    const auto& edge = network_->edge(from.edge);
    const double first = field_.to_node(edge.first), second = field_.to_node(edge.second);
    for (std::size_t j = to.first[from.edge]; j < to.first[from.edge + 1]; ++j) {
      const double along = to.points[j].along;
      const double direct = std::abs(along - from.along);
      if (j != self) add(std::min({direct, first + along, second + (edge.length - along)}), sums);
    }
  }

  void count_edge(std::uint32_t e, const PointsOnEdges& to, std::vector<double>& sums) {
    if (to.first[e] == to.first[e + 1]) return;
    const auto& edge = network_->edge(e);
    const double first = field_.to_node(edge.first), second = field_.to_node(edge.second);
    for (std::size_t j = to.first[e]; j < to.first[e + 1]; ++j) {
      const double along = to.points[j].along;
      add(std::min(first + along, second + (edge.length - along)), sums);
    }
  }

  void add(double distance, std::vector<double>& sums) {
    const auto& radii = options_->radii;
    const auto bin = static_cast<std::size_t>(std::ranges::lower_bound(radii, distance) - radii.begin());
    if (bin == radii.size()) return;
    const bool corrected = options_->correction == NetworkCorrection::ang;
    sums[bin] += corrected ? 1.0 / places_.at(distance, 1e-9 * radii.back()) : 1.0;
  }

  void find_places(LinePosition from) {
    places_.clear();
    const auto& own = network_->edge(from.edge);
    const double left = own.length - from.along;
    add_side(from.along, field_.to_node(own.first));
    add_side(left, field_.to_node(own.second));
    for (const std::uint32_t node : field_.reached()) {
      for (const auto& branch : network_->branches(node)) {
        if (branch.edge == from.edge || !is_turn(branch)) continue;
        const auto& edge = network_->edge(branch.edge);
        places_.add_edge(field_.to_node(edge.first), field_.to_node(edge.second), edge.length);
      }
    }
    places_.sort();
  }

  /// From the point to one end of its own edge, which may be nearer round another way.
  void add_side(double length, double end) {
    if (end == LineSearch::kFar) return places_.add(0.0, length);
    places_.add_edge(0.0, end, length);
  }

  const LinearNetwork* network_;
  const NetworkKOptions* options_;
  DistanceField field_;
  PlacesAtDistance places_;
};

void require_radii(const std::vector<double>& radii) {
  bool good = !radii.empty() && radii.front() >= 0.0 && std::isfinite(radii.back());
  for (std::size_t i = 1; good && i < radii.size(); ++i) good = radii[i] > radii[i - 1];
  if (!good) throw OptionError("radii must be finite, at least 0 and ascending, and there must be one");
}

enum class Pairs : std::uint8_t { within_one_set, between_sets };

/// What a pair is worth.
double per_pair(const LinearNetwork& network, std::size_t from, std::size_t to, Pairs pairs) {
  const double n = static_cast<double>(from);
  const double m = static_cast<double>(pairs == Pairs::within_one_set ? to - 1 : to);
  return network.total_length() / (n * m);
}

std::vector<double> sums_of(PairCounter& counter, std::span<const LinePosition> from, std::size_t offset,
                            const PointsOnEdges& to, Pairs pairs, std::size_t radii) {
  std::vector<double> sums(radii);
  for (std::size_t i = 0; i < from.size(); ++i) {
    counter.count(from[i], to, pairs == Pairs::within_one_set ? offset + i : to.points.size(), sums);
  }
  return sums;
}

void accumulate(std::span<double> sums, double worth) {
  double so_far = 0.0;
  for (double& sum : sums) sum = worth * (so_far += sum);
}

/// Counters, one per thread, made when needed.
class Counters {
 public:
  Counters(const LinearNetwork& network, const NetworkKOptions& options, std::size_t points,
           const Execution& execution)
      : network_(network), options_(options), counter_(workspaces(execution)) {
    if (points > 2 * network.node_count()) {
      table_ = NodeDistances::within(network, options.radii.back(), kMostPairs, execution);
    }
  }

  PairCounter& of(std::size_t slot) {
    auto& own = counter_[slot];
    if (!own) own = std::make_unique<PairCounter>(network_, options_, table_ ? &*table_ : nullptr);
    return *own;
  }

 private:
  const LinearNetwork& network_;
  const NetworkKOptions& options_;
  std::optional<NodeDistances> table_;
  std::vector<std::unique_ptr<PairCounter>> counter_;
};

std::vector<double> sums_of_all(Counters& counters, const PointsOnEdges& from, const PointsOnEdges& to,
                                Pairs pairs, std::size_t radii, const Execution& execution) {
  const std::size_t count = from.points.size(), blocks = (count + kBlock - 1) / kBlock;
  std::vector<std::vector<double>> part(blocks);
  parallel_for_with_workspace(blocks, execution, [&](std::size_t slot, std::size_t block) {
    const std::size_t first = block * kBlock;
    const auto some = std::span(from.points).subspan(first, std::min(kBlock, count - first));
    part[block] = sums_of(counters.of(slot), some, first, to, pairs, radii);
  });
  std::vector<double> sums(radii);
  for (const auto& row : part) {
    for (std::size_t r = 0; r < radii; ++r) sums[r] += row[r];
  }
  return sums;
}

/// Within one set all points are drawn, between sets those of the second.
std::vector<double> simulated_sums(const LinearNetwork& network, Counters& counters,
                                   const PointsOnEdges& from, std::size_t drawn, Pairs pairs,
                                   std::size_t radii, const SimulationOptions& simulation,
                                   const Execution& execution) {
  const UniformPositions uniform(network);
  std::vector<double> curves(simulation.simulations * radii);
  execution.start("simulating", simulation.simulations);
  parallel_for_with_workspace(simulation.simulations, execution, [&](std::size_t slot, std::size_t s) {
    const PointsOnEdges to(network, uniform.draw(drawn, simulation.seed, s));
    const auto& origins = pairs == Pairs::within_one_set ? to.points : from.points;
    const auto sums = sums_of(counters.of(slot), origins, 0, to, pairs, radii);
    std::ranges::copy(sums, curves.begin() + static_cast<std::ptrdiff_t>(s * radii));
    execution.advance();
  });
  return curves;
}

SimulatedK all_curves(const LinearNetwork& network, std::span<const LinePosition> from,
                      std::span<const LinePosition> to, Pairs pairs, const NetworkKOptions& options,
                      const SimulationOptions& simulation, const Execution& execution) {
  require_radii(options.radii);
  require_on(network, from);
  require_on(network, to);
  const PointsOnEdges first(network, {from.begin(), from.end()}), second(network, {to.begin(), to.end()});
  Counters counters(network, options, from.size() * (std::size_t{simulation.simulations} + 1), execution);
  const std::size_t radii = options.radii.size();
  SimulatedK curves;
  curves.observed = sums_of_all(counters, first, second, pairs, radii, execution);
  if (simulation.simulations > 0) {
    curves.simulated =
        simulated_sums(network, counters, first, to.size(), pairs, radii, simulation, execution);
  }
  const double worth = per_pair(network, from.size(), to.size(), pairs);
  accumulate(curves.observed, worth);
  for (std::size_t at = 0; at < curves.simulated.size(); at += radii) {
    accumulate(std::span(curves.simulated).subspan(at, radii), worth);
  }
  return curves;
}

void require_points(std::size_t count, std::size_t least) {
  if (count < least) throw InputError("a K function needs more points: two, or one in each of two sets");
}

}  // namespace

std::string name(NetworkCorrection correction) {
  return correction == NetworkCorrection::ang ? "ang" : "okabe_yamada";
}

std::vector<double> network_k(const LinearNetwork& network, std::span<const LinePosition> points,
                              const NetworkKOptions& options, const Execution& execution) {
  return simulated_network_k(network, points, options, {.simulations = 0}, execution).observed;
}

std::vector<double> network_cross_k(const LinearNetwork& network, std::span<const LinePosition> from,
                                    std::span<const LinePosition> to, const NetworkKOptions& options,
                                    const Execution& execution) {
  return simulated_network_cross_k(network, from, to, options, {.simulations = 0}, execution).observed;
}

SimulatedK simulated_network_k(const LinearNetwork& network, std::span<const LinePosition> points,
                               const NetworkKOptions& options, const SimulationOptions& simulation,
                               const Execution& execution) {
  require_points(points.size(), 2);
  return all_curves(network, points, points, Pairs::within_one_set, options, simulation, execution);
}

SimulatedK simulated_network_cross_k(const LinearNetwork& network, std::span<const LinePosition> from,
                                     std::span<const LinePosition> to, const NetworkKOptions& options,
                                     const SimulationOptions& simulation, const Execution& execution) {
  require_points(std::min(from.size(), to.size()), 1);
  return all_curves(network, from, to, Pairs::between_sets, options, simulation, execution);
}

}  // namespace waywarden
