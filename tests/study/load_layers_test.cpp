#include "waywarden/study/load_layers.h"

#include <gtest/gtest.h>

#include "small_study.h"
#include "waywarden/study/toml_table.h"

namespace waywarden {
namespace {

TEST(LoadLayers, ReadsEveryLayerWithItsDigest) {
  const test::SmallStudy small;
  const Study study = read_study(small.file());
  const StudyLayers layers = load_layers(study, {});
  EXPECT_EQ(layers.network.links.size(), 2U);
  EXPECT_EQ(layers.network.links[0].table.ids.size(), 76U);
  EXPECT_EQ(layers.incidents->id.size(), 160U);
  ASSERT_EQ(layers.inputs.size(), 7U);
  for (const InputRecord& input : layers.inputs) {
    EXPECT_EQ(input.sha256.size(), 64U);
    EXPECT_EQ(input.file.find('/'), std::string::npos) << "folders of the user's machine stay out";
  }
  EXPECT_TRUE(uses_synthetic(study));
}

TEST(LoadLayers, AMissingFileIsNamed) {
  const test::SmallStudy small;
  std::filesystem::remove(small.folder() / "rails.geojson");
  try {
    load_layers(read_study(small.file()), {});
    FAIL();
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("rails.geojson"), std::string::npos);
  }
}

TEST(LoadLayers, RemotePathsAreRefused) {
  Study study = parse_study(
      "title = \"t\"\n[[links]]\nfile = \"/vsicurl/http://127.0.0.1:18999/r.gpkg\"\nmode = \"road\"\n",
      "s.toml");
  EXPECT_THROW(load_layers(study, {}), RefusedError);
  study.folder = "/tmp";
  EXPECT_THROW(load_layers(study, {}), RefusedError);
}

TEST(LoadLayers, AnExtractOfOpenStreetMapIsALayerPerMode) {
  const test::SmallStudy small(0);
  std::ofstream(small.folder() / "town.osm")
      << "<osm version='0.6'><node id='1' version='1' lon='9' lat='47'/><node id='2' version='1' lon='9.1' "
         "lat='47'/><way id='1' version='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way>"
         "<way id='2' version='1'><nd ref='1'/><nd ref='2'/><tag k='railway' v='rail'/></way></osm>";
  std::ofstream(small.folder() / "rules.txt") << "link highway primary foot 3\n";
  const auto links = [&](const std::string& keys) {
    Study study = parse_study("title = \"t\"\n[[links]]\nfile = \"town.osm\"\n" + keys, "s.toml");
    study.folder = small.folder();
    return load_layers(study, {});
  };
  const StudyLayers all = links("");
  ASSERT_EQ(all.network.links.size(), 2U);
  EXPECT_EQ(all.network.links[0].mode, Mode::road);
  EXPECT_EQ(all.network.links[1].mode, Mode::rail);
  ASSERT_EQ(all.inputs.size(), 1U);
  EXPECT_EQ(all.inputs[0].features, 2U);
  ASSERT_EQ(links("modes = [\"rail\"]\n").network.links.size(), 1U);
  const StudyLayers ruled = links("profile = \"rules.txt\"\n");
  ASSERT_EQ(ruled.network.links.size(), 1U);
  EXPECT_EQ(ruled.network.links[0].mode, Mode::foot);
  EXPECT_EQ(ruled.inputs.size(), 2U);
  EXPECT_THROW(links("profile = \"none.txt\"\n"), FileError);
  EXPECT_THROW(links("speed_kmh = \"v\"\n"), StudyError);
}

TEST(LoadLayers, GivenFlowsNeedANumberOfJourneys) {
  const test::SmallStudy small(0);
  std::ofstream(small.folder() / "flows.csv") << "from,to,n\np0,p3,12\np1,p4,-3\n";
  Study study = read_study(small.file());
  study.demand.given = LayerSource{"flows.csv", {}, Origin::observed};
  study.demand.origin_column = "from";
  study.demand.destination_column = "to";
  study.demand.journeys_column = "n";
  EXPECT_THROW(load_layers(study, {}), InputError);
  std::ofstream(small.folder() / "flows.csv") << "from,to,n\np0,p3,12\np1,p4,3\n";
  const auto flows = load_layers(study, {}).flows;
  ASSERT_EQ(flows.size(), 2U);
  EXPECT_EQ(flows[1].journeys, 3.0);
}

}  // namespace
}  // namespace waywarden
