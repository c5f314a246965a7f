#include "waywarden/network/builder.h"

#include <gtest/gtest.h>

#include "world.h"

namespace waywarden {
namespace {

/// A road and a railway from A to B side by side, a station and a place in each country, one listed post on
/// the road.
NetworkLayers world() {
  NetworkLayers layers;
  LinkLayer roads{test::table("roads"), Mode::road, "", "", ""},
      rails{test::table("rails"), Mode::rail, "", "", ""};
  test::add_line(roads.table, "r1", {{-1, 0}, {-0.5, 0}, {0.5, 0}});
  test::add_line(roads.table, "r2", {{0.5, 0}, {1, 0}});
  test::add_line(roads.table, "r3", {{0.5, 0}, {0.5, 1}});
  test::add_line(rails.table, "w1", {{-1, 0.01}, {1, 0.01}});
  layers.links = {roads, rails};
  HubLayer stations{test::table("stations"), "", "", {Mode::road, Mode::rail}, Metres{5000}};
  test::add_point(stations.table, "s1", {-0.8, 0.005});
  test::add_point(stations.table, "s2", {0.8, 0.005});
  test::add_point(stations.table, "s3", {0.5, 0.9});
  layers.hubs = {stations};
  layers.countries = test::two_countries(500);
  layers.posts = PostLayer{test::table("posts"), "name", "a", "b", "", "", "", Metres{2000}};
  test::add_point(layers.posts->table, "x1", {0.001, 0.001});
  layers.posts->table.add(Column("name", Column::Texts{"Gate"}));
  layers.posts->table.add(Column("a", Column::Texts{"A"}));
  layers.posts->table.add(Column("b", Column::Texts{"B"}));
  PlaceLayer places{test::table("places"), "", "", "pop", "", "", "", {Mode::road}, Metres{5000}};
  test::add_point(places.table, "p1", {-0.9, 0.002});
  test::add_point(places.table, "p2", {0.9, 0.002});
  test::add_point(places.table, "p3", {5, 5});
  places.table.add(Column("pop", Column::Integers{100, 200, 300}));
  layers.places = places;
  return layers;
}

TEST(Builder, FindsCrossingsAndMatchesPosts) {
  const auto built = build_network(world(), {}, {});
  const Crossings& crossings = built.network.crossings();
  ASSERT_EQ(crossings.size(), 2U);
  std::size_t listed = 0;
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    listed += crossings.status[i] == CrossingStatus::listed;
    EXPECT_EQ(crossings.country_a[i], "A");
    EXPECT_EQ(crossings.country_b[i], "B");
    const EdgeId there = crossings.a_to_b[i], back = crossings.b_to_a[i];
    EXPECT_EQ(built.network.kind(there), EdgeKind::crossing);
    EXPECT_EQ(built.network.columns().twin[there.index()], back);
    EXPECT_EQ(built.network.country(built.network.tail(there)), "A");
    EXPECT_EQ(built.network.country(built.network.head(there)), "B");
    EXPECT_EQ(built.network.columns().length_m[there.index()], 0.0);
    // Two listed posts' worth of candidates, one post: the nearer line, the road, has it.
    EXPECT_EQ(crossings.status[i] == CrossingStatus::listed, crossings.mode[i] == Mode::road);
    EXPECT_EQ(crossings.id[i], crossings.mode[i] == Mode::road ? "x1" : "informal-1");
  }
  EXPECT_EQ(listed, 1U);
}

TEST(Builder, HubsJoinModesAndPlacesAreAttached) {
  const auto built = build_network(world(), {}, {});
  ASSERT_EQ(built.network.hubs().size(), 3U);
  EXPECT_EQ(built.network.hubs().country[0], "A");
  const auto degree = [&](NodeId node) {
    return built.network.first_out()[node.index() + 1] - built.network.first_out()[node.index()];
  };
  EXPECT_EQ(degree(built.network.hubs().node[0]), 2U);
  EXPECT_EQ(degree(built.network.hubs().node[2]), 1U);
  ASSERT_EQ(built.places.size(), 3U);
  EXPECT_TRUE(built.places.node[0].exists());
  EXPECT_NEAR(built.places.access_m[0], 221, 1);
  EXPECT_EQ(built.network.country(built.places.node[1]), "B");
  EXPECT_FALSE(built.places.node[2].exists());
  EXPECT_EQ(built.report.count(Outcome::doubtful), 2U);  // s3 joins one mode, p3 is out of reach
}

TEST(Builder, EveryEdgeKnowsItsFeature) {
  const auto built = build_network(world(), {}, {});
  for (std::size_t e = 0; e < built.network.edge_count(); ++e) {
    EXPECT_FALSE(built.network.source(EdgeId(e)).id.empty());
    const auto line = built.network.polyline(EdgeId(e));
    EXPECT_EQ(line.front(), built.network.point(built.network.tail(EdgeId(e))));
    EXPECT_EQ(line.back(), built.network.point(built.network.head(EdgeId(e))));
  }
}

void expect_same(const BuiltNetwork& a, const BuiltNetwork& b) {
  const NetworkColumns &x = a.network.columns(), &y = b.network.columns();
  EXPECT_EQ(x.node_point, y.node_point);
  EXPECT_EQ(x.tail, y.tail);
  EXPECT_EQ(x.head, y.head);
  EXPECT_EQ(x.length_m, y.length_m);
  EXPECT_EQ(x.source, y.source);
  EXPECT_EQ(x.detection, y.detection);
  EXPECT_EQ(x.shape_vertices, y.shape_vertices);
  EXPECT_EQ(a.network.crossings().id, b.network.crossings().id);
  EXPECT_EQ(a.network.hubs().node, b.network.hubs().node);
  EXPECT_EQ(a.places.node, b.places.node);
  EXPECT_EQ(a.places.id, b.places.id);
  EXPECT_EQ(a.report.summary(), b.report.summary());
}

TEST(Builder, DoesNotDependOnTheOrderOfRowsOrLayersOrThreads) {
  const auto built = build_network(world(), {}, {});
  for (unsigned seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    NetworkLayers layers = world();
    for (LinkLayer& layer : layers.links) layer.table = test::shuffled(layer.table, seed);
    for (HubLayer& layer : layers.hubs) layer.table = test::shuffled(layer.table, seed);
    layers.countries->table = test::shuffled(layers.countries->table, seed);
    layers.places->table = test::shuffled(layers.places->table, seed);
    std::reverse(layers.links.begin(), layers.links.end());
    Execution execution;
    execution.threads = 1 + seed;
    expect_same(built, build_network(layers, {}, execution));
  }
}

TEST(Builder, SaysWhatIsWrong) {
  EXPECT_THROW(build_network({}, {}, {}), InputError);
  NetworkLayers unknown = world();
  unknown.links[0].table.crs = Crs();
  EXPECT_THROW(build_network(unknown, {}, {}), CrsError);
  NetworkLayers missing = world();
  missing.places->population_column = "inhabitants";
  EXPECT_THROW(build_network(missing, {}, {}), InputError);
}

TEST(Builder, StopsWhenAsked) {
  Progress progress;
  progress.cancel();
  Execution execution;
  execution.progress = &progress;
  EXPECT_THROW(build_network(world(), {}, execution), Cancelled);
}

}  // namespace
}  // namespace waywarden
