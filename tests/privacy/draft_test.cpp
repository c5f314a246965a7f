#include "waywarden/privacy/draft.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Draft, OriginsHaveNames) {
  EXPECT_EQ(name(Origin::observed), "observed");
  EXPECT_EQ(name(Origin::modelled), "modelled");
  EXPECT_EQ(name(Origin::synthetic), "synthetic");
}

TEST(Draft, ContextTablesDeclareNothing) {
  FeatureTable features;
  features.name = "roads";
  const Table table = context_table(features, "Roads", Origin::observed);
  EXPECT_EQ(table.content, Content::context);
  EXPECT_EQ(table.title, "Roads");
  EXPECT_EQ(table.features.name, "roads");
  EXPECT_TRUE(table.counts.empty());
}

}  // namespace
}  // namespace waywarden
