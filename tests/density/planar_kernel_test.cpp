#include "waywarden/density/planar_kernel.h"

#include <gtest/gtest.h>

#include "density/kernels.h"

namespace waywarden {
namespace {

/// Mass and variance along an axis, in rings.
TEST(PlanarKernel, HasMassOneAndItsDeviation) {
  for (const PlanarKernel kernel : testing::kKernels) {
    SCOPED_TRACE(name(kernel));
    const double reach = kernel_reach(kernel), step = reach / 200'000;
    double mass = 0.0, variance = 0.0;
    for (double r = step / 2; r < reach; r += step) {
      const double ring = kernel_density(kernel, r * r) * 2 * std::numbers::pi * r * step;
      mass += ring;
      variance += ring * r * r / 2;
    }
    EXPECT_NEAR(mass, 1.0, 1e-9);
    EXPECT_NEAR(std::sqrt(variance), kernel_deviation(kernel), 1e-9);
    EXPECT_NEAR(bandwidth_of_deviation(kernel, 3.0) * kernel_deviation(kernel), 3.0, 1e-15);
  }
}

TEST(PlanarKernel, EndsAtItsReach) {
  for (const PlanarKernel kernel : testing::kKernels) {
    if (kernel == PlanarKernel::gaussian) continue;
    EXPECT_EQ(kernel_density(kernel, 1.0001), 0.0) << name(kernel);
    EXPECT_GT(kernel_density(kernel, 0.9999), 0.0) << name(kernel);
  }
}

}  // namespace
}  // namespace waywarden
