#include "waywarden/density/planar_density.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "density/kernels.h"
#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::kKernels;
using testing::points_inside;
using testing::shuffled;
using testing::star_with_hole;

constexpr std::array kEdges = {DensityEdge::none, DensityEdge::evaluation, DensityEdge::points};

double kernel_at(const DensityOptions& options, double bandwidth, Point a, Point b) {
  const double dx = (a.x - b.x) / bandwidth, dy = (a.y - b.y) / bandwidth;
  return kernel_density(options.kernel, dx * dx + dy * dy) / (bandwidth * bandwidth);
}

/// The definition, cell by cell and event by event.
std::vector<double> by_definition(const WeightedPoints& events, const std::vector<double>& bandwidths,
                                  const PlanarWindow& window, const RasterGrid& grid,
                                  const DensityOptions& options) {
  std::vector<double> value(grid.size(), 0.0), share(grid.size(), 0.0);
  for (std::size_t e = 0; e < events.points.size(); ++e) {
    double mass = 0.0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const bool in = window.contains(grid.centre(i));
      mass += in ? kernel_at(options, bandwidths[e], grid.centre(i), events.points[e]) * grid.cell_area() : 0;
    }
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const double added =
          events.weight(e) * kernel_at(options, bandwidths[e], grid.centre(i), events.points[e]);
      value[i] += options.edge == DensityEdge::points ? (mass > 0 ? added / mass : 0) : added;
    }
  }
  for (std::size_t i = 0; i < grid.size(); ++i) {
    for (std::size_t j = 0; j < grid.size() && options.edge == DensityEdge::evaluation; ++j) {
      if (!window.contains(grid.centre(j))) continue;
      share[i] += kernel_at(options, bandwidths[0], grid.centre(i), grid.centre(j)) * grid.cell_area();
    }
    if (options.edge == DensityEdge::evaluation) value[i] /= share[i];
    if (!window.contains(grid.centre(i))) value[i] = 0.0;
  }
  return value;
}

void expect_near(const std::vector<double>& actual, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(actual.size(), expected.size());
  const double scale = *std::max_element(expected.begin(), expected.end());
  for (std::size_t i = 0; i < actual.size(); ++i) EXPECT_NEAR(actual[i], expected[i], tolerance * scale) << i;
}

TEST(PlanarDensity, OfNothingIsNothing) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  for (const DensityMethod method : {DensityMethod::exact, DensityMethod::binned}) {
    const auto density =
        planar_density({}, square, grid_over(square, 1.0), {.bandwidth = 2, .method = method});
    EXPECT_EQ(density.value, std::vector<double>(100));
    EXPECT_EQ(density.mass, 0.0);
    EXPECT_EQ(density.method, method);
  }
}

TEST(PlanarDensity, OfOneInTheMiddle) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const std::vector<Point> points = {{5, 5}};
  const auto density =
      planar_density({points}, square, grid_over(square, 0.05), {.bandwidth = 3, .edge = DensityEdge::none});
  // The middle of a cell beside it.
  const double u2 = 2 * 0.025 * 0.025 / 9;
  EXPECT_NEAR(density.value[100 * 200 + 100], 3 / std::numbers::pi * (1 - u2) * (1 - u2) / 9, 1e-15);
  EXPECT_NEAR(density.mass, 1.0, 1e-5);
}

TEST(PlanarDensity, CountsWhatNoCellShows) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const std::vector<Point> points = {{5, 5}, {2.5, 2.5}};
  const RasterGrid grid = grid_over(square, 1.0);
  const auto density = planar_density({points}, square, grid, {.bandwidth = 0.3});
  EXPECT_EQ(density.unreached, 1U);
  EXPECT_NEAR(density.mass, 1.0, 1e-12);
  EXPECT_EQ(density.weight, 2.0);
}

TEST(PlanarDensity, RefusesBadInput) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const RasterGrid grid = grid_over(square, 1.0);
  const std::vector<Point> points = {{5, 5}}, outside = {{11, 5}};
  const std::vector<double> negative = {-1.0}, two = {1.0, 1.0}, one = {1.0};
  const DensityOptions good{.bandwidth = 1.0};
  EXPECT_THROW(planar_density({outside}, square, grid, good), InputError);
  EXPECT_THROW(planar_density({points, negative}, square, grid, good), InputError);
  EXPECT_THROW(planar_density({points, two}, square, grid, good), InputError);
  EXPECT_THROW(planar_density({points}, square, grid, {}), OptionError);
  EXPECT_THROW(planar_density({points}, square, grid, {.bandwidth = std::numeric_limits<double>::infinity()}),
               OptionError);
  EXPECT_THROW(planar_density({points}, square, {}, good), OptionError);
  EXPECT_THROW(grid_over(square, 0.0), OptionError);
  EXPECT_THROW(grid_over(square, 0.1, 100), OptionError);
  EXPECT_THROW(adaptive_density({points}, two, square, grid, {}), OptionError);
  EXPECT_THROW(adaptive_density({points}, one, square, grid, {.edge = DensityEdge::evaluation}), OptionError);
  EXPECT_THROW(adaptive_density({points}, one, square, grid, {.method = DensityMethod::binned}), OptionError);
}

class PlanarDensities : public ::testing::TestWithParam<int> {
 protected:
  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
  PlanarWindow window() const {
    return seed() % 3 == 0 ? PlanarWindow(Box{{0, 0}, {100, 60}}) : PlanarWindow(star_with_hole(seed(), 9));
  }
  std::vector<double> weights(std::size_t count) const {
    RandomStream stream(seed(), 8);
    std::vector<double> drawn;
    for (std::size_t i = 0; i < count; ++i) drawn.push_back(stream.below(5) / 2.0);
    return drawn;
  }
};

TEST_P(PlanarDensities, EqualTheirDefinition) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 30);
  const auto weight = weights(30);
  const RasterGrid grid = grid_over(area, 3.1);
  for (const DensityEdge edge : kEdges) {
    const DensityOptions options{kKernels[seed() % 6], 11.0, edge, DensityMethod::exact};
    SCOPED_TRACE(name(options.kernel) + ' ' + name(edge));
    const auto density = planar_density({points, weight}, area, grid, options);
    expect_near(density.value,
                by_definition({points, weight}, std::vector<double>(30, 11.0), area, grid, options), 1e-12);
    EXPECT_NEAR(density.mass, std::accumulate(density.value.begin(), density.value.end(), 0.0) * 3.1 * 3.1,
                1e-9);
  }
}

TEST_P(PlanarDensities, WithABandwidthEachEqualTheirDefinition) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 30);
  std::vector<double> bandwidths;
  RandomStream stream(seed(), 9);
  for (std::size_t i = 0; i < 30; ++i) bandwidths.push_back(4 + 20 * stream.uniform());
  const RasterGrid grid = grid_over(area, 3.1);
  for (const DensityEdge edge : {DensityEdge::none, DensityEdge::points}) {
    const DensityOptions options{.kernel = kKernels[seed() % 6], .edge = edge};
    const auto density = adaptive_density({points}, bandwidths, area, grid, options);
    expect_near(density.value, by_definition({points}, bandwidths, area, grid, options), 1e-12);
  }
}

TEST_P(PlanarDensities, HaveTheMassOfTheEvents) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 200);
  const auto weight = weights(200);
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (const PlanarKernel kernel : kKernels) {
    for (const DensityMethod method : {DensityMethod::exact, DensityMethod::binned}) {
      const DensityOptions options{kernel, 6.0, DensityEdge::points, method};
      const auto density = planar_density({points, weight}, area, grid_over(area, 1.0), options);
      EXPECT_NEAR(density.mass, total, 1e-9 * total) << name(kernel) << ' ' << name(method);
      EXPECT_EQ(density.weight, total);
      EXPECT_EQ(density.unreached, 0U);
    }
  }
}

/// Binning blurs a little: by the square of a cell in bandwidths, and moves events on the raster's edge by a
/// quarter of a cell or less.
TEST_P(PlanarDensities, BinnedComeNearExactOnes) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 500);
  for (const DensityEdge edge : kEdges) {
    DensityOptions options{kKernels[seed() % 6], 12.0, edge, DensityMethod::exact};
    if (options.kernel == PlanarKernel::uniform) options.kernel = PlanarKernel::quartic;
    const RasterGrid grid = grid_over(area, 0.5);
    const auto exact = planar_density({points}, area, grid, options);
    options.method = DensityMethod::binned;
    expect_near(planar_density({points}, area, grid, options).value, exact.value, 0.04);
  }
}

TEST_P(PlanarDensities, HaveTheSameBitsInAnyOrderAndOnAnyThreads) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 400), other = shuffled(points, seed());
  for (const DensityMethod method : {DensityMethod::exact, DensityMethod::binned}) {
    const DensityOptions options{kKernels[seed() % 6], 5.0, DensityEdge::points, method};
    const RasterGrid grid = grid_over(area, 1.5);
    EXPECT_EQ(planar_density({points}, area, grid, options, {.threads = 1}).value,
              planar_density({other}, area, grid, options, {.threads = 3}).value);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlanarDensities, ::testing::Range(0, 24));

}  // namespace
}  // namespace waywarden
