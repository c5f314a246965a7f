#include "waywarden/patrols/matrix_game.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

MatrixGame plain_game(const std::vector<std::vector<double>>& columns) {
  return {columns.front().size(), {1.0}, std::vector<std::size_t>(columns.size(), 0), columns};
}

/// Whole payoffs, so that ties and degenerate tables come about.
MatrixGame random_game(std::uint64_t seed, bool coarse) {
  RandomStream random(seed, 0);
  MatrixGame game{1 + random.below(12), {}, {}, {}};
  const std::size_t types = 1 + random.below(4);
  for (std::size_t t = 0; t < types; ++t) {
    game.weight.push_back(coarse ? random.below(3) : random.uniform());
    for (std::uint32_t c = 1 + random.below(6); c-- > 0;) {
      game.type.push_back(t);
      std::vector<double>& column = game.payoff.emplace_back();
      for (std::size_t r = 0; r < game.rows; ++r)
        column.push_back(coarse ? static_cast<double>(random.below(4)) - 1.0 : random.uniform());
    }
  }
  return game;
}

class MatrixGames : public testing::TestWithParam<std::uint64_t> {};

/// Strong duality is the oracle: two mixed strategies that guarantee the same value are both optimal.
TEST_P(MatrixGames, BothPlayersGuaranteeTheSame) {
  for (const bool coarse : {false, true}) {
    const MatrixGame game = random_game(GetParam(), coarse);
    const Equilibrium found = equilibrium(game);
    EXPECT_NEAR(found.exploitability(), 0.0, 1e-8);
    EXPECT_GE(found.exploitability(), -1e-12);
    EXPECT_NEAR(std::accumulate(found.row.begin(), found.row.end(), 0.0), 1.0, 1e-12);
    std::vector<double> of_type(game.weight.size(), 0.0);
    for (std::size_t c = 0; c < game.type.size(); ++c) of_type[game.type[c]] += found.column[c];
    for (const double sum : of_type) EXPECT_NEAR(sum, 1.0, 1e-12);
  }
}

/// Grown from a smaller game, or from strategies that mean nothing, the value is the same.
TEST_P(MatrixGames, AGuessChangesNothing) {
  for (const bool coarse : {false, true}) {
    const MatrixGame game = random_game(GetParam(), coarse);
    const Equilibrium alone = equilibrium(game);
    MatrixGame smaller = game;
    smaller.rows = (game.rows + 1) / 2;
    for (auto& column : smaller.payoff) column.resize(smaller.rows);
    for (const Equilibrium& before : {Equilibrium{}, alone, equilibrium(smaller)}) {
      const Equilibrium found = equilibrium(game, before);
      EXPECT_NEAR(found.exploitability(), 0.0, 1e-8);
      EXPECT_NEAR(found.lower, alone.lower, 1e-8);
    }
    EXPECT_THROW(equilibrium(smaller, {std::vector<double>(13, 0.0), {}, 0.0, 0.0}), OptionError);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, MatrixGames, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

TEST(MatrixGame, TwoByTwoByHand) {
  // Rows (3, 0) and (1, 2): the value is (3 * 2 - 0 * 1) / (3 + 2 - 0 - 1), rows 1/4 and 3/4, columns 1/2
  // each.
  const Equilibrium found = equilibrium(plain_game({{3.0, 1.0}, {0.0, 2.0}}));
  EXPECT_NEAR(found.lower, 1.5, 1e-12);
  EXPECT_NEAR(found.upper, 1.5, 1e-12);
  EXPECT_NEAR(found.row[0], 0.25, 1e-12);
  EXPECT_NEAR(found.column[0], 0.5, 1e-12);
}

TEST(MatrixGame, HidingAmongUnequalPlacesIsTheHarmonicMean) {
  // A searcher who looks at the right one of n places finds with p_i: the value is 1 / sum of 1 / p_i.
  const std::vector<double> p = {0.9, 0.5, 0.25, 0.1};
  std::vector<std::vector<double>> columns(4, std::vector<double>(4, 0.0));
  double sum = 0.0;
  for (std::size_t i = 0; i < 4; ++i) {
    columns[i][i] = p[i];
    sum += 1.0 / p[i];
  }
  const Equilibrium found = equilibrium(plain_game(columns));
  EXPECT_NEAR(found.lower, 1.0 / sum, 1e-12);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(found.row[i], 1.0 / (p[i] * sum), 1e-12);
}

TEST(MatrixGame, TypesAddUp) {
  // One row for both types: each answers on its own.
  const MatrixGame game{1, {2.0, 0.5}, {0, 0, 1}, {{0.3}, {0.2}, {0.8}}};
  const Equilibrium found = equilibrium(game);
  EXPECT_NEAR(found.lower, 2.0 * 0.2 + 0.5 * 0.8, 1e-12);
  EXPECT_NEAR(found.column[1], 1.0, 1e-12);
}

TEST(MatrixGame, MalformedGamesAreErrors) {
  EXPECT_THROW(equilibrium({0, {1.0}, {0}, {{}}}), OptionError);
  EXPECT_THROW(equilibrium({1, {1.0, 1.0}, {0}, {{0.5}}}), OptionError);
  EXPECT_THROW(equilibrium({1, {1.0}, {1}, {{0.5}}}), OptionError);
  EXPECT_THROW(equilibrium({1, {-1.0}, {0}, {{0.5}}}), OptionError);
  EXPECT_THROW(equilibrium({1, {1.0}, {0}, {{std::nan("")}}}), OptionError);
  EXPECT_THROW(equilibrium({2, {1.0}, {0}, {{0.5}}}), OptionError);
}

TEST(MatrixGame, StopsWhenAskedTo) {
  Progress progress;
  progress.cancel();
  EXPECT_THROW(equilibrium(plain_game({{1.0}}), {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
