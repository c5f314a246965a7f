#include "waywarden/flow/deterrence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(Deterrence, FollowsItsFormulas) {
  for (const double x : {0.01, 0.3, 1.0, 7.5}) {
    EXPECT_NEAR(std::exp(log_deterrence(x, {Decay::exponential, 1.5})), std::exp(-1.5 * x), 1e-15);
    EXPECT_NEAR(std::exp(log_deterrence(x, {Decay::power, 0.7})) / std::pow(x, -0.7), 1.0, 1e-14);
    EXPECT_NEAR(
        std::exp(log_deterrence(x, {Decay::tanner, 0.7, -1.2})) / (std::pow(x, -1.2) * std::exp(-0.7 * x)),
        1.0, 1e-14);
  }
}

TEST(Deterrence, TannerHasTheOthersAsSpecialCases) {
  EXPECT_EQ(log_deterrence(3.0, {Decay::tanner, 0.7, 0.0}), log_deterrence(3.0, {Decay::exponential, 0.7}));
  EXPECT_EQ(log_deterrence(3.0, {Decay::tanner, 0.0, -0.7}), log_deterrence(3.0, {Decay::power, 0.7}));
}

TEST(Deterrence, PowersStopAtOnePercent) {
  EXPECT_EQ(log_deterrence(0.0, {Decay::power, 2.0}), log_deterrence(0.01, {Decay::power, 2.0}));
  EXPECT_EQ(log_deterrence(0.0, {Decay::exponential, 2.0}), 0.0);
  EXPECT_NEAR(log_deterrence(0.0, {Decay::tanner, 5.0, -1.0}), -std::log(0.01), 1e-14);
}

TEST(Deterrence, IsFinite) {
  const double huge = std::numeric_limits<double>::max();
  EXPECT_TRUE(std::isfinite(log_deterrence(huge, {Decay::exponential, huge})));
  EXPECT_TRUE(std::isfinite(log_deterrence(huge, {Decay::tanner, 0.0, huge})));
}

TEST(Deterrence, RefusesWhatMakesNoSense) {
  EXPECT_THROW(check({Decay::exponential, -1.0}), OptionError);
  EXPECT_THROW(check({Decay::power, std::nan("")}), OptionError);
  EXPECT_THROW(check({Decay::tanner, 1.0, std::nan("")}), OptionError);
  EXPECT_THROW(check({Decay::power, 1.0, 1.0}), OptionError);
  EXPECT_NO_THROW(check({Decay::tanner, 0.0, -1.0}));
}

}  // namespace
}  // namespace waywarden
