#include "waywarden/flow/belief_grid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/crs.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

const Point kCentre{80.0, 30.0};

/// Shares by brute force: a great many points along the shape.
std::map<Cell, double> sampled_shares(const Network& network, EdgeId e, double cell_size) {
  const Transformer transformer(Crs::wgs84(), equal_area_around(kCentre));
  const std::vector<Point> line = network.polyline(e);
  std::map<Cell, double> lengths;
  double total = 0.0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    std::vector<Point> fine;
    for (int k = 0; k <= 4000; ++k) {
      const double t = k / 4000.0;
      fine.push_back(
          {line[i - 1].x + t * (line[i].x - line[i - 1].x), line[i - 1].y + t * (line[i].y - line[i - 1].y)});
    }
    fine = transformer(fine);
    for (std::size_t k = 1; k < fine.size(); ++k) {
      const double length = std::hypot(fine[k].x - fine[k - 1].x, fine[k].y - fine[k - 1].y);
      const Point middle{(fine[k].x + fine[k - 1].x) / 2, (fine[k].y + fine[k - 1].y) / 2};
      lengths[{static_cast<std::int32_t>(std::floor(middle.x / cell_size)),
               static_cast<std::int32_t>(std::floor(middle.y / cell_size))}] += length;
      total += length;
    }
  }
  for (auto& [cell, length] : lengths) length /= total;
  return lengths;
}

TEST(BeliefGrid, SharesEqualFineSampling) {
  const Network network = worlds::random_network(4);
  const BeliefGrid grid = belief_grid(network, kCentre, {2048.0}, {});
  for (std::size_t e = 0; e < network.edge_count(); e += 7) {
    if (network.columns().length_m[e] == 0.0) continue;
    const std::map<Cell, double> expected = sampled_shares(network, EdgeId(e), 2048.0);
    double sum = 0.0;
    for (const CellShare& part : grid.of_shape(network.columns().shape[e])) {
      const auto at = expected.find(grid.cells[part.cell]);
      EXPECT_NEAR(part.share, at == expected.end() ? 0.0 : at->second, 2e-3) << "edge " << e;
      sum += part.share;
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
  }
}

TEST(BeliefGrid, CellsAreAscendingAndAllInUse) {
  const Network network = worlds::random_network(2);
  const BeliefGrid grid = belief_grid(network, kCentre, {1024.0}, {.threads = 2});
  EXPECT_TRUE(std::is_sorted(grid.cells.begin(), grid.cells.end()));
  std::vector<int> used(grid.cells.size(), 0);
  for (const CellShare& part : grid.shares) used[part.cell] = 1;
  EXPECT_EQ(std::count(used.begin(), used.end(), 0), 0);
  EXPECT_EQ(grid.first.size(), network.columns().shape_ends.size() + 1);
}

TEST(BeliefGrid, AShapeWithoutLengthLiesInOneCell) {
  const Network network = worlds::random_network(2);
  const BeliefGrid grid = belief_grid(network, kCentre, {1024.0}, {});
  int crossings = 0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (network.kind(EdgeId(e)) != EdgeKind::crossing) continue;
    ++crossings;
    const auto parts = grid.of_shape(network.columns().shape[e]);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].share, 1.0);
  }
  EXPECT_GT(crossings, 0);
}

TEST(BeliefGrid, CuttingALinkLeavesItsCells) {
  worlds::Plan whole;
  whole.countries = {"AA"};
  whole.add_node({84.0, 27.0}, Mode::road, 0);
  whole.add_node({84.5, 27.2}, Mode::road, 0);
  whole.links.push_back({.from = 0, .to = 1});
  worlds::Plan cut = whole;
  const std::size_t between = cut.add_node({84.0 + 0.5 * 0.37, 27.0 + 0.2 * 0.37}, Mode::road, 0);
  cut.links = {{.from = 0, .to = between}, {.from = between, .to = 1}};
  const Network one = worlds::build(whole), two = worlds::build(cut);
  const BeliefGrid a = belief_grid(one, kCentre, {4096.0}, {}), b = belief_grid(two, kCentre, {4096.0}, {});
  ASSERT_EQ(a.cells, b.cells);
  const double total = one.columns().length_m[0];
  std::vector<double> length_a(a.cells.size(), 0.0), length_b(a.cells.size(), 0.0);
  for (const CellShare& part : a.of_shape(0)) length_a[part.cell] += total * part.share;
  for (const std::uint32_t shape : {0U, 1U}) {
    const double length =
        two.columns().length_m[shape];  // edges 0 and 1 are the first direction of links 0 and 1
    for (const CellShare& part : b.of_shape(shape)) length_b[part.cell] += length * part.share;
  }
  for (std::size_t c = 0; c < a.cells.size(); ++c) EXPECT_NEAR(length_a[c], length_b[c], 1e-3 * total);
}

TEST(BeliefGrid, CoarserCellsContainFinerOnesAlsoLeftOfTheCentre) {
  EXPECT_EQ(coarser({7, -1}, 4), (Cell{1, -1}));
  EXPECT_EQ(coarser({-4, -5}, 4), (Cell{-1, -2}));
  EXPECT_EQ(coarser(coarser({-37, 90}, 4), 4), coarser({-37, 90}, 16));
}

TEST(BeliefGrid, CentreIsTheSameForNetworksThatDifferALittle) {
  const Point centre = grid_centre(worlds::random_network(1));
  EXPECT_EQ(centre, grid_centre(worlds::random_network(2, {.rows = 6})));
  EXPECT_EQ(std::fmod(centre.x, 10.0), 0.0);
}

TEST(BeliefGrid, RefusesCellsWithoutSize) {
  const Network network = worlds::random_network(1);
  EXPECT_THROW(belief_grid(network, kCentre, {0.0}, {}), OptionError);
  EXPECT_THROW(belief_grid(network, kCentre, {HUGE_VAL}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
