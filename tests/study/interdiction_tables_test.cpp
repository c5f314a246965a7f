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

TEST(InterdictionTables, JudgedWhereAskedFor) {
  EXPECT_EQ(judged_table(done().analysis).size(), 0U);
  const test::SmallStudy small(0, "judged = true\nseconds = 5\n");
  const Study study = read_study(small.file());
  const StudyLayers layers = load_layers(study, {});
  const Analysis analysis = analyse(study, layers, {});
  const FeatureTable judged = judged_table(analysis);
  ASSERT_GE(judged.size(), 10U);
  EXPECT_EQ(judged.size() % 5, 0U);
  for (std::size_t row = 0; row < judged.size(); ++row) {
    EXPECT_GE(*judged.column("regret").number(row), 0.0);
    EXPECT_LE(*judged.column("caught").number(row), *judged.column("bound").number(row) * (1.0 + 1e-9));
  }
  EXPECT_NEAR(*judged.column("caught").number(0), analysis.placements.unaware.total_caught(), 1e-9);
  EXPECT_NEAR(*judged.column("caught").number(6), analysis.placements.partly_aware.total_caught(), 1e-9);
}

}  // namespace
}  // namespace waywarden
