/// Streets and accidents of Montreal against figures of spNetwork 0.4.4.6, which divides by the bandwidth
/// once too often and loses what arrives at dead ends. It keeps coordinates to the millimetre and moved
/// accidents near junctions by some centimetres, most of them onto the junction; ten of the 269 places, each
/// less than five centimetres from one, stayed beside it, where the discontinuous split differs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linear_network/published.h"
#include "waywarden/density/network_kde.h"

namespace waywarden {
namespace {

constexpr double kBandwidth = 300.0;

struct Sampled {
  DrawnLines streets = published::montreal_streets();
  std::vector<LinePosition> accidents = published::montreal_accidents(streets);
  /// In ascending order of position.
  Lixels lixels;
  std::vector<std::vector<double>> expected;
};

Sampled montreal() {
  Sampled all;
  const auto rows = published::numbers("spnetwork_mtl_expected_nkde.csv");
  std::vector<Point> centres;
  for (const auto& row : rows) centres.push_back({row[0], row[1]});
  auto positions = published::positions(all.streets, centres);
  std::vector<std::size_t> order(positions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return positions[i]; });
  for (const std::size_t i : order) all.expected.push_back(rows[i]);
  std::ranges::sort(positions);
  all.lixels = lixels_at(all.streets.network, positions);
  return all;
}

struct Difference {
  double most = 0.0;
  std::size_t beyond = 0;
  double total = 0.0;
  double expected_total = 0.0;
};

Difference difference(const Sampled& all, const NetworkKdeOptions& options, std::size_t column) {
  const NetworkKde result = network_kde(all.streets.network, all.accidents, {}, all.lixels, options);
  Difference found;
  for (std::size_t i = 0; i < all.expected.size(); ++i) {
    const double expected = all.expected[i][column] * kBandwidth;
    const double off = std::abs(result.density[i] - expected);
    found.most = std::max(found.most, off);
    found.beyond += off > 1e-5 ? 1 : 0;
    found.total += result.density[i];
    found.expected_total += expected;
  }
  return found;
}

TEST(Montreal, IsMetButForCentimetres) {
  if (!published::here()) GTEST_SKIP() << "the streets of Montreal are not here";
  const Sampled all = montreal();
  ASSERT_EQ(all.streets.network.edge_count(), 2945U);
  ASSERT_EQ(all.expected.size(), 3163U);
  NetworkKdeOptions options{.method = NetworkDensity::simple, .bandwidth = Metres{kBandwidth}};
  options.dead_ends = DeadEndRule::lose;
  // The largest density is about 0.06 (simple) and 0.01 (equal split) per metre.
  const Difference simple = difference(all, options, 2);
  EXPECT_LT(simple.most, 5e-5);
  EXPECT_NEAR(simple.total, simple.expected_total, 1e-3 * simple.expected_total);
  options.method = NetworkDensity::continuous;
  options.depth = 8;
  const Difference continuous = difference(all, options, 4);
  EXPECT_LT(continuous.most, 2.2e-5);
  EXPECT_NEAR(continuous.total, continuous.expected_total, 1e-4 * continuous.expected_total);
  options.method = NetworkDensity::discontinuous;
  options.depth.reset();
  const Difference discontinuous = difference(all, options, 3);
  EXPECT_LT(discontinuous.most, 5e-3);
  EXPECT_LT(discontinuous.beyond, all.expected.size() / 11);
  EXPECT_NEAR(discontinuous.total, discontinuous.expected_total, 1e-3 * discontinuous.expected_total);
}

TEST(Montreal, EveryAccidentKeepsItsWeight) {
  if (!published::here()) GTEST_SKIP() << "the streets of Montreal are not here";
  const Sampled all = montreal();
  const Lixels rows = lixels(all.streets.network, Metres{50.0});
  for (const auto method :
       {NetworkDensity::discontinuous, NetworkDensity::continuous, NetworkDensity::heat}) {
    const NetworkKdeOptions options{.method = method, .bandwidth = Metres{kBandwidth}};
    const NetworkKde result = network_kde(all.streets.network, all.accidents, {}, rows, options);
    EXPECT_EQ(result.weight, 347.0);
    EXPECT_NEAR(result.integral, 347.0, 1e-9) << name(method);
    EXPECT_NEAR(std::accumulate(result.mass.begin(), result.mass.end(), 0.0), 347.0, 1e-9) << name(method);
    EXPECT_LT(result.largest_missing_share, 1e-11);
  }
}

}  // namespace
}  // namespace waywarden
