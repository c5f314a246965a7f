#include "waywarden/base/progress.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Progress, ShowsTheCurrentStep) {
  Progress progress;
  progress.start("reading", 10);
  progress.advance(3);
  progress.advance();
  const auto seen = progress.snapshot();
  EXPECT_EQ(seen.step, "reading");
  EXPECT_EQ(seen.done, 4U);
  EXPECT_EQ(seen.total, 10U);
  progress.start("writing", 2);
  EXPECT_EQ(progress.snapshot().done, 0U);
  EXPECT_EQ(progress.snapshot().steps_started, 2U);
}

TEST(Progress, RemembersAWishToStop) {
  Progress progress;
  EXPECT_FALSE(progress.cancelled());
  progress.cancel();
  EXPECT_TRUE(progress.cancelled());
}

}  // namespace
}  // namespace waywarden
