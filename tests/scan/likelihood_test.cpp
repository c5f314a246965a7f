#include "waywarden/scan/likelihood.h"

#include <gtest/gtest.h>

#include "scan/studies.h"

namespace waywarden {
namespace {

ScanTable totals(ScanModel model, double cases, double measure) {
  ScanTable table;
  table.model = model;
  table.total_cases = cases;
  table.total_measure = measure;
  return table;
}

TEST(Likelihood, PoissonAsSaTScanReportsItForNewYork) {
  // 85 cases of 552 where 49.71049464248402 are expected.
  const Likelihood likelihood(totals(ScanModel::poisson, 552, 1057673));
  EXPECT_NEAR(likelihood.expected(95249), 49.7105, 1e-4);
  EXPECT_NEAR(likelihood.ratio(85, 49.71049464248402 / 552 * 1057673), 11.577255142587255, 1e-12);
}

TEST(Likelihood, BernoulliAsSaTScanReportsItForNorthHumberside) {
  const Likelihood likelihood(totals(ScanModel::bernoulli, 62, 203));
  EXPECT_NEAR(likelihood.ratio(4, 4), 4.836516364205458, 1e-12);
}

TEST(Likelihood, IsThePrintedFormulaAndZeroAtTheExpectation) {
  for (const ScanModel model : {ScanModel::poisson, ScanModel::bernoulli}) {
    const Likelihood likelihood(totals(model, 40, 100));
    for (double measure = 1; measure < 100; ++measure) {
      for (double cases = std::max(0.0, measure - 60); cases <= std::min(40.0, measure); ++cases) {
        EXPECT_NEAR(likelihood.ratio(cases, measure),
                    studies::ratio_by_formula(model, cases, measure, 40, 100), 1e-11);
      }
    }
    EXPECT_EQ(likelihood.ratio(20, 50), 0.0);
    EXPECT_EQ(likelihood.ratio(0, 0), 0.0);
    EXPECT_EQ(likelihood.ratio(40, 100), 0.0);
    EXPECT_TRUE(likelihood.is_high(21, 50));
    EXPECT_FALSE(likelihood.is_high(20, 50));
  }
}

TEST(Likelihood, NamesRates) {
  EXPECT_EQ(name(ScanRates::high), "high");
  EXPECT_EQ(name(ScanRates::low), "low");
  EXPECT_EQ(name(ScanRates::both), "both");
}

}  // namespace
}  // namespace waywarden
