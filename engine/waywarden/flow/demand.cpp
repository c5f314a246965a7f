#include "waywarden/flow/demand.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void check(const StatedFlow& flow, std::size_t places) {
  if (!flow.origin.exists() || !flow.destination.exists() || flow.origin.index() >= places ||
      flow.destination.index() >= places) {
    throw OptionError("a stated flow joins places that are not there");
  }
  if (!std::isfinite(flow.journeys) || flow.journeys < 0.0)
    throw OptionError("journeys must be finite and >= 0");
}

auto pair_of(const StatedFlow& flow) { return std::tuple(flow.destination, flow.origin); }

}  // namespace

double Demand::total() const { return std::accumulate(journeys.begin(), journeys.end(), 0.0); }

std::vector<DemandGroup> groups(const Demand& demand) {
  std::vector<DemandGroup> found;
  for (std::size_t i = 0; i < demand.size(); ++i) {
    if (found.empty() || found.back().destination != demand.destination[i]) {
      found.push_back({demand.destination[i], i, i});
    }
    found.back().last = i + 1;
  }
  return found;
}

std::vector<StatedFlow> one_per_pair(std::span<const StatedFlow> flows, std::size_t places) {
  for (const StatedFlow& flow : flows) check(flow, places);
  std::vector<StatedFlow> sorted(flows.begin(), flows.end());
  std::sort(sorted.begin(), sorted.end(), [](const StatedFlow& a, const StatedFlow& b) {
    return std::tuple(pair_of(a), a.journeys) < std::tuple(pair_of(b), b.journeys);
  });
  std::vector<StatedFlow> merged;
  for (const StatedFlow& flow : sorted) {
    if (merged.empty() || pair_of(merged.back()) != pair_of(flow)) {
      merged.push_back(flow);
    } else {
      merged.back().journeys += flow.journeys;
    }
  }
  return merged;
}

StatedDemand stated_demand(std::span<const StatedFlow> flows, const Skim& skim) {
  StatedDemand result;
  for (const StatedFlow& flow : one_per_pair(flows, skim.place_count())) {
    if (flow.journeys == 0.0) continue;
    if (flow.origin == flow.destination) {
      ++result.within_places;
      result.journeys_within_places += flow.journeys;
    } else if (!skim.joins(flow.origin, flow.destination)) {
      ++result.unreachable_pairs;
      result.unreachable_journeys += flow.journeys;
    } else {
      result.demand.origin.push_back(flow.origin);
      result.demand.destination.push_back(flow.destination);
      result.demand.journeys.push_back(flow.journeys);
    }
  }
  return result;
}

}  // namespace waywarden
