#include "waywarden/privacy/release.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>

#include "drafts.h"
#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

using testing_world::counts_table;

static_assert(!std::is_default_constructible_v<Release>);
static_assert(!std::is_constructible_v<Release, std::vector<ReleasedTable>, DisclosureAccount>);

Table places() {
  Table table = counts_table("places", {0, 3, 40, 12, 50});
  table.title = "Incidents by place";
  table.features.source = "/home/somebody/case 7/places.gpkg";
  table.features.add({"name", Column::Texts{"a", "b", "c", "d", "e"}});
  table.features.add({"gi_z", Column::Reals{-1, 0, 2, 1, 2.5}});
  table.open_columns = {"name"};
  return table;
}

Table incidents() {
  Table table;
  table.features.name = "incidents";
  table.features.crs = Crs::wgs84();
  table.content = Content::records;
  table.population = "incidents";
  for (int i = 0; i < 20; ++i) {
    table.features.ids.push_back("case-" + std::to_string(i));
    table.features.geometries.push_back(Geometry::of_point({80.0 + i, 27.0}));
  }
  table.features.add({"age", Column::Integers(20, 14)});
  table.features.add({"year", Column::Integers(20, 2020)});
  table.open_columns = {"year"};
  return table;
}

TEST(Release, SuppressedCountsAreMissingAndNoted) {
  const Release r = release({{places()}, {}, {}});
  const FeatureTable& table = r.table("places").features;
  const Column& count = table.column("count");
  const Column& note = table.column("count_note");
  EXPECT_EQ(count.number(0), 0.0);
  EXPECT_FALSE(note.valid(0));
  EXPECT_FALSE(count.valid(1));
  EXPECT_EQ(note.text(1), "suppressed");
  EXPECT_EQ(std::get<Column::Integers>(count.values())[1], 0) << "nothing is left behind the flag";
  EXPECT_EQ(std::count(count.validity().begin(), count.validity().end(), 0), 2);
  for (std::size_t row = 0; row < table.size(); ++row) EXPECT_NE(count.valid(row), note.valid(row));
  EXPECT_EQ(r.account().suppressed(), 2U);
  EXPECT_EQ(r.account().rule->k, 11);
  EXPECT_EQ(r.account().totals.at("incidents"), 105);
  EXPECT_TRUE(r.restricted());
}

TEST(Release, StatisticsAndFoldersStayBehind) {
  const Release r = release({{places()}, {}, {}});
  const ReleasedTable& table = r.table("places");
  EXPECT_EQ(table.features.find("gi_z"), nullptr);
  EXPECT_EQ(table.columns_withheld, std::vector<std::string>{"gi_z"});
  EXPECT_EQ(table.features.column("name").text(2), "c");
  EXPECT_EQ(table.features.source, "places.gpkg");
  EXPECT_EQ(table.title, "Incidents by place");
}

TEST(Release, WithheldClassesSaySo) {
  Table table = counts_table("t", {3, 20, 0, 30, 40});
  std::vector<ClassFact> facts = {{0, {{0, 1.0}, {1, 1.0}}, 23.0, 30.0}};
  for (std::size_t row = 1; row < 5; ++row) facts.push_back({row, {{row, 1.0}}, 0.0, 1e6});
  testing_world::add_classes(table, {"hot", "cold", "cold", "cold", "cold"}, facts);
  table.features.add({"q", Column::Integers{1, 2, 3, 4, 1}});
  table.classes.push_back({"q", "count", facts});
  const Release r = release({{table}, {}, {}});
  EXPECT_EQ(r.table("t").features.column("class").text(0), "withheld");
  EXPECT_EQ(r.table("t").features.column("class").text(3), "cold");
  EXPECT_FALSE(r.table("t").features.column("q").valid(0)) << "numbers cannot say so: missing";
  EXPECT_EQ(r.table("t").features.column("q").number(3), 4.0);
  EXPECT_GE(r.account().classes_withheld(), 2U);
}

TEST(Release, RecordsLeaveMaskedOnly) {
  EXPECT_THROW(release({{incidents()}, {}, {}}), DisclosureError);
  Table table = incidents();
  table.geomask = GeomaskOptions{{1000.0}, {5000.0}, 9};
  const Release r = release({{table}, {}, {}});
  const FeatureTable& masked = r.table("incidents").features;
  ASSERT_EQ(masked.size(), 20U);
  EXPECT_EQ(r.table("incidents").columns_withheld, std::vector<std::string>{"age"});
  EXPECT_EQ(masked.ids.front(), "1") << "no reference numbers";
  EXPECT_EQ(r.account().records_geomasked, 20U);
  for (std::size_t i = 0; i < 20; ++i)
    for (std::size_t j = 0; j < 20; ++j)
      EXPECT_GE(
          geodesic_distance(masked.geometries[i].points[0], incidents().features.geometries[j].points[0])
              .value,
          999.0);
  EXPECT_TRUE(std::is_sorted(masked.geometries.begin(), masked.geometries.end(),
                             [](const Geometry& a, const Geometry& b) { return a.points < b.points; }));
}

TEST(Release, PointsAndCountsOfOnePopulationDoNotLeaveTogether) {
  Table table = incidents();
  table.geomask = GeomaskOptions{};
  EXPECT_THROW(release({{table, places()}, {}, {}}), DisclosureError);
  table.population = "other incidents";
  EXPECT_NO_THROW(release({{table, places()}, {}, {}}));
}

TEST(Release, ContextLeavesAsItIs) {
  FeatureTable roads;
  roads.name = "roads";
  roads.ids = {"1"};
  roads.add({"exposure", Column::Reals{3.5}});
  const Release r = release({{context_table(roads, "Roads", Origin::modelled)}, {}, {}});
  EXPECT_EQ(r.table("roads").features.column("exposure").number(0), 3.5);
  EXPECT_EQ(r.origin(), Origin::modelled);
}

TEST(Release, AnythingSyntheticMakesItSynthetic) {
  Table invented = places();
  invented.origin = Origin::synthetic;
  FeatureTable roads;
  roads.name = "roads";
  const Draft draft{{context_table(roads, "Roads", Origin::observed), invented}, {}, {}};
  EXPECT_EQ(release(draft).origin(), Origin::synthetic);
}

TEST(Release, UnrestrictedNeedsAReason) {
  EXPECT_THROW(unrestricted({{places()}, {}, {}}, ""), OptionError);
  EXPECT_THROW(unrestricted({{places()}, {}, {}}, " \n"), OptionError);
  const Release r = unrestricted({{places(), incidents()}, {}, {}}, "closed room");
  EXPECT_FALSE(r.restricted());
  EXPECT_EQ(r.account().reason, "closed room");
  EXPECT_EQ(r.table("places").features.column("count").number(1), 3.0);
  EXPECT_EQ(r.table("places").features.column("gi_z").number(4), 2.5);
  EXPECT_EQ(r.table("incidents").features.ids[3], "case-3");
}

TEST(Release, BadDraftsAreErrors) {
  EXPECT_THROW(release({{places(), places()}, {}, {}}), InputError);
  Table twice = places();
  twice.open_columns = {"name", "count"};
  EXPECT_THROW(release({{twice}, {}, {}}), OptionError);
  Table absent = places();
  absent.open_columns = {"nobody"};
  EXPECT_THROW(release({{absent}, {}, {}}), InputError);
  Table context = places();
  context.content = Content::context;
  EXPECT_THROW(release({{context}, {}, {}}), OptionError);
  Table taken = places();
  taken.features.add({"count_note", Column::Texts(5)});
  taken.open_columns.push_back("count_note");
  EXPECT_THROW(release({{taken}, {}, {}}), OptionError);
  EXPECT_THROW(release({{places()}, {}, {}}).table("roads"), OptionError);
}

/// The same draft gives the same release, whatever was asked of the machine.
TEST(Release, SameDraftSameRelease) {
  const Release one = release({{places()}, {}, {}}, {}, {1, nullptr});
  const Release many = release({{places()}, {}, {}}, {}, {8, nullptr});
  EXPECT_EQ(one.table("places").features.column("count").validity(),
            many.table("places").features.column("count").validity());
}

}  // namespace
}  // namespace waywarden
