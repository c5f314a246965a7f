#include "waywarden/flow/demand_groups.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<GroupWeights> by_name(std::span<const GroupWeights> groups, std::size_t places) {
  std::vector<GroupWeights> sorted(groups.begin(), groups.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const GroupWeights& a, const GroupWeights& b) { return a.group < b.group; });
  for (std::size_t g = 0; g < sorted.size(); ++g) {
    if (sorted[g].group.empty()) throw OptionError("a group of people needs a name");
    if (g > 0 && sorted[g].group == sorted[g - 1].group)
      throw OptionError("group '" + sorted[g].group + "' is there twice");
    if (sorted[g].source_weight.size() != places || sorted[g].destination_weight.size() != places)
      throw OptionError("group '" + sorted[g].group + "' needs one weight of each kind per place");
  }
  return sorted;
}

/// What a total is divided by.
double size_of(const GroupWeights& group, DemandConstraint constraint) {
  const std::vector<double>& weights =
      constraint == DemandConstraint::attraction ? group.destination_weight : group.source_weight;
  return std::accumulate(weights.begin(), weights.end(), 0.0);
}

/// Those of each group.
std::vector<DemandMargins> divided(const DemandMargins& margins, const std::vector<GroupWeights>& groups) {
  std::vector<DemandMargins> found(groups.size(), margins);
  double all = 0.0;
  for (const GroupWeights& group : groups) all += size_of(group, margins.constraint);
  for (std::size_t g = 0; g < groups.size() && margins.total && all > 0.0; ++g) {
    found[g].total = *margins.total * (size_of(groups[g], margins.constraint) / all);
  }
  return found;
}

EstimatedDemand estimate(const GroupWeights& group, Places places, const Skim& skim, const DemandModel& model,
                         const DemandMargins& margins, const Execution& execution) {
  places.source_weight = group.source_weight;
  places.destination_weight = group.destination_weight;
  try {
    return estimated_demand(pattern_of(model, places, skim, execution), places, margins, execution);
  } catch (const OptionError& error) {
    throw OptionError("group '" + group.group + "': " + error.reason());
  }
}

struct Row {
  PlaceId destination;
  PlaceId origin;
  double journeys;

  bool same_pair(const Row& other) const {
    return destination == other.destination && origin == other.origin;
  }
};

std::vector<Row> rows_of(std::span<const Demand> demands) {
  std::vector<Row> rows;
  for (const Demand& demand : demands) {
    for (std::size_t k = 0; k < demand.size(); ++k)
      rows.push_back({demand.destination[k], demand.origin[k], demand.journeys[k]});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(a.destination, a.origin) < std::tuple(b.destination, b.origin);
  });
  return rows;
}

}  // namespace

Demand sum_of(std::span<const Demand> demands) {
  const std::vector<Row> rows = rows_of(demands);
  Demand sum;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (r > 0 && rows[r].same_pair(rows[r - 1])) {
      sum.journeys.back() += rows[r].journeys;
      continue;
    }
    sum.origin.push_back(rows[r].origin);
    sum.destination.push_back(rows[r].destination);
    sum.journeys.push_back(rows[r].journeys);
  }
  return sum;
}

GroupedDemand grouped_demand(const Places& places, const Skim& skim, std::span<const GroupWeights> groups,
                             const DemandModel& model, const Execution& execution) {
  const std::vector<GroupWeights> sorted = by_name(groups, places.size());
  const std::vector<DemandMargins> margins = divided(margins_of(model), sorted);
  GroupedDemand result;
  std::vector<Demand> demands;
  for (std::size_t g = 0; g < sorted.size(); ++g) {
    result.group.push_back(sorted[g].group);
    result.estimate.push_back(estimate(sorted[g], places, skim, model, margins[g], execution));
    demands.push_back(result.estimate.back().demand);
  }
  result.sum = sum_of(demands);
  return result;
}

}  // namespace waywarden
