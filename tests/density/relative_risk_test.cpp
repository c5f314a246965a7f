#include "waywarden/density/relative_risk.h"

#include <gtest/gtest.h>

#include <array>
#include <numbers>

#include "density/kernels.h"
#include "point_patterns/humberside.h"
#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using testing::points_inside;
using testing::shuffled;
using testing::star_with_hole;

double density_at(std::span<const Point> points, const RelativeRiskOptions& options, Point at) {
  double sum = 0.0;
  for (const Point p : points) {
    const double dx = (p.x - at.x) / options.bandwidth, dy = (p.y - at.y) / options.bandwidth;
    sum += kernel_density(options.kernel, dx * dx + dy * dy) / (options.bandwidth * options.bandwidth);
  }
  return sum;
}

class RelativeRisks : public ::testing::TestWithParam<int> {
 protected:
  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
};

TEST_P(RelativeRisks, EqualTheirDefinition) {
  const PlanarWindow window(star_with_hole(seed(), 9));
  const auto cases = points_inside(window, seed(), 25), controls = points_inside(window, seed() + 50, 60);
  const RasterGrid grid = grid_over(window, 4.0);
  const RelativeRiskOptions options{.kernel = testing::kKernels[seed() % 6], .bandwidth = 9.0};
  const RelativeRisk risk = relative_risk(cases, controls, window, grid, options);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const Point at = grid.centre(i);
    const double f = density_at(cases, options, at), g = density_at(controls, options, at);
    const RiskState expected = !window.contains(at) ? RiskState::outside
                               : f > 0 && g > 0     ? RiskState::defined
                               : f > 0              ? RiskState::only_cases
                               : g > 0              ? RiskState::only_controls
                                                    : RiskState::no_events;
    ASSERT_EQ(risk.state[i], expected);
    ASSERT_EQ(risk.log_ratio[i].has_value(), expected == RiskState::defined);
    ASSERT_EQ(risk.p_upper[i].has_value(), expected == RiskState::defined);
    if (expected != RiskState::defined) continue;
    EXPECT_NEAR(*risk.log_ratio[i], std::log(f / 25) - std::log(g / 60), 1e-9);
    double share = 0.0, square = 0.0;
    for (std::size_t j = 0; j < grid.size(); ++j) {
      if (!window.contains(grid.centre(j))) continue;
      const std::array<Point, 1> other = {grid.centre(j)};
      const double k = density_at(other, options, at);
      share += k * 16;
      square += k * k * 16;
    }
    const double pooled = (f + g) / 85 / share,
                 variance = square / (share * share) * (1.0 / 25 + 1.0 / 60) / pooled;
    const double p = std::erfc(*risk.log_ratio[i] / std::sqrt(variance) / std::numbers::sqrt2) / 2;
    EXPECT_NEAR(*risk.p_upper[i], p, 1e-8);
    EXPECT_NEAR(*risk.p_upper[i] + *risk.p_lower[i], 1.0, 1e-12);
  }
}

/// Three cases among six places: all 20 ways to deal them.
TEST_P(RelativeRisks, PermutationsAgreeWithAllOfThem) {
  const PlanarWindow window(Box{{0, 0}, {20, 20}});
  const auto places = points_inside(window, seed(), 6);
  const std::span all(places);
  const RasterGrid grid = grid_over(window, 4.0);
  const RelativeRiskOptions options{PlanarKernel::gaussian, 6.0, 2000, seed()};
  const RelativeRisk risk = relative_risk(all.first(3), all.subspan(3), window, grid, options);
  for (std::size_t i = 0; i < grid.size(); i += 7) {
    const double observed = density_at(all.first(3), options, grid.centre(i));
    double higher = 0.0, lower = 0.0;
    for (unsigned chosen = 0; chosen < 64; ++chosen) {
      std::vector<Point> cases;
      for (std::size_t k = 0; k < 6; ++k) {
        if ((chosen >> k & 1U) != 0) cases.push_back(places[k]);
      }
      if (cases.size() != 3) continue;
      const double f = density_at(cases, options, grid.centre(i));
      higher += f >= observed * (1 - 1e-9) ? 0.05 : 0;
      lower += f <= observed * (1 + 1e-9) ? 0.05 : 0;
    }
    EXPECT_NEAR(*risk.p_upper[i], higher, 0.05);
    EXPECT_NEAR(*risk.p_lower[i], lower, 0.05);
  }
}

TEST_P(RelativeRisks, AreTheSameInAnyOrderAndOnAnyThreads) {
  const PlanarWindow window(star_with_hole(seed(), 9));
  const auto cases = points_inside(window, seed(), 25), controls = points_inside(window, seed() + 50, 60);
  const RasterGrid grid = grid_over(window, 4.0);
  const RelativeRiskOptions options{PlanarKernel::quartic, 20.0, 19, 1};
  const RelativeRisk a = relative_risk(cases, controls, window, grid, options, {.threads = 1}),
                     b = relative_risk(shuffled(cases, 1), shuffled(controls, 2), window, grid, options,
                                       {.threads = 3});
  EXPECT_EQ(a.log_ratio, b.log_ratio);
  EXPECT_EQ(a.p_upper, b.p_upper);
  EXPECT_EQ(a.p_lower, b.p_lower);
}

/// Both ways to p say much the same of real cases.
TEST(RelativeRisk, OfHumberside) {
  const auto data = testing::humberside();
  if (!data) GTEST_SKIP() << "the data of Humberside are not here";
  const PlanarWindow window(data->window);
  const RasterGrid grid = grid_over(window, 25.0);
  RelativeRiskOptions options{.bandwidth = 60.0};
  const RelativeRisk normal = relative_risk(data->cases, data->controls, window, grid, options);
  options.permutations = 199;
  const RelativeRisk dealt = relative_risk(data->cases, data->controls, window, grid, options);
  double apart = 0.0, cells = 0.0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (!normal.p_upper[i]) continue;
    apart += std::abs(*normal.p_upper[i] - *dealt.p_upper[i]);
    cells += 1.0;
  }
  EXPECT_GT(cells, 250.0);
  EXPECT_LT(apart / cells, 0.06);
}

TEST(RelativeRisk, RefusesBadInput) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const RasterGrid grid = grid_over(square, 1.0);
  const std::vector<Point> one = {{5, 5}}, outside = {{15, 5}};
  EXPECT_THROW(relative_risk(one, {}, square, grid, {.bandwidth = 1}), InputError);
  EXPECT_THROW(relative_risk({}, one, square, grid, {.bandwidth = 1}), InputError);
  EXPECT_THROW(relative_risk(one, outside, square, grid, {.bandwidth = 1}), InputError);
  EXPECT_THROW(relative_risk(one, one, square, grid, {}), OptionError);
  EXPECT_THROW(relative_risk(one, one, square, {}, {.bandwidth = 1}), OptionError);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RelativeRisks, ::testing::Range(0, 12));

}  // namespace
}  // namespace waywarden
