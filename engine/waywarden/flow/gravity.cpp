#include "waywarden/flow/gravity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/flow/bottleneck.h"
#include "waywarden/flow/margins.h"

namespace waywarden {
namespace {

constexpr double kMarginTolerance = 1e-8;
constexpr std::size_t kMostRounds = 10'000;
constexpr double kLeastRelativeCost = 0.01;

/// Pairs of a source and a destination that a route joins, ascending by (destination, origin).
struct Joined {
  /// Row = origin, column = destination, value = S * D.
  SparseTable table;
  std::vector<double> cost;
  std::size_t unreachable = 0;
};

void require_weights(const std::vector<double>& weights, const char* what, const Places& places) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i]) || weights[i] < 0.0) {
      throw OptionError("place '" + places.id[i] + "' has a weight that is not finite and >= 0");
    }
  }
  const auto counts = [](double weight) { return weight > 0.0; };
  if (!weights.empty() && std::none_of(weights.begin(), weights.end(), counts)) {
    throw OptionError("no place has a " + std::string(what) + " above 0: there would be no demand at all");
  }
}

void check(const Places& places, const GravityOptions& options) {
  require_weights(places.source_weight, "source weight", places);
  require_weights(places.destination_weight, "destination weight", places);
  if (!std::isfinite(options.decay) || options.decay < 0.0)
    throw OptionError("decay must be finite and >= 0");
  if (options.total && !(std::isfinite(*options.total) && *options.total > 0.0)) {
    throw OptionError("total journeys must be finite and > 0");
  }
}

bool attached(const Places& places, std::size_t i) { return places.node[i].exists(); }

Joined join(const Places& places, const Skim& skim) {
  Joined joined;
  for (std::size_t j = 0; j < places.size(); ++j) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i == j || places.source_weight[i] == 0.0 || places.destination_weight[j] == 0.0) continue;
      if (!attached(places, i) || !attached(places, j)) continue;
      const std::optional<double> cost = skim.cost(PlaceId(i), PlaceId(j));
      joined.unreachable += !cost;
      if (!cost) continue;
      joined.table.row.push_back(i);
      joined.table.column.push_back(j);
      joined.table.value.push_back(places.source_weight[i] * places.destination_weight[j]);
      joined.cost.push_back(*cost);
    }
  }
  return joined;
}

double weighted_median(const std::vector<double>& values, const std::vector<double>& weights) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const double half = std::accumulate(weights.begin(), weights.end(), 0.0) / 2.0;
  double sum = 0.0;
  for (const std::size_t k : order) {
    sum += weights[k];
    if (sum >= half) return values[k];
  }
  return values.empty() ? 0.0 : values[order.back()];
}

double decayed(double cost, double median, const GravityOptions& options) {
  if (median <= 0.0) return 1.0;
  const double relative = cost / median;
  if (options.function == Decay::exponential) return std::exp(-options.decay * relative);
  return std::pow(std::max(relative, kLeastRelativeCost), -options.decay);
}

std::vector<double> scaled_to(const std::vector<double>& weights, std::optional<double> total) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!total || sum == 0.0) return weights;
  std::vector<double> scaled;
  for (const double w : weights) scaled.push_back(w * (*total / sum));
  return scaled;
}

struct Targets {
  std::vector<double> leaving;
  std::vector<double> arriving;
};

Targets targets(const Places& places, const GravityOptions& options) {
  Targets t;
  const DemandConstraint constraint = options.constraint;
  if (constraint == DemandConstraint::production || constraint == DemandConstraint::both) {
    t.leaving = scaled_to(places.source_weight, options.total);
  }
  if (constraint == DemandConstraint::attraction)
    t.arriving = scaled_to(places.destination_weight, options.total);
  if (constraint == DemandConstraint::both) {
    const double sum = std::accumulate(t.leaving.begin(), t.leaving.end(), 0.0);
    t.arriving = scaled_to(places.destination_weight, sum);
  }
  return t;
}

std::string listed(const std::vector<std::size_t>& rows, const Places& places) {
  std::string text;
  for (const std::size_t i : rows) text += (text.empty() ? "'" : ", '") + places.id[i] + "'";
  return text;
}

/// Places with a target and no pair at all; none where targets are empty, that is, not asked for.
std::vector<std::size_t> without_partner(const std::vector<std::size_t>& present,
                                         const std::vector<double>& target) {
  if (target.empty()) return {};
  std::vector<std::size_t> alone;
  std::vector<std::uint8_t> paired(target.size(), 0);
  for (const std::size_t i : present) paired[i] = 1;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] > 0.0 && paired[i] == 0) alone.push_back(i);
  }
  return alone;
}

void require_partners(const SparseTable& table, const Targets& t, const Places& places) {
  const auto sources = without_partner(table.row, t.leaving),
             sinks = without_partner(table.column, t.arriving);
  if (!sources.empty()) {
    throw OptionError("demand cannot leave place " + listed(sources, places) +
                      ": no destination can be reached");
  }
  if (!sinks.empty()) {
    throw OptionError("demand cannot arrive at place " + listed(sinks, places) + ": no source can reach it");
  }
}

[[noreturn]] void explain(const SparseTable& table, const Targets& t, const Places& places) {
  const Bottleneck found = bottleneck(table, t.leaving, t.arriving);
  if (found.rows.empty()) {
    throw OptionError(
        "demand meets its margins only if pairs that could have journeys have none: relax a constraint");
  }
  throw OptionError("demand cannot meet its margins: what leaves " + listed(found.rows, places) +
                    " is more than what may arrive at the places these reach, " +
                    listed(found.columns, places));
}

FitResult fit(const SparseTable& table, const Targets& t, const Places& places, const Execution& execution) {
  require_partners(table, t, places);
  std::optional<FitResult> fitted =
      fit_margins(table, t.leaving, t.arriving, kMarginTolerance, kMostRounds, execution);
  if (!fitted) explain(table, t, places);
  return std::move(*fitted);
}

Demand demand_of(const SparseTable& table, const std::vector<double>& journeys) {
  Demand demand;
  for (std::size_t k = 0; k < journeys.size(); ++k) {
    if (!(journeys[k] > 0.0)) continue;  // decay may underflow
    demand.origin.push_back(PlaceId(table.row[k]));
    demand.destination.push_back(PlaceId(table.column[k]));
    demand.journeys.push_back(journeys[k]);
  }
  return demand;
}

std::size_t unattached(const Places& places) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    count += !attached(places, i) && (places.source_weight[i] > 0.0 || places.destination_weight[i] > 0.0);
  }
  return count;
}

}  // namespace

GravityDemand gravity_demand(const Places& places, const Skim& skim, const GravityOptions& options,
                             const Execution& execution) {
  check(places, options);
  Joined joined = join(places, skim);
  GravityDemand result;
  result.unreachable_pairs = joined.unreachable;
  result.unattached_places = unattached(places);
  result.median_cost = weighted_median(joined.cost, joined.table.value);
  SparseTable& table = joined.table;
  for (std::size_t k = 0; k < joined.cost.size(); ++k) {
    table.value[k] *= decayed(joined.cost[k], result.median_cost, options);
  }
  if (options.constraint == DemandConstraint::none) {
    result.demand = demand_of(table, scaled_to(table.value, options.total));
    return result;
  }
  const FitResult fitted = fit(table, targets(places, options), places, execution);
  result.rounds = fitted.rounds;
  result.margin_error = fitted.error;
  result.demand = demand_of(table, fitted.value);
  return result;
}

}  // namespace waywarden
