#include "waywarden/network/hubs.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Hubs, AreCountedByTheirIds) {
  Hubs hubs;
  EXPECT_EQ(hubs.size(), 0U);
  hubs.id = {"s1"};
  EXPECT_EQ(hubs.size(), 1U);
}

}  // namespace
}  // namespace waywarden
