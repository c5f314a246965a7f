#include "waywarden/flow/gravity.h"

namespace waywarden {

DemandPattern gravity_pattern(const Places& places, const Skim& skim, const GravityOptions& options) {
  const Deterrence deterrence{options.function, options.decay, options.exponent};
  check(deterrence);
  DemandPattern pattern{place_pairs(places, skim), {}};
  const PlacePairs& pairs = pattern.pairs;
  pattern.log_factor.resize(pairs.size(), 0.0);
  // Where half the movement costs nothing, cost does not matter.
  for (std::size_t k = 0; k < pairs.size() && pairs.median_cost > 0.0; ++k) {
    pattern.log_factor[k] = log_deterrence(pairs.cost[k] / pairs.median_cost, deterrence);
  }
  return pattern;
}

EstimatedDemand gravity_demand(const Places& places, const Skim& skim, const GravityOptions& options,
                               const Execution& execution) {
  return estimated_demand(gravity_pattern(places, skim, options), places, {options.constraint, options.total},
                          execution);
}

}  // namespace waywarden
