#include "waywarden/network/layers.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Layers, DefaultsAreThoseOfTheStudyFile) {
  EXPECT_EQ(HubLayer().radius.value, 5000.0);
  EXPECT_EQ(HubLayer().wait.value, 1800.0);
  EXPECT_EQ(PostLayer().tolerance.value, 10000.0);
  EXPECT_EQ(PlaceLayer().modes, std::vector<Mode>{Mode::road});
  EXPECT_EQ(NetworkOptions().snap_tolerance.value, 1.0);
  EXPECT_EQ(NetworkOptions().informal_detection, 0.02);
}

}  // namespace
}  // namespace waywarden
