#include "waywarden/routing/cost_vectors.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/lanes.h"

namespace waywarden {
namespace {

/// A finite cost has 31 bits: as a signed number it becomes a double in one instruction.
WAYWARDEN_MULTIVERSION
void fill(const Cost* units, double unit, std::span<double> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double cost = static_cast<double>(static_cast<std::int32_t>(units[i])) * unit;
    out[i] = units[i] == kNoWay ? std::numeric_limits<double>::infinity() : cost;
  }
}

}  // namespace

void CostVectors::fill_costs(std::span<const Cost> units, std::span<double> out) const {
  fill(units.data(), unit, out.first(std::min(units.size(), out.size())));
}

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
