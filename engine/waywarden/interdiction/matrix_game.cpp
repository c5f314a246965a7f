#include "waywarden/interdiction/matrix_game.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/linear_program.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("matrix game: ") + what);
}

void check_column(const MatrixGame& game, std::size_t column) {
  require(game.type[column] < game.weight.size(), "a column names no type");
  require(game.payoff[column].size() == game.rows, "a column has no entry for each row");
  for (const double payoff : game.payoff[column]) require(std::isfinite(payoff), "a payoff is not finite");
}

void check(const MatrixGame& game) {
  require(game.rows > 0, "there is no row");
  require(game.type.size() == game.payoff.size(), "columns differ in length");
  for (const double weight : game.weight)
    require(std::isfinite(weight) && weight >= 0.0, "a weight is negative or not finite");
  std::vector<std::uint8_t> played(game.weight.size(), 0);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    check_column(game, c);
    played[game.type[c]] = 1;
  }
  for (const std::uint8_t has_column : played) require(has_column != 0, "a type has no column");
}

/// Largest sum of weight x worth of a type, where no column of the type pays less than its worth. Variables
/// are the rows' probabilities, then the worths; rows of the program are the columns of the game, then the
/// sum of probabilities.
LinearProgram program_of(const MatrixGame& game) {
  LinearProgram program;
  for (std::size_t r = 0; r < game.rows; ++r) program.add_variable(0.0, 1.0);
  for (std::size_t t = 0; t < game.weight.size(); ++t) program.add_variable(-kInfinity, kInfinity);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    LinearProgram::Row row{{{game.rows + game.type[c], -1.0}}, 0.0, kInfinity};
    for (std::size_t r = 0; r < game.rows; ++r)
      if (game.payoff[c][r] != 0.0) row.terms.push_back({r, game.payoff[c][r]});
    program.rows.push_back(std::move(row));
  }
  LinearProgram::Row sum{{}, 1.0, 1.0};
  for (std::size_t r = 0; r < game.rows; ++r) sum.terms.push_back({r, 1.0});
  program.rows.push_back(std::move(sum));
  return program;
}

std::vector<LinearTerm> objective_of(const MatrixGame& game) {
  std::vector<LinearTerm> objective;
  for (std::size_t t = 0; t < game.weight.size(); ++t) objective.push_back({game.rows + t, game.weight[t]});
  return objective;
}

double expected(const std::vector<double>& payoff, const std::vector<double>& row) {
  return std::inner_product(payoff.begin(), payoff.end(), row.begin(), 0.0);
}

/// Rounding apart, the simplex gives probabilities; without a solution all rows are as good as any.
std::vector<double> distribution(std::vector<double> values) {
  for (double& value : values) value = std::max(value, 0.0);
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  for (double& value : values) value = sum > 0.0 ? value / sum : 1.0 / static_cast<double>(values.size());
  return values;
}

/// What each type pays against a mix of rows when it answers best.
std::vector<double> least_payoffs(const MatrixGame& game, const std::vector<double>& row) {
  std::vector<double> least(game.weight.size(), kInfinity);
  for (std::size_t c = 0; c < game.type.size(); ++c)
    least[game.type[c]] = std::min(least[game.type[c]], expected(game.payoff[c], row));
  return least;
}

/// Probabilities within each type from prices of columns; a type without prices mixes all its columns.
std::vector<double> within_types(const MatrixGame& game, std::vector<double> price) {
  std::vector<double> sum(game.weight.size(), 0.0);
  std::vector<double> columns(game.weight.size(), 0.0);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    price[c] = std::max(price[c], 0.0);
    sum[game.type[c]] += price[c];
    columns[game.type[c]] += 1.0;
  }
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    const std::size_t t = game.type[c];
    price[c] = sum[t] > 0.0 ? price[c] / sum[t] : 1.0 / columns[t];
  }
  return price;
}

double best_row(const MatrixGame& game, const std::vector<double>& column) {
  std::vector<double> worth(game.rows, 0.0);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    const double share = game.weight[game.type[c]] * column[c];
    if (share == 0.0) continue;
    for (std::size_t r = 0; r < game.rows; ++r) worth[r] += share * game.payoff[c][r];
  }
  return *std::max_element(worth.begin(), worth.end());
}

}  // namespace

Equilibrium equilibrium(const MatrixGame& game, const Execution& execution) {
  check(game);
  LinearSolution solution = Simplex(program_of(game)).maximize(objective_of(game), execution);
  solution.point.resize(game.rows, 0.0);
  solution.row_prices.resize(game.type.size(), 0.0);
  // Asking a column to pay more costs the watcher: its price is not positive.
  for (double& price : solution.row_prices) price = -price;
  Equilibrium found{distribution(std::move(solution.point)),
                    within_types(game, std::move(solution.row_prices)), 0.0, 0.0};
  const std::vector<double> least = least_payoffs(game, found.row);
  found.lower = std::inner_product(least.begin(), least.end(), game.weight.begin(), 0.0);
  found.upper = best_row(game, found.column);
  return found;
}

}  // namespace waywarden
