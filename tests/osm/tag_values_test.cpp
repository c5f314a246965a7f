#include "waywarden/osm/tag_values.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(TagValues, SpeedLimits) {
  EXPECT_EQ(speed_limit_kmh("50"), 50.0);
  EXPECT_EQ(speed_limit_kmh(" 50 km/h "), 50.0);
  EXPECT_DOUBLE_EQ(speed_limit_kmh("30 mph").value(), 48.28032);
  EXPECT_DOUBLE_EQ(speed_limit_kmh("30mph").value(), 48.28032);
  EXPECT_DOUBLE_EQ(speed_limit_kmh("10 knots").value(), 18.52);
  EXPECT_EQ(speed_limit_kmh("walk"), 5.0);
  for (const char* text :
       {"", "none", "signals", "RO:urban", "0", "-5", "50;30", "50 30", "1e400", "2000", "."}) {
    EXPECT_FALSE(speed_limit_kmh(text)) << text;
  }
}

TEST(TagValues, Durations) {
  EXPECT_EQ(duration_of("35")->value, 2100.0);
  EXPECT_EQ(duration_of("00:35")->value, 2100.0);
  EXPECT_EQ(duration_of("01:05:30")->value, 3930.0);
  EXPECT_EQ(duration_of("PT1H20M")->value, 4800.0);
  EXPECT_EQ(duration_of("P1DT1S")->value, 86401.0);
  for (const char* text : {"", "soon", "1:2:3:4", ":", "P", "PT", "PT5", "P5M", "-3", "0", "10000000"}) {
    EXPECT_FALSE(duration_of(text)) << text;
  }
}

TEST(TagValues, Levels) {
  EXPECT_EQ(level_of("", "", ""), 0);
  EXPECT_EQ(level_of("", "yes", ""), 1);
  EXPECT_EQ(level_of("", "viaduct", ""), 1);
  EXPECT_EQ(level_of("", "no", "yes"), -1);
  EXPECT_EQ(level_of("2", "yes", ""), 2);
  EXPECT_EQ(level_of("0", "yes", ""), 0);
  EXPECT_EQ(level_of("high", "yes", ""), 1);
  EXPECT_EQ(level_of("99999999999", "", "yes"), -1);
}

TEST(TagValues, Directions) {
  EXPECT_EQ(direction_of("", ""), WayDirection::not_stated);
  EXPECT_EQ(direction_of("yes", ""), WayDirection::forward);
  EXPECT_EQ(direction_of("-1", ""), WayDirection::backward);
  EXPECT_EQ(direction_of("no", "roundabout"), WayDirection::both);
  EXPECT_EQ(direction_of("", "roundabout"), WayDirection::forward);
  EXPECT_EQ(direction_of("reversible", ""), WayDirection::both);
}

}  // namespace
}  // namespace waywarden
