#include "waywarden/study/release_draft.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "done.h"

namespace waywarden {
namespace {

using test::done;

TEST(ReleaseDraft, FlowsThatWereCountedLeaveOnlyAsClasses) {
  Study study = done().study;
  study.demand.given = LayerSource{};
  const Draft draft = release_draft(study, done().layers, done().analysis);
  for (const Table& table : draft.tables) {
    for (const char* column : {"exposure", "gain", "before", "share"}) {
      EXPECT_EQ(table.features.find(column), nullptr) << table.features.name << "." << column;
    }
    EXPECT_TRUE(table.features.name != "edges" || table.features.find("exposure_class") != nullptr);
  }
}

TEST(ReleaseDraft, StylesAreForTablesThatAreThere) {
  const Draft draft = release_draft(done().study, done().layers, done().analysis);
  const auto styles = result_styles(draft);
  EXPECT_GE(styles.size(), 8U);
  for (const LayerStyle& style : styles) {
    EXPECT_TRUE(std::any_of(draft.tables.begin(), draft.tables.end(),
                            [&](const Table& t) { return t.features.name == style.table; }));
  }
}

}  // namespace
}  // namespace waywarden
