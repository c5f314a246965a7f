#include "waywarden/base/version.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace waywarden {
namespace {

TEST(Version, IsThreeNumbers) {
  unsigned major = 0, minor = 0, patch = 0;
  int length = 0;
  ASSERT_EQ(std::sscanf(engine_version().c_str(), "%u.%u.%u%n", &major, &minor, &patch, &length), 3);
  EXPECT_EQ(static_cast<std::size_t>(length), engine_version().size()) << engine_version();
}

}  // namespace
}  // namespace waywarden
