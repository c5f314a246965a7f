#include "waywarden/osm/read_osm.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "waywarden/base/errors.h"
#include "waywarden/network/builder.h"

namespace waywarden {
namespace {

const std::filesystem::path kShared = std::filesystem::path(WAYWARDEN_SOURCE_DIR) / "../shared";

/// A file that is gone afterwards.
class Written {
 public:
  explicit Written(const std::string& text, const std::string& suffix = ".osm") {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() / (std::string("waywarden_") + test->name() + suffix);
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~Written() { std::filesystem::remove(path_); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string node(int id, double lon, double lat, const std::string& tags = "") {
  return "<node id='" + std::to_string(id) + "' version='1' lon='" + std::to_string(lon) + "' lat='" +
         std::to_string(lat) + "'>" + tags + "</node>\n";
}

std::string tag(const std::string& key, const std::string& value) {
  return "<tag k='" + key + "' v='" + value + "'/>";
}

std::string way(int id, const std::vector<int>& nodes, const std::string& tags) {
  std::string text = "<way id='" + std::to_string(id) + "' version='1'>";
  for (const int ref : nodes) text += "<nd ref='" + std::to_string(ref) + "'/>";
  return text + tags + "</way>\n";
}

std::string document(const std::string& body) {
  return "<?xml version='1.0'?>\n<osm version='0.6'>\n" + body + "</osm>\n";
}

OsmExtract read(const std::string& body) {
  const Written file(document(body));
  return read_osm(file.path(), tag_profile(default_tag_profile()));
}

/// A road over another road and under nothing, a ferry, a border post on the road.
std::string town() {
  return node(1, 10.0, 50.0) + node(2, 10.01, 50.0, tag("barrier", "border_control") + tag("name", "Post")) +
         node(3, 10.02, 50.0) + node(4, 10.01, 49.99) + node(5, 10.01, 50.01) +
         node(6, 10.03, 50.0, tag("amenity", "ferry_terminal")) + node(7, 10.1, 50.1) +
         way(20, {1, 2, 3},
             tag("highway", "primary") + tag("maxspeed", "30 mph") + tag("name", "High Street")) +
         way(10, {4, 2, 5}, tag("highway", "track") + tag("oneway", "-1")) +
         way(30, {3, 6}, tag("highway", "motorway") + tag("bridge", "yes")) +
         way(40, {6, 7}, tag("route", "ferry") + tag("duration", "00:30")) +
         way(50, {1, 7}, tag("highway", "track") + tag("access", "no")) +
         way(60, {1, 5}, tag("building", "yes")) +
         "<relation id='9' version='1'><member type='way' ref='10' role='from'/>"
         "<member type='node' ref='2' role='via'/><member type='way' ref='20' role='to'/>" +
         tag("type", "restriction") + tag("restriction", "no_left_turn") + "</relation>";
}

TEST(ReadOsm, WaysBecomeLinesOfTheirMode) {
  const OsmExtract found = read(town());
  ASSERT_EQ(found.links.size(), 2U);
  const FeatureTable& roads = found.links[0].table;
  EXPECT_EQ(found.links[0].mode, Mode::road);
  EXPECT_EQ(roads.ids, (std::vector<std::string>{"w10", "w20", "w30"}));
  EXPECT_EQ(roads.column("class").text(0), "highway=track");
  EXPECT_EQ(roads.column("oneway").text(0), "reverse");
  EXPECT_EQ(roads.column("speed_from").text(0), "assumed");
  EXPECT_EQ(roads.column("name").text(1), "High Street");
  EXPECT_FALSE(roads.column("name").valid(0));
  EXPECT_NEAR(roads.column("speed_kmh").number(1).value(), 48.28032, 1e-9);
  EXPECT_EQ(roads.column("oneway").text(1), "no");
  EXPECT_EQ(roads.column("oneway").text(2), "yes");
  EXPECT_EQ(roads.column("level").number(2), 1.0);
  EXPECT_EQ(roads.geometries[1].points.size(), 3U);
  EXPECT_EQ(roads.geometries[1].points[2], (Point{10.02, 50.0}));
  EXPECT_EQ(found.links[1].mode, Mode::sea);
  EXPECT_EQ(found.links[1].table.column("speed_from").text(0), "duration");
}

TEST(ReadOsm, CountsWhatItLeavesOut) {
  const OsmExtract found = read(town());
  EXPECT_EQ(found.counts.ways, 6U);
  EXPECT_EQ(found.counts.links, 4U);
  EXPECT_EQ(found.counts.closed, 1U);
  EXPECT_EQ(found.counts.others, 1U);
  EXPECT_EQ(found.counts.link_nodes, 7U);
  EXPECT_EQ(found.counts.missing_nodes, 0U);
  EXPECT_TRUE(found.report.entries.empty());
}

TEST(ReadOsm, NodesBecomeHubsAndPosts) {
  const OsmExtract found = read(town());
  EXPECT_EQ(found.posts.ids, (std::vector<std::string>{"n2"}));
  EXPECT_EQ(found.posts.column("name").text(0), "Post");
  EXPECT_EQ(found.posts.geometries[0].points[0], (Point{10.01, 50.0}));
  EXPECT_EQ(found.hubs.ids, (std::vector<std::string>{"n6"}));
  EXPECT_EQ(found.hubs.column("kind").text(0), "amenity=ferry_terminal");
}

/// At node 6, which the bridge has too, and not at node 7, which only a closed track has.
TEST(ReadOsm, FerriesLandAtNodesThatALandWayHas) {
  const OsmExtract extract = read(town());
  EXPECT_EQ(extract.landings.table.ids, std::vector<std::string>{"n6"});
  NetworkLayers layers;
  layers.links = extract.links;
  layers.hubs = {extract.landings};
  const BuiltNetwork built = build_network(layers, {.snap_tolerance = Metres{0}}, {});
  const auto& kinds = built.network.columns().kind;
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), EdgeKind::transfer), 4);  // to and from road and sea
  EXPECT_EQ(built.network.hubs().modes.at(0),
            1U << static_cast<unsigned>(Mode::road) | 1U << static_cast<unsigned>(Mode::sea));
}

TEST(ReadOsm, TurnRestrictionsAreNoted) {
  const OsmExtract found = read(town());
  ASSERT_EQ(found.restrictions.size(), 1U);
  EXPECT_FALSE(found.restrictions.has_geometry());
  EXPECT_EQ(found.restrictions.column("restriction").text(0), "no_left_turn");
  EXPECT_EQ(found.restrictions.column("from").text(0), "w10");
  EXPECT_EQ(found.restrictions.column("via").text(0), "n2");
}

TEST(ReadOsm, ItsLayersMakeANetwork) {
  OsmExtract found = read(town());
  NetworkLayers layers;
  layers.links = std::move(found.links);
  const BuiltNetwork built = build_network(layers, {}, {});
  // High Street is cut by the track into two two-way links, the track into two one-way ones; bridge, ferry.
  EXPECT_EQ(built.network.edge_count(), 4U + 2U + 1U + 2U);
}

TEST(ReadOsm, WaysAreKeptAsFarAsTheirNodesAreThere) {
  const OsmExtract found =
      read(node(1, 0, 0) + node(2, 0.1, 0) + node(4, 0.3, 0) + node(5, 0.4, 0) +
           way(1, {1, 2, 3, 4, 5}, tag("highway", "track")) + way(2, {3, 1}, tag("highway", "track")) +
           way(3, {1}, tag("highway", "track")));
  ASSERT_EQ(found.links[0].table.size(), 1U);
  EXPECT_EQ(found.links[0].table.geometries[0].type, GeometryType::multi_line_string);
  EXPECT_EQ(found.links[0].table.geometries[0].part_count(), 2U);
  EXPECT_EQ(found.counts.missing_nodes, 1U);
  ASSERT_EQ(found.report.entries.size(), 3U);
  EXPECT_EQ(found.report.entries[0].outcome, Outcome::repaired);
  EXPECT_EQ(found.report.entries[0].where.feature, "w1");
  EXPECT_EQ(found.report.entries[1].outcome, Outcome::skipped);
  EXPECT_EQ(found.report.entries[2].reason, "way of less than two nodes");
}

TEST(ReadOsm, TheOrderInTheFileDoesNotMatter) {
  const std::string a = node(1, 0, 0) + node(2, 0.1, 0), b = node(3, 0.2, 0);
  const std::string x = way(1, {1, 2}, tag("highway", "track")), y = way(2, {2, 3}, tag("highway", "path"));
  const OsmExtract one = read(a + b + x + y), other = read(b + a + y + x);
  EXPECT_EQ(one.links[0].table.ids, other.links[0].table.ids);
  EXPECT_EQ(one.links[1].table.geometries, other.links[1].table.geometries);
}

TEST(ReadOsm, AFileWithoutLinksIsEmpty) {
  EXPECT_TRUE(read("").links.empty());
  EXPECT_EQ(read(node(1, 0, 0)).hubs.size(), 0U);
}

TEST(ReadOsm, LimitsAreErrors) {
  const Written file(document(town()));
  const TagProfile profile = tag_profile(default_tag_profile());
  EXPECT_THROW(read_osm(file.path(), profile, {.max_ways = 3}), InputError);
  EXPECT_THROW(read_osm(file.path(), profile, {.max_vertices = 5}), InputError);
}

TEST(ReadOsm, StopsWhenAskedTo) {
  const Written file(document(town()));
  Progress progress;
  progress.cancel();
  EXPECT_THROW(read_osm(file.path(), tag_profile(default_tag_profile()), {}, {1, &progress}), Cancelled);
}

TEST(ReadOsm, WhatIsNoFileOfThisKindIsATypedError) {
  const TagProfile profile = tag_profile(default_tag_profile());
  for (const char* path :
       {"http://127.0.0.1:18999/a.osm.pbf", "/vsicurl/http://127.0.0.1:18999/a.pbf", "-"}) {
    EXPECT_THROW(read_osm(path, profile), FileError) << path;
  }
  EXPECT_THROW(read_osm("/nowhere/at/all.osm.pbf", profile), FileError);
  const Written text("this is no extract", ".osm.pbf");
  EXPECT_THROW(read_osm(text.path(), profile), FileError);
  const Written empty("", ".osm.pbf");
  EXPECT_THROW(read_osm(empty.path(), profile), FileError);
}

TEST(ReadOsm, MalformedXmlIsATypedErrorOrAnEmptyExtract) {
  const auto folder = kShared / "bad-inputs/osm_xml";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::size_t looked_at = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto file = entry.path() / "data.osm";
    if (!std::filesystem::exists(file)) continue;
    ++looked_at;
    try {
      const OsmExtract found = read_osm(file.string(), tag_profile(default_tag_profile()));
      EXPECT_EQ(found.counts.ways, found.counts.links + found.counts.closed + found.counts.others);
    } catch (const FileError& error) {
      EXPECT_NE(std::string(error.what()).find("data.osm"), std::string::npos);
    }
  }
  EXPECT_GT(looked_at, 10U);
}

TEST(ReadOsm, ADamagedExtractIsATypedError) {
  const auto extract = kShared / "graphs/osm/liechtenstein.osm.pbf";
  if (!std::filesystem::exists(extract)) GTEST_SKIP() << "no " << extract;
  std::ifstream in(extract, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t i = 1; i < 12; ++i) {
    std::string damaged = whole.substr(0, whole.size() * i / 12);
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x5A);
    const Written file(damaged, ".osm.pbf");
    EXPECT_THROW(read_osm(file.path(), tag_profile(default_tag_profile())), FileError) << i;
  }
}

TEST(ReadOsm, LiechtensteinHasThreeBorderPosts) {
  const auto extract = kShared / "graphs/osm/liechtenstein.osm.pbf";
  if (!std::filesystem::exists(extract)) GTEST_SKIP() << "no " << extract;
  const OsmExtract found = read_osm(extract.string(), tag_profile(default_tag_profile()));
  EXPECT_EQ(found.posts.size(), 3U);
  EXPECT_EQ(found.counts.ways, found.counts.links + found.counts.closed + found.counts.others);
  EXPECT_GT(found.counts.links, 1000U);
}

}  // namespace
}  // namespace waywarden
