#include "waywarden/scan/replicates.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "scan/studies.h"

namespace waywarden {
namespace {

constexpr std::uint64_t kStudies = 20'000;

/// Mean and variance per cell over many studies.
struct Moments {
  std::vector<double> mean, variance;
};

Moments moments(const ReplicateMaker& maker, std::size_t cells) {
  Moments m{std::vector<double>(cells), std::vector<double>(cells)};
  for (std::uint64_t r = 0; r < kStudies; ++r) {
    const auto cases = maker.cases(r);
    for (std::size_t i = 0; i < cells; ++i) {
      m.mean[i] += cases[i];
      m.variance[i] += double(cases[i]) * cases[i];
    }
  }
  for (std::size_t i = 0; i < cells; ++i) {
    m.mean[i] /= kStudies;
    m.variance[i] = m.variance[i] / kStudies - m.mean[i] * m.mean[i];
  }
  return m;
}

void expect_moments(const ScanTable& table, const std::vector<double>& variance) {
  const Moments m = moments(ReplicateMaker(table, 5), table.cases.size());
  for (std::size_t i = 0; i < table.cases.size(); ++i) {
    const double mean = table.total_cases * table.measure[i] / table.total_measure;
    EXPECT_NEAR(m.mean[i], mean, 5 * std::sqrt(variance[i] / kStudies) + 1e-12) << i;
    EXPECT_NEAR(m.variance[i], variance[i], 0.08 * variance[i] + 1e-9) << i;
  }
}

TEST(ReplicateMaker, PoissonStudiesAreMultinomial) {
  const ScanTable table = scan_table(ScanModel::poisson, {1, {5, 9, 0, 4}, {10, 1, 0, 25.5}});
  std::vector<double> variance;
  for (const double m : table.measure) {
    const double share = m / table.total_measure;
    variance.push_back(18 * share * (1 - share));
  }
  expect_moments(table, variance);
  EXPECT_EQ(ReplicateMaker(table, 1).cases(3)[2], 0U);
}

/// Few cases, and so many that controls are drawn instead.
TEST(ReplicateMaker, BernoulliStudiesAreHypergeometric) {
  for (const std::vector<double>& controls : {std::vector<double>{9, 30, 2}, std::vector<double>{1, 2, 0}}) {
    const ScanTable table = scan_table(ScanModel::bernoulli, {1, {4, 1, 6}, controls});
    const double n = table.total_measure;
    std::vector<double> variance;
    for (const double m : table.measure) {
      variance.push_back(11 * m / n * (1 - m / n) * (n - 11) / (n - 1));
    }
    expect_moments(table, variance);
    for (std::uint64_t r = 0; r < 100; ++r) {
      const auto cases = ReplicateMaker(table, 2).cases(r);
      for (std::size_t i = 0; i < 3; ++i) EXPECT_LE(cases[i], table.measure[i]);
      EXPECT_EQ(std::accumulate(cases.begin(), cases.end(), 0U), 11U);
    }
  }
}

TEST(ReplicateMaker, PermutedStudiesKeepBothMargins) {
  const ScanCounts counts{3, {1, 4, 0, 2, 2, 5, 0, 0, 3}, {}};
  const ScanTable table = scan_table(ScanModel::space_time_permutation, counts);
  const std::vector<std::uint32_t> of_place = {5, 9, 3}, of_interval = {3, 6, 8};
  std::vector<double> variance;
  for (const std::uint32_t p : of_place) {
    for (const std::uint32_t t : of_interval)
      variance.push_back(p * t / 17.0 * (17.0 - p) / 17 * (17.0 - t) / 16);
  }
  expect_moments(table, variance);
  const auto cases = ReplicateMaker(table, 2).cases(9);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(cases[3 * i] + cases[3 * i + 1] + cases[3 * i + 2], of_place[i]);
    EXPECT_EQ(cases[i] + cases[i + 3] + cases[i + 6], of_interval[i]);
  }
}

TEST(ReplicateMaker, StudiesAreFunctionsOfTheSeedAndTheirNumber) {
  const ScanTable table = scan_table(ScanModel::poisson, {1, {50, 90, 10, 40}, {10, 1, 4, 25.5}});
  EXPECT_EQ(ReplicateMaker(table, 1).cases(7), ReplicateMaker(table, 1).cases(7));
  EXPECT_NE(ReplicateMaker(table, 1).cases(7), ReplicateMaker(table, 1).cases(8));
  EXPECT_NE(ReplicateMaker(table, 1).cases(7), ReplicateMaker(table, 2).cases(7));
}

}  // namespace
}  // namespace waywarden
