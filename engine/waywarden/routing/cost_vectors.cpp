#include "waywarden/routing/cost_vectors.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {

CostVectors cost_vectors(const Hierarchy& hierarchy, std::span<const std::span<const double>> scenarios,
                         const Execution& execution) {
  for (const std::span<const double> costs : scenarios) {
    if (costs.size() == hierarchy.arc_count()) continue;
    throw OptionError("a scenario has " + std::to_string(costs.size()) + " costs for " +
                      std::to_string(hierarchy.arc_count()) + " edges");
  }
  std::vector<double> unit(scenarios.size(), 0.0);
  parallel_for(scenarios.size(), execution,
               [&](std::size_t i) { unit[i] = way_weight_unit(hierarchy, scenarios[i]); });
  CostVectors vectors{
      std::vector<std::vector<Weight>>(scenarios.size()),
      std::accumulate(unit.begin(), unit.end(), 0.0, [](double a, double b) { return std::max(a, b); })};
  parallel_for(scenarios.size(), execution, [&](std::size_t i) {
    vectors.weights[i].resize(scenarios[i].size());
    fill_weights(scenarios[i], vectors.unit, vectors.weights[i]);
  });
  return vectors;
}

}  // namespace waywarden
