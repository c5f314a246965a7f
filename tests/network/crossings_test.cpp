#include "waywarden/network/crossings.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Crossings, AreCountedByTheirIds) {
  Crossings crossings;
  EXPECT_EQ(crossings.size(), 0U);
  crossings.id = {"x1", "informal-1"};
  EXPECT_EQ(crossings.size(), 2U);
}

}  // namespace
}  // namespace waywarden
