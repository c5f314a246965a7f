#include "waywarden/network/places.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Places, AreCountedByTheirIds) {
  Places places;
  EXPECT_EQ(places.size(), 0U);
  places.id = {"p1", "p2"};
  EXPECT_EQ(places.size(), 2U);
}

}  // namespace
}  // namespace waywarden
