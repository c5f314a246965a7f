#include "waywarden/flow/estimated_demand.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/flow/bottleneck.h"

namespace waywarden {
namespace {

constexpr double kMarginTolerance = 1e-8;
constexpr std::size_t kMostRounds = 10'000;
/// Where so many rounds do not halve the error, it is looked into whether fitting can end at all.
constexpr std::size_t kRoundsAtATime = 100;

struct Targets {
  std::vector<double> leaving;
  std::vector<double> arriving;
};

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> scaled_to(std::vector<double> weights, std::optional<double> total) {
  const double sum = sum_of(weights);
  if (!total || sum == 0.0) return weights;
  for (double& w : weights) w *= *total / sum;
  return weights;
}

bool fits_leaving(DemandConstraint c) {
  return c == DemandConstraint::production || c == DemandConstraint::both;
}

bool fits_arriving(DemandConstraint c) {
  return c == DemandConstraint::attraction || c == DemandConstraint::both;
}

Targets targets(const Places& places, const DemandMargins& margins) {
  Targets t;
  if (fits_leaving(margins.constraint)) t.leaving = scaled_to(places.source_weight, margins.total);
  if (fits_arriving(margins.constraint)) {
    t.arriving = scaled_to(places.destination_weight, t.leaving.empty() ? margins.total : sum_of(t.leaving));
  }
  return t;
}

/// Takes each group's largest off its logarithms: fitting scales the group anyway.
void level(const std::vector<std::uint32_t>& group, std::size_t groups, std::vector<double>& logs) {
  std::vector<double> largest(groups, -std::numeric_limits<double>::infinity());
  for (std::size_t k = 0; k < logs.size(); ++k) largest[group[k]] = std::max(largest[group[k]], logs[k]);
  for (std::size_t k = 0; k < logs.size(); ++k) logs[k] -= largest[group[k]];
}

std::vector<double> levelled(std::vector<double> logs, const SparseTable& table, std::size_t places,
                             const DemandMargins& margins) {
  if (fits_leaving(margins.constraint)) level(table.row, places, logs);
  if (fits_arriving(margins.constraint)) level(table.column, places, logs);
  if (margins.constraint == DemandConstraint::none && margins.total && !logs.empty()) {
    const double largest = *std::max_element(logs.begin(), logs.end());
    for (double& value : logs) value -= largest;
  }
  return logs;
}

/// Cells that underflow are no longer part of the table.
SparseTable scaled_cells(SparseTable table, const std::vector<double>& logs) {
  std::size_t kept = 0;
  for (std::size_t k = 0; k < logs.size(); ++k) {
    const double value = table.value[k] * std::exp(logs[k]);
    if (!std::isfinite(value)) throw OptionError("the model's journeys are too large: state a total");
    if (value == 0.0) continue;
    table.row[kept] = table.row[k];
    table.column[kept] = table.column[k];
    table.value[kept++] = value;
  }
  table.row.resize(kept);
  table.column.resize(kept);
  table.value.resize(kept);
  return table;
}

/// Places with a target and no pair at all; none where targets are empty, that is, not asked for.
std::vector<std::size_t> without_partner(const std::vector<std::uint32_t>& present,
                                         const std::vector<double>& target) {
  std::vector<std::size_t> alone;
  std::vector<std::uint8_t> paired(target.size(), 0);
  for (std::size_t k = 0; !target.empty() && k < present.size(); ++k) paired[present[k]] = 1;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] > 0.0 && paired[i] == 0) alone.push_back(i);
  }
  return alone;
}

void require_partners(const SparseTable& table, const Targets& t, const Places& places) {
  const auto sources = without_partner(table.row, t.leaving),
             sinks = without_partner(table.column, t.arriving);
  if (!sources.empty()) {
    throw OptionError("demand cannot leave place " + quoted(sources, places) +
                      ": no destination can be reached");
  }
  if (!sinks.empty()) {
    throw OptionError("demand cannot arrive at place " + quoted(sinks, places) + ": no source can reach it");
  }
}

void require_room(const SparseTable& table, const Targets& t, const Places& places) {
  const Bottleneck found = bottleneck(table, t.leaving, t.arriving);
  if (found.rows.empty()) return;
  throw OptionError("demand cannot meet its margins: what leaves " + quoted(found.rows, places) +
                    " is more than what may arrive at the places these reach, " +
                    quoted(found.columns, places));
}

[[noreturn]] void explain_endless_fitting(const SparseTable& table, const Targets& t, const Places& places) {
  const Bottleneck full = exactly_full(table, t.leaving, t.arriving);
  if (full.rows.empty()) {
    throw OptionError("demand does not come within 1e-8 of its margins in " + std::to_string(kMostRounds) +
                      " rounds: relax a constraint");
  }
  throw OptionError(
      "demand meets its margins only if pairs that could have journeys have none: what leaves " +
      quoted(full.rows, places) + " fills the places these reach, " + quoted(full.columns, places) +
      ", so that nobody else may go there: relax a constraint");
}

FitResult fit(SparseTable table, const Targets& t, const Places& places, const Execution& execution) {
  require_partners(table, t, places);
  FitResult fitted;
  bool has_room = false;
  for (double before = std::numeric_limits<double>::infinity(); fitted.rounds < kMostRounds;) {
    const std::size_t rounds = fitted.rounds;
    fitted = fit_margins(table, t.leaving, t.arriving, kMarginTolerance, kRoundsAtATime, execution);
    fitted.rounds += rounds;
    if (fitted.error <= kMarginTolerance) return fitted;
    if (!has_room && !(fitted.error < 0.5 * before)) {
      require_room(table, t, places);
      has_room = true;
    }
    before = fitted.error;
    table.value = fitted.value;
  }
  explain_endless_fitting(table, t, places);
}

Demand demand_of(const SparseTable& table, const std::vector<double>& journeys) {
  Demand demand;
  for (std::size_t k = 0; k < journeys.size(); ++k) {
    if (!(journeys[k] > 0.0)) continue;  // scaling may underflow
    demand.origin.push_back(PlaceId(table.row[k]));
    demand.destination.push_back(PlaceId(table.column[k]));
    demand.journeys.push_back(journeys[k]);
  }
  return demand;
}

EstimatedDemand account_of(const PlacePairs& pairs) {
  EstimatedDemand result;
  result.unreachable_pairs = pairs.unreachable;
  result.pairs_beyond_cutoff = pairs.beyond_cutoff;
  result.share_beyond_cutoff = pairs.share_beyond_cutoff;
  result.unattached_places = pairs.unattached;
  result.median_cost = pairs.median_cost;
  return result;
}

}  // namespace

EstimatedDemand estimated_demand(DemandPattern pattern, const Places& places, const DemandMargins& margins,
                                 const Execution& execution) {
  if (margins.total && !(std::isfinite(*margins.total) && *margins.total > 0.0))
    throw OptionError("total journeys must be finite and > 0");
  EstimatedDemand result = account_of(pattern.pairs);
  SparseTable& cells = pattern.pairs.table;
  const std::vector<double> logs = levelled(std::move(pattern.log_factor), cells, places.size(), margins);
  SparseTable table = scaled_cells(std::move(cells), logs);
  if (margins.constraint == DemandConstraint::none) {
    result.demand = demand_of(table, scaled_to(table.value, margins.total));
    return result;
  }
  FitResult fitted = fit(table, targets(places, margins), places, execution);
  result.rounds = fitted.rounds;
  result.margin_error = fitted.error;
  result.demand = demand_of(table, fitted.value);
  return result;
}

}  // namespace waywarden
