#include "waywarden/base/limit_error.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(LimitError, IsAnInputErrorThatSaysWhere) {
  try {
    throw LimitError({"a.gpkg", "roads", "7"}, "too many vertices");
  } catch (const InputError& error) {
    EXPECT_EQ(error.where().feature, "7");
    EXPECT_EQ(std::string(error.what()), "file 'a.gpkg', layer 'roads', feature '7': too many vertices");
  }
}

}  // namespace
}  // namespace waywarden
