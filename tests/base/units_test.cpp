#include "waywarden/base/units.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace waywarden {
namespace {

static_assert(!std::is_convertible_v<Metres, Seconds>);

TEST(Units, Arithmetic) {
  EXPECT_EQ((Metres{2} + Metres{3}).value, 5);
  EXPECT_EQ((Metres{2} - Metres{3}).value, -1);
  EXPECT_EQ((2 * Seconds{3}).value, 6);
  EXPECT_LT(Metres{1}, Metres{2});
}

TEST(Units, TheLargestProbabilityIsBelowOne) { EXPECT_LT(kLargestProbability, 1.0); }

}  // namespace
}  // namespace waywarden
