#include "waywarden/privacy/disclosure_rule.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(DisclosureRule, DefaultsAreTheStrictOnes) {
  EXPECT_EQ(DisclosureRule{}.k, 11);
  EXPECT_EQ(DisclosureRule{}.guarded, Guarded::every_suppressed_count);
}

}  // namespace
}  // namespace waywarden
