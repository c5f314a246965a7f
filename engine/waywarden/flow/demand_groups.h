#pragma once

/// Demand per group of people (by sex, age band, form of exploitation ...): a model estimated for each group
/// with weights of its own, on the same network, and the sum of all.

#include <span>
#include <string>
#include <vector>

#include "waywarden/flow/demand_model.h"

namespace waywarden {

/// A group and its weights, one per place.
struct GroupWeights {
  std::string group;
  std::vector<double> source_weight;
  std::vector<double> destination_weight;
};

struct GroupedDemand {
  /// Ascending by name.
  std::vector<std::string> group;
  /// One per group.
  std::vector<EstimatedDemand> estimate;
  /// Of all groups; journeys of a pair are added in the order of the groups.
  Demand sum;
};

/// A total of the model is that of all groups together: each gets the share that it has in the sum of source
/// weights (of destination weights under `attraction`). The places' own weights play no part. Throws
/// `OptionError` for groups without or with the same name, weights of another number than places, and as the
/// model does: the message then names the group.
GroupedDemand grouped_demand(const Places& places, const Skim& skim, std::span<const GroupWeights> groups,
                             const DemandModel& model, const Execution& execution);

/// Journeys of each pair, added up in the order given.
Demand sum_of(std::span<const Demand> demands);

}  // namespace waywarden
