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
  // Adding this and taking it away again rounds to the nearest whole number, and of two equally near to the
  // even one, for all that fits here.
  constexpr double kRound = 0x1.8p52;
  const double units = std::min(cost / unit, static_cast<double>(kClosed - 1));
  const double rounded = std::max(units + kRound - kRound, cost > 0.0 ? 1.0 : 0.0);
  return std::isinf(cost) ? kClosed : static_cast<Weight>(rounded);
}

void fill_weights(std::span<const double> costs, double unit, std::span<Weight> out) {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = to_weight(costs[i], unit);
}

EdgeWeights to_weights(std::span<const double> costs) {
  EdgeWeights weights;
  weights.unit = weight_unit(costs);
  weights.per_edge.resize(costs.size());
  fill_weights(costs, weights.unit, weights.per_edge);
  return weights;
}

}  // namespace waywarden
