#include "waywarden/hotspots/derived_weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

Weights random_weights(std::uint64_t seed, std::size_t cells, std::uint32_t sparseness) {
  RandomStream stream(seed, 0);
  std::vector<std::vector<std::uint32_t>> lists(cells);
  for (auto& list : lists) {
    for (std::uint32_t j = 0; j < cells; ++j) {
      if (stream.below(sparseness) == 0) list.push_back(j);
    }
  }
  Weights weights = binary_weights(std::move(lists));
  for (std::size_t e = 0; e < weights.neighbour.size(); ++e) weights.weight.push_back(stream.uniform());
  return weights;
}

/// As a full matrix; what is no entry is not a number.
std::vector<std::vector<double>> matrix(const Weights& weights) {
  const std::size_t n = weights.size();
  std::vector<std::vector<double>> m(n, std::vector<double>(n, std::nan("")));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e)
      m[i][weights.neighbour[e]] = weights.weight_at(e);
  }
  return m;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

class Derived : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Derived, SymmetrisedEqualsTheMatrix) {
  const Weights weights = random_weights(GetParam(), 15, 4);
  const auto m = matrix(weights);
  const auto either = matrix(symmetrised(weights, Mutual::either));
  const auto both = matrix(symmetrised(weights, Mutual::both));
  for (std::size_t i = 0; i < 15; ++i) {
    for (std::size_t j = 0; j < 15; ++j) {
      EXPECT_TRUE(same(either[i][j], std::fmax(m[i][j], m[j][i])));
      EXPECT_TRUE(same(both[i][j], std::isnan(m[i][j]) || std::isnan(m[j][i]) ? std::nan("")
                                                                              : std::fmin(m[i][j], m[j][i])));
    }
  }
}

TEST_P(Derived, HigherOrderEqualsFloydAndWarshall) {
  const std::size_t n = 18;
  const Weights weights = random_weights(GetParam(), n, 9);
  auto steps = matrix(weights);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) steps[i][j] = std::isnan(steps[i][j]) ? 1e9 : 1.0;
    steps[i][i] = 0.0;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) steps[i][j] = std::min(steps[i][j], steps[i][k] + steps[k][j]);
    }
  }
  for (const unsigned order : {1U, 2U, 3U}) {
    const auto exactly = matrix(higher_order(weights, order)),
               at_most = matrix(higher_order(weights, order, Reach::at_most));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        EXPECT_EQ(exactly[i][j] == 1.0, i != j && steps[i][j] == order);
        EXPECT_EQ(at_most[i][j] == 1.0, i != j && steps[i][j] <= order);
      }
    }
  }
}

TEST_P(Derived, RowsAddUpToOne) {
  const Weights weights = random_weights(GetParam(), 12, 4);
  const Weights shares = row_standardised(weights);
  for (std::size_t i = 0; i < 12; ++i) {
    double sum = 0.0;
    for (std::size_t e = shares.first[i]; e < shares.first[i + 1]; ++e) sum += shares.weight[e];
    EXPECT_NEAR(sum, weights.neighbours(i).empty() ? 0.0 : 1.0, 1e-15);
  }
}

TEST_P(Derived, OwnWeightsReplaceOthers) {
  const Weights weights = random_weights(GetParam(), 12, 3);
  const auto before = matrix(weights), after = matrix(with_own_weight(weights, 0.25));
  for (std::size_t i = 0; i < 12; ++i) {
    for (std::size_t j = 0; j < 12; ++j) EXPECT_TRUE(same(after[i][j], i == j ? 0.25 : before[i][j]));
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, Derived, ::testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST(DerivedWeights, KeepIslands) {
  const Weights lonely = binary_weights({{}, {2}, {}});
  EXPECT_EQ(islands(row_standardised(lonely)), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(islands(symmetrised(lonely, Mutual::either)), (std::vector<std::size_t>{0}));
  EXPECT_EQ(islands(symmetrised(lonely, Mutual::both)), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(islands(higher_order(lonely, 2)), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(DerivedWeights, RefuseWhatMeansNothing) {
  EXPECT_THROW(higher_order(binary_weights({{}}), 0), OptionError);
  EXPECT_THROW(with_own_weight(binary_weights({{}}), std::numeric_limits<double>::infinity()), OptionError);
}

}  // namespace
}  // namespace waywarden
