#include "waywarden/flow/intervening.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/flow/opportunities.h"

namespace waywarden {
namespace {

/// ln(1 - exp(-x)), finite for x >= 0.
double log_taken(double x) { return std::log(-std::expm1(-std::max(x, std::numeric_limits<double>::min()))); }

}  // namespace

DemandPattern intervening_pattern(const Places& places, const Skim& skim, const InterveningOptions& options,
                                  const Execution& execution) {
  if (!std::isfinite(options.acceptance) || options.acceptance <= 0.0)
    throw OptionError("the acceptance of opportunities must be finite and > 0");
  DemandPattern pattern{place_pairs(places, skim), {}};
  const std::vector<double>& destination = places.destination_weight;
  const double per_weight = options.acceptance / std::accumulate(destination.begin(), destination.end(), 0.0);
  const Opportunities found = opportunities(pattern.pairs, places, execution);
  for (std::size_t k = 0; k < pattern.pairs.size(); ++k) {
    pattern.log_factor.push_back(log_taken(per_weight * found.level[k]) -
                                 log_taken(per_weight * found.reach[k]) - per_weight * found.before[k] -
                                 std::log(found.level[k]));
  }
  return pattern;
}

EstimatedDemand intervening_demand(const Places& places, const Skim& skim, const InterveningOptions& options,
                                   const Execution& execution) {
  return estimated_demand(intervening_pattern(places, skim, options, execution), places,
                          {options.constraint, options.total}, execution);
}

}  // namespace waywarden
