#include "waywarden/flow/radiation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/flow/opportunities.h"

namespace waywarden {
namespace {

/// Of all pairs of an origin, exponentials sum to 1.
double log_share(double home, double before, double level, double reach) {
  const double passed = home + before;
  return std::log(home / passed) + std::log((home + reach) / (passed + level)) - std::log(reach);
}

}  // namespace

DemandPattern radiation_pattern(const Places& places, const Skim& skim, const Execution& execution) {
  DemandPattern pattern{place_pairs(places, skim), {}};
  const PlacePairs& pairs = pattern.pairs;
  const std::vector<double>&source = places.source_weight, &destination = places.destination_weight;
  const double sources = std::accumulate(source.begin(), source.end(), 0.0),
               sinks = std::accumulate(destination.begin(), destination.end(), 0.0);
  const Opportunities found = opportunities(pairs, places, execution);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const double home = source[pairs.table.row[k]] / sources * sinks;
    pattern.log_factor.push_back(log_share(std::max(home, std::numeric_limits<double>::min()),
                                           found.before[k], found.level[k], found.reach[k]));
  }
  return pattern;
}

EstimatedDemand radiation_demand(const Places& places, const Skim& skim, const RadiationOptions& options,
                                 const Execution& execution) {
  return estimated_demand(radiation_pattern(places, skim, execution), places,
                          {options.constraint, options.total}, execution);
}

}  // namespace waywarden
