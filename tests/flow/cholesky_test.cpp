#include "waywarden/flow/cholesky.h"

#include <gtest/gtest.h>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

SymmetricMatrix gram(const std::vector<std::vector<double>>& columns) {
  SymmetricMatrix m(columns.size());
  for (std::size_t a = 0; a < columns.size(); ++a) {
    for (std::size_t b = a; b < columns.size(); ++b) {
      for (std::size_t i = 0; i < columns[a].size(); ++i) m.cell(a, b) += columns[a][i] * columns[b][i];
    }
  }
  return m;
}

std::vector<std::vector<double>> random_columns(std::uint64_t seed, std::size_t count) {
  RandomStream random(seed, 0);
  std::vector<std::vector<double>> columns(count, std::vector<double>(12));
  for (auto& column : columns) {
    for (double& value : column) value = random.normal();
  }
  return columns;
}

TEST(Cholesky, SolvesWhatItWasGiven) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SymmetricMatrix m = gram(random_columns(seed, 6));
    RandomStream random(seed, 1);
    std::vector<double> wanted(6), right(6, 0.0);
    for (double& x : wanted) x = random.normal();
    for (std::size_t a = 0; a < 6; ++a) {
      for (std::size_t b = 0; b < 6; ++b) right[a] += m.cell(std::min(a, b), std::max(a, b)) * wanted[b];
    }
    const Cholesky factor = factorised(m, 1e-12, {});
    ASSERT_FALSE(factor.dependent);
    const std::vector<double> found = factor.solve(right);
    for (std::size_t a = 0; a < 6; ++a) EXPECT_NEAR(found[a], wanted[a], 1e-10) << "seed " << seed;
  }
}

TEST(Cholesky, NamesTheColumnThatFollowsFromOthers) {
  auto columns = random_columns(1, 5);
  for (std::size_t i = 0; i < 12; ++i) columns[3][i] = columns[0][i] - 2.0 * columns[2][i];
  EXPECT_EQ(factorised(gram(columns), 1e-10, {}).dependent, 3U);
  columns[1].assign(12, 0.0);
  EXPECT_EQ(factorised(gram(columns), 1e-10, {}).dependent, 1U);
}

}  // namespace
}  // namespace waywarden
