#include "waywarden/study/interdiction_tables.h"

#include <gtest/gtest.h>

#include <cmath>

#include "done.h"

namespace waywarden {
namespace {

using test::done;

TEST(InterdictionTables, RanksAndSharesGoTogether) {
  const Analysis& a = done().analysis;
  const FeatureTable points = interception_table(a, a.model, "interception_points");
  double cumulative = 0.0;
  for (std::size_t row = 0; row < points.size(); ++row) {
    EXPECT_EQ(points.column("rank").number(row), static_cast<double>(row + 1));
    cumulative += *points.column("gain").number(row);
    EXPECT_NEAR(*points.column("cumulative").number(row), cumulative, 1e-9);
    EXPECT_NEAR(*points.column("share").number(row), cumulative / 1000.0, 1e-9);
  }
  const FeatureTable sites = site_table(a);
  EXPECT_EQ(sites.size(), a.sites.size());
  double change = 0.0;
  for (std::size_t row = 0; row < sites.size(); ++row)
    change += std::abs(*sites.column("change").number(row));
  EXPECT_GT(change, 0.0) << "half of the evaders react";
  EXPECT_GT(displacement_table(a).size(), 0U);
}

}  // namespace
}  // namespace waywarden
