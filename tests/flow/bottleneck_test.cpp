#include "waywarden/flow/bottleneck.h"

#include <gtest/gtest.h>

#include <numeric>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

/// Hall's condition by trying every set of rows.
bool feasible_by_enumeration(const SparseTable& table, const std::vector<double>& rows,
                             const std::vector<double>& columns) {
  for (unsigned set = 1; set < 1U << rows.size(); ++set) {
    std::vector<std::uint8_t> reached(columns.size(), 0);
    for (std::size_t k = 0; k < table.value.size(); ++k) {
      if ((set >> table.row[k] & 1U) != 0) reached[table.column[k]] = 1;
    }
    double supply = 0.0, capacity = 0.0;
    for (std::size_t r = 0; r < rows.size(); ++r) supply += (set >> r & 1U) != 0 ? rows[r] : 0.0;
    for (std::size_t c = 0; c < columns.size(); ++c) capacity += reached[c] != 0 ? columns[c] : 0.0;
    if (supply > capacity + 1e-9) return false;
  }
  return true;
}

TEST(Bottleneck, AgreesWithEveryCutOfSmallTables) {
  int infeasible = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomStream random(seed, 0);
    SparseTable table;
    for (std::uint32_t r = 0; r < 6; ++r) {
      for (std::uint32_t c = 0; c < 5; ++c) {
        if (random.uniform() < 0.5) continue;
        table.row.push_back(r);
        table.column.push_back(c);
        table.value.push_back(1.0);
      }
    }
    std::vector<double> rows(6), columns(5);
    for (double& r : rows) r = 1.0 + random.below(5);
    for (double& c : columns) c = 1.0 + random.below(5);
    const double scale =
        std::accumulate(rows.begin(), rows.end(), 0.0) / std::accumulate(columns.begin(), columns.end(), 0.0);
    for (double& c : columns) c *= scale;
    const Bottleneck found = bottleneck(table, rows, columns);
    const bool feasible = feasible_by_enumeration(table, rows, columns);
    ASSERT_EQ(found.rows.empty(), feasible) << "seed " << seed;
    if (feasible) continue;
    ++infeasible;
    double supply = 0.0, capacity = 0.0;
    for (const std::size_t r : found.rows) supply += rows[r];
    for (const std::size_t c : found.columns) capacity += columns[c];
    EXPECT_GT(supply, capacity) << "seed " << seed;
  }
  EXPECT_GT(infeasible, 20);
  EXPECT_LT(infeasible, 180);
}

/// Whether a cell can be above 0: what its row gives less that cell's part can still be taken.
bool can_be_positive(const SparseTable& table, std::vector<double> rows, std::vector<double> columns,
                     std::size_t cell) {
  rows[table.row[cell]] -= 1e-3;
  columns[table.column[cell]] -= 1e-3;
  return feasible_by_enumeration(table, rows, columns);
}

class ExactlyFull : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ExactlyFull, AgreesWithEveryCell) {
  RandomStream random(GetParam(), 1);
  SparseTable table;
  std::vector<double> rows(5, 0.0), columns(5, 0.0);
  for (std::uint32_t r = 0; r < 5; ++r) {
    for (std::uint32_t c = 0; c < 5; ++c) {
      if (random.uniform() < 0.5) continue;
      table.row.push_back(r);
      table.column.push_back(c);
      table.value.push_back(1.0);
      const double hidden = random.uniform() < 0.5 ? 0.0 : 1.0 + random.below(2);
      rows[r] += hidden;
      columns[c] += hidden;
    }
  }
  if (std::accumulate(rows.begin(), rows.end(), 0.0) == 0.0) return;
  ASSERT_TRUE(bottleneck(table, rows, columns).rows.empty());
  bool all_positive = true;
  for (std::size_t k = 0; k < table.value.size(); ++k) {
    if (rows[table.row[k]] == 0.0 || columns[table.column[k]] == 0.0) continue;
    all_positive = all_positive && can_be_positive(table, rows, columns, k);
  }
  const Bottleneck full = exactly_full(table, rows, columns);
  ASSERT_EQ(full.rows.empty(), all_positive);
  double given = 0.0, taken = 0.0;
  for (const std::size_t r : full.rows) given += rows[r];
  for (const std::size_t c : full.columns) taken += columns[c];
  EXPECT_NEAR(given, taken, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ExactlyFull, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

TEST(Bottleneck, SeesOnePartInAHundredBillion) {
  const SparseTable table{{0, 0, 1}, {0, 1, 1}, {1.0, 1.0, 1.0}};
  EXPECT_TRUE(bottleneck(table, {1.0, 1.0}, {1.0, 1.0}).rows.empty());
  EXPECT_EQ(bottleneck(table, {1.0 - 1e-11, 1.0 + 1e-11}, {1.0, 1.0}).rows, std::vector<std::size_t>{1});
}

}  // namespace
}  // namespace waywarden
