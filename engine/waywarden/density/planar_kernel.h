#pragma once

/// Round kernels of the plane: densities of mass 1 that fall with the distance alone. Their `bandwidth` is
/// the distance at which compact ones end, and the standard deviation along an axis of the Gaussian, which is
/// cut off at 8.5 of them, where 2e-16 of its mass is beyond. To compare kernels, or to use a bandwidth that
/// was found for the Gaussian with another one, give them the same deviation (`bandwidth_of_deviation`).

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>

namespace waywarden {

enum class PlanarKernel : std::uint8_t { quartic, gaussian, triangular, uniform, epanechnikov, triweight };

/// "quartic", "gaussian", ...
std::string name(PlanarKernel kernel);

/// Density at a squared distance, both in bandwidths. The template is for loops over many cells.
template <PlanarKernel kernel>
double kernel_density_of(double squared_distance) {
  constexpr double kPerPi = std::numbers::inv_pi;
  const double inward = std::max(0.0, 1.0 - squared_distance);
  if constexpr (kernel == PlanarKernel::gaussian) return kPerPi / 2 * std::exp(-squared_distance / 2);
  if constexpr (kernel == PlanarKernel::quartic) return 3 * kPerPi * inward * inward;
  if constexpr (kernel == PlanarKernel::triangular) {
    return 3 * kPerPi * std::max(0.0, 1.0 - std::sqrt(squared_distance));
  }
  if constexpr (kernel == PlanarKernel::uniform) return squared_distance <= 1.0 ? kPerPi : 0.0;
  if constexpr (kernel == PlanarKernel::epanechnikov) return 2 * kPerPi * inward;
  if constexpr (kernel == PlanarKernel::triweight) return 4 * kPerPi * inward * inward * inward;
}
double kernel_density(PlanarKernel kernel, double squared_distance);
/// Distance in bandwidths beyond which the density is 0.
double kernel_reach(PlanarKernel kernel);
/// Standard deviation along an axis, in bandwidths.
double kernel_deviation(PlanarKernel kernel);
double bandwidth_of_deviation(PlanarKernel kernel, double deviation);

}  // namespace waywarden
