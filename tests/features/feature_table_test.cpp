#include "waywarden/features/feature_table.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

FeatureTable sample() {
  FeatureTable t;
  t.name = "roads";
  t.source = "a.gpkg";
  t.ids = {"1", "2", "3"};
  t.geometries = {Geometry::of_point({1, 1}), Geometry(), Geometry::of_point({3, 3})};
  t.add(Column("speed", Column::Reals{50, 0, 0.1}, {1, 0, 1}));
  t.add(Column("lanes", Column::Integers{1, 2, 3}));
  t.add(Column("name", Column::Texts{"x", "12.5", "12.5 km"}));
  t.add(Column("toll", Column::Booleans{1, 0, 1}));
  return t;
}

TEST(Column, MissingIsAStateOfItsOwn) {
  const FeatureTable t = sample();
  EXPECT_EQ(t.column("speed").number(0), 50.0);
  EXPECT_FALSE(t.column("speed").number(1));
  EXPECT_FALSE(t.column("speed").text(1));
}

TEST(Column, ReadsAsNumberOrText) {
  const FeatureTable t = sample();
  EXPECT_EQ(t.column("speed").text(2), "0.1");
  EXPECT_EQ(t.column("lanes").text(2), "3");
  EXPECT_EQ(t.column("lanes").number(2), 3.0);
  EXPECT_EQ(t.column("name").number(1), 12.5);
  EXPECT_FALSE(t.column("name").number(2));
  EXPECT_EQ(t.column("toll").text(0), "true");
  EXPECT_EQ(t.column("toll").number(1), 0.0);
  EXPECT_FALSE(Column("n", Column::Texts{"inf"}).number(0));
}

TEST(FeatureTable, TakesRowsWithEverythingTheyHave) {
  const FeatureTable t = sample().take({2, 0});
  EXPECT_EQ(t.ids, (std::vector<std::string>{"3", "1"}));
  EXPECT_EQ(t.geometries[0].points[0], (Point{3, 3}));
  EXPECT_EQ(t.column("lanes").number(0), 3.0);
}

TEST(FeatureTable, AMissingColumnNamesTheLayerAndWhatThereIs) {
  try {
    sample().column("width");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.where().layer, "roads");
    EXPECT_NE(error.reason().find("speed, lanes, name, toll"), std::string::npos);
  }
  EXPECT_EQ(sample().find("width"), nullptr);
}

TEST(FeatureTable, RefusesColumnsThatDoNotFit) {
  FeatureTable t = sample();
  EXPECT_THROW(t.add(Column("x", Column::Integers{1})), OptionError);
  EXPECT_THROW(t.add(Column("name", Column::Integers{1, 2, 3})), OptionError);
  EXPECT_THROW(Column("x", Column::Integers{1}, {1, 1}), OptionError);
}

}  // namespace
}  // namespace waywarden
