#include "waywarden/base/alternative.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Alternative, NamesAreWords) {
  EXPECT_EQ(name(Alternative::two_sided), "two-sided");
  EXPECT_EQ(name(Alternative::greater), "greater");
  EXPECT_EQ(name(Alternative::less), "less");
}

}  // namespace
}  // namespace waywarden
