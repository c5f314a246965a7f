#include "waywarden/flow/margins.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

/// A dense table with some cells missing; margins are those of another positive table on the same cells, so
/// they can be met.
struct Problem {
  SparseTable table;
  std::vector<double> rows;
  std::vector<double> columns;
};

Problem random_problem(std::uint64_t seed, std::size_t rows, std::size_t columns) {
  RandomStream random(seed, 0);
  Problem p{{}, std::vector<double>(rows, 0.0), std::vector<double>(columns, 0.0)};
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (std::uint32_t c = 0; c < columns; ++c) {
      if (random.uniform() < 0.3) continue;
      p.table.row.push_back(r);
      p.table.column.push_back(c);
      p.table.value.push_back(0.01 + random.uniform());
      const double hidden = 0.01 + random.uniform();
      p.rows[r] += hidden;
      p.columns[c] += hidden;
    }
  }
  return p;
}

TEST(FitMargins, MeetsMarginsToOnePartInAHundredMillion) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Problem p = random_problem(seed, 12, 9);
    const auto fit = fit_margins(p.table, p.rows, p.columns, 1e-8, 10'000, {});
    ASSERT_LE(fit.error, 1e-8) << "seed " << seed;
    std::vector<double> rows(p.rows.size(), 0.0), columns(p.columns.size(), 0.0);
    for (std::size_t k = 0; k < fit.value.size(); ++k) {
      rows[p.table.row[k]] += fit.value[k];
      columns[p.table.column[k]] += fit.value[k];
    }
    for (std::size_t r = 0; r < rows.size(); ++r)
      EXPECT_NEAR(rows[r] / p.rows[r], 1.0, 1.0001e-8) << "seed " << seed;
    for (std::size_t c = 0; c < columns.size(); ++c) EXPECT_NEAR(columns[c] / p.columns[c], 1.0, 1.0001e-8);
  }
}

TEST(FitMargins, KeepsOddsRatios) {
  const SparseTable table{{0, 0, 1, 1}, {0, 1, 0, 1}, {1.0, 2.0, 3.0, 5.0}};
  const auto fit = fit_margins(table, {10.0, 20.0}, {12.0, 18.0}, 1e-10, 1000, {});
  ASSERT_LE(fit.error, 1e-10);
  EXPECT_NEAR(fit.value[0] * fit.value[3] / (fit.value[1] * fit.value[2]), 5.0 / 6.0, 1e-9);
}

TEST(FitMargins, OneSideIsDoneInOneRound) {
  const SparseTable table{{0, 0, 1}, {0, 1, 1}, {1.0, 3.0, 2.0}};
  const auto fit = fit_margins(table, {8.0, 5.0}, {}, 1e-12, 10, {});
  ASSERT_LE(fit.error, 1e-10);
  EXPECT_EQ(fit.rounds, 1U);
  EXPECT_DOUBLE_EQ(fit.value[1], 6.0);
  EXPECT_DOUBLE_EQ(fit.value[2], 5.0);
}

TEST(FitMargins, GoesOnWhereItStopped) {
  Problem p = random_problem(3, 12, 9);
  const FitResult whole = fit_margins(p.table, p.rows, p.columns, 1e-12, 40, {});
  p.table.value = fit_margins(p.table, p.rows, p.columns, 1e-12, 15, {}).value;
  const FitResult rest = fit_margins(p.table, p.rows, p.columns, 1e-12, 25, {});
  for (std::size_t k = 0; k < whole.value.size(); ++k)
    EXPECT_NEAR(rest.value[k], whole.value[k], 1e-10 * whole.value[k]);
}

TEST(FitMargins, OfNoCellsIsWhatItIs) {
  EXPECT_EQ(fit_margins({}, {}, {}, 1e-8, 10, {}).error, 0.0);
  EXPECT_EQ(fit_margins({}, {1.0}, {1.0}, 1e-8, 10, {}).error, 1.0);
}

TEST(FitMargins, SaysWhenItCannot) {
  const SparseTable table{{0, 1}, {0, 0}, {1.0, 1.0}};
  const FitResult fit = fit_margins(table, {1.0, 2.0}, {2.0}, 1e-8, 100, {});
  EXPECT_FALSE(fit.error <= 1e-8);
  EXPECT_EQ(fit.rounds, 100U);
}

TEST(FitMargins, StaysANumberWhereFactorsLeaveAllBounds) {
  const SparseTable table{{0, 1, 1}, {0, 0, 1}, {1.0, 1.0, 1.0}};
  for (const std::size_t rounds : {100U, 1000U}) {
    const FitResult fit = fit_margins(table, {1e6, 1.0}, {1.0, 1e6}, 1e-8, rounds, {});
    EXPECT_GT(fit.error, 0.1);
  }
}

}  // namespace
}  // namespace waywarden
