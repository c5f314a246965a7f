#include "waywarden/base/errors.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Errors, SayWhereAndWhy) {
  const InputError error({"a.gpkg", "roads", "R7"}, "not a line");
  EXPECT_STREQ(error.what(), "file 'a.gpkg', layer 'roads', feature 'R7': not a line");
  EXPECT_EQ(error.reason(), "not a line");
  EXPECT_EQ(error.where().feature, "R7");
}

TEST(Errors, LeaveOutWhatIsNotKnown) {
  EXPECT_EQ((Where{"", "roads", ""}.text()), "layer 'roads'");
  EXPECT_STREQ(OptionError("teams must be at least 1").what(), "teams must be at least 1");
}

TEST(Errors, KindsCanBeCaughtByWhatTheyAre) {
  EXPECT_THROW(throw CrsError("x"), InputError);
  EXPECT_THROW(throw RefusedError("x"), FileError);
  EXPECT_THROW(throw Cancelled(), Error);
}

}  // namespace
}  // namespace waywarden
