#include "waywarden/network/mode.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Mode, EveryNameIsReadBack) {
  for (std::size_t i = 0; i < kModeCount; ++i) {
    const auto mode = static_cast<Mode>(i);
    EXPECT_EQ(mode_named(name(mode)), mode);
  }
  EXPECT_FALSE(mode_named("rickshaw"));
  EXPECT_FALSE(mode_named(""));
}

TEST(EdgeKind, Names) {
  EXPECT_EQ(name(EdgeKind::link), "link");
  EXPECT_EQ(name(EdgeKind::transfer), "transfer");
  EXPECT_EQ(name(EdgeKind::crossing), "crossing");
}

}  // namespace
}  // namespace waywarden
