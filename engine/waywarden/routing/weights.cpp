#include "waywarden/routing/weights.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {

double weight_unit(std::span<const double> costs, double headroom) {
  double largest = 0.0;
  for (const double cost : costs) {
    if (std::isnan(cost) || cost < 0.0) throw OptionError("edge costs must be >= 0");
    if (std::isfinite(cost)) largest = std::max(largest, cost);
  }
  // A power of two: scaling is exact, and nearly equal inputs get the same unit.
  const double units = static_cast<double>(kClosed - 1) / headroom;
  return largest == 0.0 ? 1.0 : std::exp2(std::ceil(std::log2(largest / units)));
}

Weight to_weight(double cost, double unit) {
  if (std::isinf(cost)) return kClosed;
  const double units = std::nearbyint(cost / unit);
  if (units < 1.0) return cost > 0.0 ? 1 : 0;
  return units >= static_cast<double>(kClosed - 1) ? kClosed - 1 : static_cast<Weight>(units);
}

EdgeWeights to_weights(std::span<const double> costs) {
  EdgeWeights weights;
  weights.unit = weight_unit(costs);
  weights.per_edge.reserve(costs.size());
  for (const double cost : costs) weights.per_edge.push_back(to_weight(cost, weights.unit));
  return weights;
}

}  // namespace waywarden
