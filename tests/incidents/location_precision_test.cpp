#include "waywarden/incidents/location_precision.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using enum LocationPrecision;

TEST(LocationPrecision, ReadsItsNamesAndWordsInUse) {
  for (const LocationPrecision p : {point, place, district, country, unknown})
    EXPECT_EQ(parse_precision(name(p)), p);
  EXPECT_EQ(parse_precision(" GPS "), point);
  EXPECT_EQ(parse_precision("Town"), place);
  EXPECT_EQ(parse_precision("admin-2"), district);
  EXPECT_FALSE(parse_precision("somewhere"));
  EXPECT_FALSE(parse_precision(""));
}

TEST(LocationPrecision, PointStatisticsRefuseCoarserRows) {
  const std::vector<LocationPrecision> rows = {point, district, place, unknown, country};
  try {
    rows_usable_as_points(rows);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(error.reason().find("3 of 5 records are known less exactly than by place"), std::string::npos);
  }
  const PrecisionGuard leave_out = {.coarser = CoarserRows::leave_out};
  EXPECT_EQ(rows_usable_as_points(rows, leave_out), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(rows_usable_as_points(rows, {point, CoarserRows::leave_out}), (std::vector<std::size_t>{0}));
  EXPECT_EQ(rows_usable_as_points(rows, {unknown, CoarserRows::refuse}).size(), 5U);
  EXPECT_TRUE(rows_usable_as_points({}).empty());
}

}  // namespace
}  // namespace waywarden
