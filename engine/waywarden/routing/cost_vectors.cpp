#include "waywarden/routing/cost_vectors.h"

#include <algorithm>
#include <limits>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {

double CostVectors::cost(Cost units) const {
  return units == kNoWay ? std::numeric_limits<double>::infinity() : static_cast<double>(units) * unit;
}

CostVectors cost_vectors(const Hierarchy& hierarchy, std::span<const std::span<const double>> scenarios) {
  CostVectors vectors;
  vectors.unit = 0.0;
  for (const std::span<const double> costs : scenarios) {
    if (costs.size() != hierarchy.arc_count()) {
      throw OptionError("a scenario has " + std::to_string(costs.size()) + " costs for " +
                        std::to_string(hierarchy.arc_count()) + " edges");
    }
    vectors.unit = std::max(vectors.unit, way_weight_unit(hierarchy, costs));
  }
  for (const std::span<const double> costs : scenarios) {
    std::vector<Weight>& weights = vectors.weights.emplace_back();
    weights.reserve(costs.size());
    for (const double cost : costs) weights.push_back(to_weight(cost, vectors.unit));
  }
  return vectors;
}

}  // namespace waywarden
