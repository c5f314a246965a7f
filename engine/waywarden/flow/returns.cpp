#include "waywarden/flow/returns.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kTolerance = 1e-10;
constexpr std::size_t kMostRounds = 100'000;

/// Demand when each source has grown to so many times its weight, and its sum.
using Regrown = std::function<Demand(const std::vector<double>& growth, double total)>;

std::vector<double> one_per_place(const std::vector<double>& rates, std::size_t places) {
  if (rates.size() != 1 && rates.size() != places)
    throw OptionError("there must be one rate of return, or one per place");
  for (const double rate : rates) {
    if (!(rate >= 0.0 && rate < 1.0)) throw OptionError("rates of return must be in [0, 1)");
  }
  return rates.size() == places ? rates : std::vector<double>(places, rates.front());
}

/// Per origin, of arrivals weighted with these.
std::vector<double> by_origin(const Demand& demand, const std::vector<double>& per_arrival) {
  std::vector<double> sum(per_arrival.size(), 0.0);
  for (std::size_t k = 0; k < demand.size(); ++k) {
    sum[demand.origin[k].index()] += demand.journeys[k] * per_arrival[demand.destination[k].index()];
  }
  return sum;
}

std::vector<double> growth(const std::vector<double>& first, const std::vector<double>& returning) {
  std::vector<double> grown(first.size(), 1.0);
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] > 0.0) grown[i] += returning[i] / first[i];
  }
  return grown;
}

double largest_change(const std::vector<double>& from, const std::vector<double>& to) {
  double change = 0.0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (to[i] > 0.0) change = std::max(change, std::abs(to[i] - from[i]) / to[i]);
  }
  return change;
}

DemandPattern scaled(DemandPattern pattern, const std::vector<double>& growth) {
  SparseTable& table = pattern.pairs.table;
  for (std::size_t k = 0; k < table.value.size(); ++k) table.value[k] *= growth[table.row[k]];
  return pattern;
}

ReturningDemand fixed_point(Demand first, const std::vector<double>& rates, const Regrown& regrown,
                            const Execution& execution) {
  const std::vector<double> everyone(rates.size(), 1.0), first_leaving = by_origin(first, everyone);
  ReturningDemand found{std::move(first), {}, 0.0, 0, 0.0};
  found.first_journeys = found.demand.total();
  std::vector<double> leaving = first_leaving;
  do {
    execution.check();
    found.returning = by_origin(found.demand, rates);
    const double total =
        std::accumulate(found.returning.begin(), found.returning.end(), found.first_journeys);
    if (!(total > 0.0)) return found;
    found.demand = regrown(growth(first_leaving, found.returning), total);
    std::vector<double> now = by_origin(found.demand, everyone);
    found.change = largest_change(leaving, now);
    leaving = std::move(now);
    if (++found.rounds == kMostRounds) throw OptionError("rates of return are too close to 1 to be followed");
  } while (found.change > kTolerance);
  return found;
}

}  // namespace

ReturningDemand with_returns(const Places& places, const Skim& skim, const DemandModel& model,
                             const std::vector<double>& rates, const Execution& execution) {
  const std::vector<double> per_place = one_per_place(rates, places.size());
  const DemandPattern pattern = pattern_of(model, places, skim, execution);
  DemandMargins margins = margins_of(model);
  Demand first = estimated_demand(pattern, places, margins, execution).demand;
  Places grown = places;
  const Regrown regrown = [&](const std::vector<double>& growth, double total) {
    for (std::size_t i = 0; i < growth.size(); ++i)
      grown.source_weight[i] = places.source_weight[i] * growth[i];
    margins.total = total;
    return estimated_demand(scaled(pattern, growth), grown, margins, execution).demand;
  };
  return fixed_point(std::move(first), per_place, regrown, execution);
}

ReturningDemand with_returns(const Demand& first, std::size_t places, const std::vector<double>& rates,
                             const Execution& execution) {
  for (std::size_t k = 0; k < first.size(); ++k) {
    if (std::max(first.origin[k], first.destination[k]).index() >= places)
      throw OptionError("demand names a place that is not there");
  }
  const Regrown regrown = [&](const std::vector<double>& growth, double) {
    Demand demand = first;
    for (std::size_t k = 0; k < demand.size(); ++k) demand.journeys[k] *= growth[demand.origin[k].index()];
    return demand;
  };
  return fixed_point(first, one_per_place(rates, places), regrown, execution);
}

}  // namespace waywarden
