#include "waywarden/scan/period.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(ScanPeriod, ClustersLastAtMostTheShareAndAtLeastOneInterval) {
  EXPECT_EQ(scan_period(10, 0.5, ScanTime::retrospective).longest, 5U);
  EXPECT_EQ(scan_period(10, 0.3, ScanTime::retrospective).longest, 3U);
  EXPECT_EQ(scan_period(10, 0.59, ScanTime::retrospective).longest, 5U);
  EXPECT_EQ(scan_period(10, 0.01, ScanTime::prospective).longest, 1U);
  EXPECT_EQ(scan_period(1, 0.5, ScanTime::retrospective).longest, 1U);
  EXPECT_EQ(scan_period(7, 1.0, ScanTime::retrospective).longest, 7U);
  EXPECT_THROW(scan_period(7, 0.0, ScanTime::retrospective), OptionError);
  EXPECT_THROW(scan_period(7, 1.1, ScanTime::retrospective), OptionError);
  EXPECT_EQ(name(ScanTime::prospective), "prospective");
  EXPECT_EQ(name(ScanTime::retrospective), "retrospective");
}

}  // namespace
}  // namespace waywarden
