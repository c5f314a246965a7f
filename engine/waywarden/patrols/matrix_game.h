#pragma once

/// Zero-sum games given by a table: the watcher chooses a row and wants much, an evader chooses a column and
/// wants little. Evaders come in types, each with columns and a weight of its own (Harsanyi 1967); one type
/// is the plain matrix game. Solved as one linear program (von Neumann 1928; Dantzig 1951).
///
/// Guarantee: `lower` and `upper` are computed from the table and the two mixed strategies themselves, so
/// they hold whatever the rounding of the linear program: nobody who faces `row` pays less than `lower`, and
/// nobody who faces `column` gets more than `upper`. The value lies between; where the program succeeds the
/// two agree to about 1e-9 of the largest payoff.
///
/// For tables of some hundred rows and columns (dense simplex), or of thousands of which few are played.

#include <cstddef>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

struct MatrixGame {
  std::size_t rows = 0;
  /// Per type of evader, >= 0.
  std::vector<double> weight;
  /// Per column: its type, and what the watcher gets in each row.
  std::vector<std::size_t> type;
  std::vector<std::vector<double>> payoff;
};

struct Equilibrium {
  /// Probability of each row, and of each column within its type.
  std::vector<double> row;
  std::vector<double> column;
  /// What `row` gets at least and `column` gives at most, weighted sums over types.
  double lower = 0.0;
  double upper = 0.0;

  /// What the two could gain by a better answer to each other, together.
  double exploitability() const { return upper - lower; }
};

/// Throws `OptionError` when there is no row, a type has no column, or a number is not finite (or a weight
/// negative).
Equilibrium equilibrium(const MatrixGame& game, const Execution& execution = {});

/// The same, faster for a game that has grown since `before` was its equilibrium (rows and columns added at
/// the end): only the rows and columns played then, the new ones, and those that prove to be better answers
/// are in the linear program. Any strategies of at most as many rows and columns are allowed.
Equilibrium equilibrium(const MatrixGame& game, const Equilibrium& before, const Execution& execution = {});

}  // namespace waywarden
