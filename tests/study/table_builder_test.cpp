#include "waywarden/study/table_builder.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(TableBuilder, FillsRowsColumnByColumn) {
  TableBuilder builder("t");
  for (int i = 0; i < 3; ++i) {
    builder.row("r" + std::to_string(i), Geometry::of_point({1.0 * i, 0}));
    builder.text("name", "n").integer("rank", i).real("gain", i == 1 ? std::nullopt : std::optional(0.5));
  }
  const FeatureTable table = builder.take();
  EXPECT_EQ(table.size(), 3U);
  EXPECT_EQ(table.column("rank").number(2), 2.0);
  EXPECT_FALSE(table.column("gain").number(1));
  EXPECT_EQ(table.crs, Crs::wgs84());
}

TEST(TableBuilder, RefusesColumnsOutOfTurn) {
  TableBuilder builder("t");
  builder.row("a", Geometry());
  builder.text("x", "1").text("y", "2");
  builder.row("b", Geometry());
  EXPECT_THROW(builder.text("y", "2"), OptionError);
}

}  // namespace
}  // namespace waywarden
