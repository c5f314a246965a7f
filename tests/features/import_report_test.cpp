#include "waywarden/features/import_report.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

ImportReport sample() {
  ImportReport report;
  report.read("a.gpkg", "roads", 10);
  report.add(Outcome::skipped, {"a.gpkg", "roads", "2"}, "null geometry");
  report.add(Outcome::skipped, {"a.gpkg", "roads", "1"}, "null geometry");
  report.add(Outcome::repaired, {"a.gpkg", "roads", "3"}, "text repaired", "column name");
  return report;
}

TEST(ImportReport, CountsByOutcomeLayerAndReason) {
  const ImportReport report = sample();
  EXPECT_EQ(report.count(Outcome::skipped), 2U);
  EXPECT_EQ(report.count(Outcome::doubtful), 0U);
  EXPECT_EQ(report.summary().at({"skipped", "roads", "null geometry"}), 2U);
}

TEST(ImportReport, AppendsAndSorts) {
  ImportReport report = sample();
  report.append(sample());
  EXPECT_EQ(report.features_read.at("a.gpkg|roads"), 20U);
  report.sort();
  EXPECT_EQ(report.entries.size(), 6U);
  EXPECT_EQ(report.entries.front().outcome, Outcome::repaired);
  EXPECT_EQ(report.entries.back().where.feature, "2");
}

TEST(Outcome, Names) { EXPECT_EQ(name(Outcome::doubtful), "doubtful"); }

}  // namespace
}  // namespace waywarden
