#include "waywarden/routing/route_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>

#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/hierarchy_columns.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/router.h"
#include "waywarden/storage/column_file.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

std::vector<Weight> weights_of(const Network& network) {
  std::vector<Weight> weights;
  for (const double metres : network.columns().length_m) weights.push_back(to_weight(metres, 0.25));
  return weights;
}

TEST(RouteIndex, FindsWhatDijkstraFindsByTheNetworksNumbers) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Network network = worlds::random_network(seed);
    const RouteIndex index(network);
    const std::vector<Weight> weights = weights_of(network);
    const Metric metric(index.hierarchy(), weights);
    PointToPoint search(metric);
    const auto router = dijkstra_router(network);
    for (std::uint32_t from = 0; from < network.node_count(); from += 3) {
      const SearchTree tree = router->search(std::array{NodeId(from)}, weights, Direction::from_roots);
      for (std::uint32_t to = 0; to < network.node_count(); ++to) {
        const Distance expected = tree.distance[to];
        const Cost found = search.cost(from, to);
        ASSERT_EQ(found == kNoWay ? kUnreachable : found, expected) << seed << ": " << from << " to " << to;
      }
    }
  }
}

TEST(RouteIndex, KnowsItsNetwork) {
  const Network network = worlds::random_network(1), other = worlds::random_network(2);
  const RouteIndex index(network);
  EXPECT_EQ(index.node_count(), network.node_count());
  EXPECT_EQ(index.edge_count(), network.edge_count());
  EXPECT_EQ(index.digest().size(), 64U);
  EXPECT_TRUE(index.fits(network));
  EXPECT_FALSE(index.fits(other));
}

/// The same nodes and tails; only where edges lead differs.
TEST(RouteIndex, TellsHeadsApart) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (int i = 0; i < 3; ++i) plan.add_node({84.0 + 0.01 * i, 27.0}, Mode::road, 0);
  plan.links = {{.from = 0, .to = 1, .one_way = true}, {.from = 1, .to = 2, .one_way = true}};
  const Network there = worlds::build(plan);
  plan.links[1].to = 0;
  const Network back = worlds::build(plan);
  EXPECT_TRUE(RouteIndex(there).fits(there));
  EXPECT_FALSE(RouteIndex(there).fits(back));
}

template <class Item>
bool same_bytes(std::span<const Item> a, std::span<const Item> b) {
  return std::ranges::equal(std::as_bytes(a), std::as_bytes(b));
}

TEST(RouteIndex, IsTheSameAfterSavingAndLoading) {
  const test::TemporaryFolder folder;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Network network = worlds::random_network(seed);
    const RouteIndex made(network);
    made.save(folder / "a.index");
    const RouteIndex loaded = RouteIndex::load(folder / "a.index", network);
    std::filesystem::remove(folder / "a.index");
    EXPECT_EQ(loaded.digest(), made.digest());
    EXPECT_TRUE(loaded.fits(network));
    EXPECT_TRUE(same_bytes(loaded.arcs().tail, made.arcs().tail));
    EXPECT_TRUE(same_bytes(loaded.arcs().head, made.arcs().head));
    EXPECT_EQ(loaded.hierarchy().height(), made.hierarchy().height());
    const auto& columns = loaded.hierarchy().columns();
    std::apply(
        [&](const auto&... column) {
          const auto others = detail::tied(made.hierarchy().columns());
          std::apply([&](const auto&... other) { EXPECT_TRUE((same_bytes(column, other) && ...)); }, others);
        },
        detail::tied(columns));
    const Metric before(made.hierarchy(), weights_of(network)),
        after(loaded.hierarchy(), weights_of(network));
    EXPECT_TRUE(same_bytes(before.up(), after.up()));
  }
}

TEST(RouteIndex, RefusesTheFileOfAnotherNetwork) {
  const test::TemporaryFolder folder;
  const Network network = worlds::random_network(1), other = worlds::random_network(2);
  RouteIndex(network).save(folder / "a.index");
  try {
    RouteIndex::load(folder / "a.index", other);
    ADD_FAILURE() << "it was taken";
  } catch (const InputError& error) {
    EXPECT_EQ(error.where().file, folder / "a.index");
    EXPECT_EQ(error.reason().rfind("is the index of another network, of ", 0), 0U) << error.reason();
  }
}

/// A checksum that is right does not make a hierarchy.
TEST(RouteIndex, RefusesAFileThatHoldsNoHierarchy) {
  const test::TemporaryFolder folder;
  const Network network = worlds::random_network(1);
  const RouteIndex index(network);
  std::vector<RawColumn> columns = {raw_column("tail", index.arcs().tail),
                                    raw_column("head", index.arcs().head)};
  const std::vector<std::uint32_t> zeros(index.node_count(), 0);
  detail::for_each_column(index.hierarchy().columns(), [&](std::string_view name, const auto& column) {
    columns.push_back(raw_column(name, column));
    if (name == "rank") columns.back() = raw_column(name, std::span<const std::uint32_t>(zeros));
  });
  write_columns(folder / "a.index", {"WAYROUTE", 1}, index.digest(), columns);
  EXPECT_THROW(RouteIndex::load(folder / "a.index", network), FileError);
  columns.pop_back();
  write_columns(folder / "a.index", {"WAYROUTE", 1}, index.digest(), columns);
  EXPECT_THROW(RouteIndex::load(folder / "a.index", network), FileError);
}

TEST(RouteIndex, TakesAnyGraph) {
  const test::TemporaryFolder folder;
  const std::vector<std::uint32_t> tail = {0, 1, 1, 3}, head = {1, 0, 2, 3};
  const std::vector<Position> line = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
  const RouteIndex index(4, {tail, head}, line);
  EXPECT_TRUE(index.fits(4, {tail, head}));
  EXPECT_FALSE(index.fits(5, {tail, head}));
  EXPECT_FALSE(index.fits(4, {head, tail}));
  const Metric metric(index.hierarchy(), std::vector<Weight>{5, 1, 2, 9});
  EXPECT_EQ(PointToPoint(metric).cost(0, 2), 7U);
  EXPECT_EQ(PointToPoint(metric).cost(0, 3), kNoWay);
  index.save(folder / "a.index");
  EXPECT_EQ(RouteIndex::load(folder / "a.index", 4, {tail, head}).digest(), index.digest());
  EXPECT_THROW(RouteIndex::load(folder / "a.index", 5, {tail, head}), InputError);
}

TEST(RouteIndex, RefusesWhatIsNoGraph) {
  const std::vector<std::uint32_t> tail = {0, 1}, head = {1, 2}, one = {0};
  const float nowhere = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(RouteIndex(2, {tail, head}), OptionError);
  EXPECT_THROW(RouteIndex(3, {tail, one}), OptionError);
  EXPECT_THROW(RouteIndex(3, {tail, head}, std::vector<Position>(2)), OptionError);
  EXPECT_THROW(RouteIndex(3, {tail, head}, std::vector<Position>{{0, 0}, {1, nowhere}, {2, 0}}), OptionError);
}

TEST(RouteIndex, TakesANetworkWithoutEdges) {
  NetworkColumns columns;
  columns.node_point = {{85, 27}, {86, 28}};
  columns.node_mode = {Mode::road, Mode::road};
  columns.node_country = {kNoCountry, kNoCountry};
  const Network network(std::move(columns));
  EXPECT_EQ(RouteIndex(network).node_count(), 2U);
  const test::TemporaryFolder folder;
  RouteIndex(network).save(folder / "a.index");
  EXPECT_EQ(RouteIndex::load(folder / "a.index", network).node_count(), 2U);
}

}  // namespace
}  // namespace waywarden
