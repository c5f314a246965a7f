#include "waywarden/base/version.h"

#include <gtest/gtest.h>

#include <regex>

namespace waywarden {
namespace {

TEST(Version, IsThreeNumbers) {
  EXPECT_TRUE(std::regex_match(engine_version(), std::regex(R"(\d+\.\d+\.\d+)"))) << engine_version();
}

}  // namespace
}  // namespace waywarden
