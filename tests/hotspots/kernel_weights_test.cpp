#include "waywarden/hotspots/kernel_weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr Kernel kKernels[] = {Kernel::triangular, Kernel::uniform, Kernel::quadratic, Kernel::quartic,
                               Kernel::gaussian};

TEST(KernelWeight, FollowsTheFormulas) {
  EXPECT_EQ(kernel_weight(Kernel::triangular, 0.25), 0.75);
  EXPECT_EQ(kernel_weight(Kernel::uniform, 0.25), 0.5);
  EXPECT_EQ(kernel_weight(Kernel::quadratic, 0.5), 0.5625);
  EXPECT_EQ(kernel_weight(Kernel::quartic, 0.5), 0.52734375);
  EXPECT_NEAR(kernel_weight(Kernel::gaussian, 0.5), 0.352065326764299, 1e-15);
  for (const Kernel kernel : kKernels) EXPECT_EQ(kernel_weight(kernel, 1.0001), 0.0);
}

/// All but the gaussian, which is cut off, are densities.
TEST(KernelWeight, IntegratesToOne) {
  for (const Kernel kernel : kKernels) {
    double area = 0.0;
    for (int i = 0; i < 10'000; ++i) area += 2.0 * kernel_weight(kernel, (i + 0.5) / 10'000) / 10'000;
    EXPECT_NEAR(area, kernel == Kernel::gaussian ? std::erf(std::sqrt(0.5)) : 1.0, 1e-7) << name(kernel);
  }
}

/// The example of the documentation of PySAL's Kernel: its first row, but for the point itself.
TEST(KernelWeights, EqualThoseOfPySAL) {
  const std::vector<Point> points = {{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
  const Weights fixed =
      kernel_weights(distances_within(points, 15.0, Surface::plane), 15.0, Kernel::triangular);
  ASSERT_EQ(std::vector(fixed.neighbours(0).begin(), fixed.neighbours(0).end()),
            (std::vector<std::uint32_t>{1, 3}));
  EXPECT_NEAR(fixed.weight[0], 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(fixed.weight[1], 0.2546440075, 1e-10);
}

TEST(KernelWeights, AdaptToTheFarthestOfTheNearest) {
  const std::vector<Point> line = {{0, 0}, {1, 0}, {3, 0}, {6, 0}};
  const Weights w = adaptive_kernel_weights(nearest_distances(line, 2, Surface::plane), Kernel::triangular);
  EXPECT_EQ(w.first, (std::vector<std::size_t>{0, 2, 4, 6, 8}));
  EXPECT_EQ(w.neighbour, (std::vector<std::uint32_t>{1, 2, 0, 2, 0, 1, 1, 2}));
  const std::vector<double> expected = {2.0 / 3, 0, 0.5, 0, 0, 1.0 / 3, 0, 0.4};
  for (std::size_t e = 0; e < expected.size(); ++e) EXPECT_NEAR(w.weight[e], expected[e], 1e-15);
}

TEST(KernelWeights, CoincidentPointsAreAtZero) {
  const std::vector<Point> heap(4, Point{2, 2});
  const Weights w = adaptive_kernel_weights(nearest_distances(heap, 2, Surface::plane), Kernel::quartic);
  for (const double weight : w.weight) EXPECT_EQ(weight, 15.0 / 16.0);
}

TEST(KernelWeights, RefuseABandwidthOfNothing) {
  for (const double bad : {0.0, -1.0, std::nan("")})
    EXPECT_THROW(kernel_weights(NeighbourDistances{}, bad, Kernel::uniform), OptionError);
}

}  // namespace
}  // namespace waywarden
