#include "waywarden/hotspots/kernel_weights.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Entry = NeighbourDistances::Entry;

void append_row(Weights& weights, std::span<const Entry> row, double bandwidth, Kernel kernel) {
  for (const Entry& entry : row) {
    if (entry.distance > bandwidth) continue;
    weights.neighbour.push_back(entry.neighbour);
    weights.weight.push_back(kernel_weight(kernel, bandwidth > 0.0 ? entry.distance / bandwidth : 0.0));
  }
  weights.first.push_back(weights.neighbour.size());
}

double farthest(std::span<const Entry> row) {
  double most = 0.0;
  for (const Entry& entry : row) most = std::max(most, entry.distance);
  return most;
}

}  // namespace

std::string name(Kernel kernel) {
  switch (kernel) {
    case Kernel::triangular:
      return "triangular";
    case Kernel::uniform:
      return "uniform";
    case Kernel::quadratic:
      return "quadratic";
    case Kernel::quartic:
      return "quartic";
    case Kernel::gaussian:
      return "gaussian";
  }
  throw OptionError("no such kernel");
}

double kernel_weight(Kernel kernel, double z) {
  if (z > 1.0) return 0.0;
  const double rest = 1.0 - z * z;
  switch (kernel) {
    case Kernel::triangular:
      return 1.0 - z;
    case Kernel::uniform:
      return 0.5;
    case Kernel::quadratic:
      return 0.75 * rest;
    case Kernel::quartic:
      return 15.0 / 16.0 * rest * rest;
    case Kernel::gaussian:
      return std::exp(-0.5 * z * z) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
  }
  throw OptionError("no such kernel");
}

Weights kernel_weights(const NeighbourDistances& distances, double bandwidth, Kernel kernel) {
  if (!(bandwidth > 0.0) || !std::isfinite(bandwidth)) throw OptionError("a bandwidth must be above 0");
  Weights weights;
  for (std::size_t i = 0; i < distances.size(); ++i) append_row(weights, distances.row(i), bandwidth, kernel);
  return weights;
}

Weights adaptive_kernel_weights(const NeighbourDistances& nearest, Kernel kernel) {
  Weights weights;
  for (std::size_t i = 0; i < nearest.size(); ++i)
    append_row(weights, nearest.row(i), farthest(nearest.row(i)), kernel);
  return weights;
}

}  // namespace waywarden
