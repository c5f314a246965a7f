#include "waywarden/study/import_table.h"

#include <gtest/gtest.h>

#include "done.h"

namespace waywarden {
namespace {

using test::done;

TEST(ImportTable, HidesIdsOfIncidents) {
  StudyLayers layers = done().layers;
  layers.report.add(Outcome::skipped, {"incidents.geojson", "incidents", "CASE-77"},
                    "incident without a point");
  const FeatureTable table = import_table(done().study, layers, done().analysis);
  bool found = false;
  for (std::size_t row = 0; row < table.size(); ++row) {
    EXPECT_EQ(table.column("feature_ids").text(row)->find("CASE-77"), std::string::npos);
    found = found || table.column("layer").text(row) == "incidents";
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace waywarden
