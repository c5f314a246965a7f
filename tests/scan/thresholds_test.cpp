#include "waywarden/scan/thresholds.h"

#include <gtest/gtest.h>

#include "scan/studies.h"

namespace waywarden {
namespace {

TEST(MeasureBins, HoldEachMeasureBetweenTheirBounds) {
  const MeasureBins bins(3.0, 1e9);
  EXPECT_EQ(bins.of(0.0), 0U);
  EXPECT_EQ(bins.high(0), 0.0);
  for (double m = 3.0; m <= 1e9; m = std::floor(m * 1.37 + 1)) {
    const std::size_t bin = bins.of(m);
    ASSERT_LT(bin, bins.size());
    EXPECT_LE(bins.low(bin), m);
    EXPECT_GT(bins.high(bin), m);
    EXPECT_LE(bins.high(bin) - bins.low(bin), m / 512);
  }
}

/// What the bounds leave out is never better than the level, and they leave out most of what is worse.
template <class Count>
void expect_sound(ScanModel model, ScanRates rates, std::int64_t fewest) {
  const auto study = studies::random_study(7, model, 12, 2, 9);
  const ScanTable table = scan_table(model, study.counts);
  const Thresholds<Count> thresholds(table, rates, fewest);
  std::size_t left_out = 0, looked_at = 0;
  for (const double level : {0.0, 0.6, 2.0, 5.3, 63.9, 70.0, 1000.0, 1e9}) {
    const CountBounds<Count>& bounds = thresholds.at(level);
    ASSERT_EQ(bounds.above.size(), thresholds.bins().size());
    const double step = std::max(1.0, std::floor(table.total_measure / 256));
    for (double measure = 0; measure <= table.total_measure; measure += step) {
      const std::size_t bin = thresholds.bins().of(measure);
      // No window but the empty one has less than the least cell.
      if (bin == 0 && measure > 0.0) continue;
      for (double c = 0; c <= table.total_cases; ++c) {
        const bool possible = model != ScanModel::bernoulli ||
                              (c <= measure && table.total_cases - c <= table.total_measure - measure);
        if (!possible) continue;
        const auto kept = static_cast<std::int64_t>(c) + kCountBias<Count>;
        const double ratio = thresholds.ratio(c, measure);
        if (kept > bounds.above[bin] || kept < bounds.below[bin]) {
          ++looked_at;
        } else {
          ++left_out;
          ASSERT_LE(ratio, level) << c << " of " << measure;
        }
      }
    }
  }
  EXPECT_GT(left_out, looked_at / 2);
}

TEST(Thresholds, LeaveOutNothingThatIsBetter) {
  for (const ScanModel model :
       {ScanModel::poisson, ScanModel::bernoulli, ScanModel::space_time_permutation}) {
    for (const ScanRates rates : {ScanRates::high, ScanRates::low, ScanRates::both}) {
      expect_sound<std::int16_t>(model, rates, 1);
      expect_sound<std::int32_t>(model, rates, 3);
    }
  }
}

TEST(Thresholds, RatioIsOfTheRatesAskedFor) {
  const auto study = studies::random_study(3, ScanModel::poisson, 12, 1, 9);
  const ScanTable table = scan_table(ScanModel::poisson, study.counts);
  const double half = table.total_measure / 2;
  const double high = table.total_cases * 0.8, low = table.total_cases * 0.2;
  EXPECT_GT(Thresholds<std::int32_t>(table, ScanRates::high, 1).ratio(high, half), 0.0);
  EXPECT_EQ(Thresholds<std::int32_t>(table, ScanRates::high, 1).ratio(low, half), 0.0);
  EXPECT_EQ(Thresholds<std::int32_t>(table, ScanRates::low, 1).ratio(high, half), 0.0);
  EXPECT_GT(Thresholds<std::int32_t>(table, ScanRates::low, 1).ratio(low, half), 0.0);
  EXPECT_EQ(Thresholds<std::int32_t>(table, ScanRates::high, 1000).ratio(high, half), 0.0);
}

}  // namespace
}  // namespace waywarden
