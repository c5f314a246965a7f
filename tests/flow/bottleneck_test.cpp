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
    for (std::size_t r = 0; r < 6; ++r) {
      for (std::size_t c = 0; c < 5; ++c) {
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

}  // namespace
}  // namespace waywarden
