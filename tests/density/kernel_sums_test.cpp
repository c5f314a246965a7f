#include "waywarden/density/kernel_sums.h"

#include <gtest/gtest.h>

#include "density/kernels.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

const RasterGrid kGrid{{-3, 5}, 0.7, 31, 23};

std::vector<KernelEvent> random_events(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 1);
  std::vector<KernelEvent> events;
  for (std::size_t i = 0; i < count; ++i) {
    const double wide = i % 7 == 0 ? 6.0 : 0.2;
    events.push_back({{-6 + 28 * stream.uniform(), 2 + 22 * stream.uniform()},
                      stream.uniform(),
                      wide + 2 * stream.uniform()});
  }
  put_in_order(events);
  return events;
}

double density(const KernelEvent& event, PlanarKernel kernel, Point at) {
  const double dx = (at.x - event.at.x) / event.bandwidth, dy = (at.y - event.at.y) / event.bandwidth;
  return kernel_density(kernel, dx * dx + dy * dy) / (event.bandwidth * event.bandwidth);
}

class KernelSums : public ::testing::TestWithParam<int> {};

TEST_P(KernelSums, EqualTheirDefinition) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const auto events = random_events(seed, 3000);
  RandomStream stream(seed, 2);
  std::vector<std::uint8_t> inside;
  for (std::size_t i = 0; i < kGrid.size(); ++i) inside.push_back(stream.below(4) > 0 ? 1 : 0);
  const PlanarKernel kernel = testing::kKernels[seed % testing::kKernels.size()];
  const auto sums = kernel_sums(events, kernel, kGrid, {.threads = 1});
  const auto masses = masses_inside(events, kernel, kGrid, inside);
  std::vector<double> expected(kGrid.size(), 0.0);
  for (std::size_t e = 0; e < events.size(); ++e) {
    double mass = 0.0;
    for (std::size_t i = 0; i < kGrid.size(); ++i) {
      const double d = density(events[e], kernel, kGrid.centre(i));
      expected[i] += events[e].weight * d;
      mass += inside[i] != 0 ? d * 0.49 : 0.0;
    }
    EXPECT_NEAR(masses[e], mass, 1e-12 * (1 + mass));
  }
  for (std::size_t i = 0; i < kGrid.size(); ++i) EXPECT_NEAR(sums[i], expected[i], 1e-11 * (1 + expected[i]));
  EXPECT_EQ(sums, kernel_sums(events, kernel, kGrid, {.threads = 3}));
}

TEST(KernelSumsSteps, CountTheCellsOfASquare) {
  const std::vector<KernelEvent> events = {{{5, 10}, 1.0, 2.1}};
  EXPECT_NEAR(kernel_steps(events, PlanarKernel::quartic, kGrid), 49.0, 1e-9);
  EXPECT_EQ(kernel_steps(events, PlanarKernel::gaussian, kGrid), 31.0 * 23.0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, KernelSums, ::testing::Range(0, 12));

}  // namespace
}  // namespace waywarden
