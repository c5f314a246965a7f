#include "waywarden/patrols/matrix_game.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/linear_program.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Strategies that lose no more than this to their best answers need no better ones.
constexpr double kExact = 1e-10;

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

/// The evaders' side: the least worth that no row exceeds. It has few rows where the watcher's has many that
/// all begin at 0, which the simplex bears badly. Variables are the columns' probabilities within their type,
/// then the worth; rows of the program are the rows of the game, then the types' sums of probabilities.
LinearProgram program_of(const MatrixGame& game) {
  LinearProgram program;
  const std::size_t columns = game.type.size();
  for (std::size_t c = 0; c < columns; ++c) program.add_variable(0.0, 1.0);
  const std::size_t worth = program.add_variable(-kInfinity, kInfinity);
  for (std::size_t r = 0; r < game.rows; ++r) {
    LinearProgram::Row row{{{worth, 1.0}}, 0.0, kInfinity};
    for (std::size_t c = 0; c < columns; ++c) {
      const double payoff = game.weight[game.type[c]] * game.payoff[c][r];
      if (payoff != 0.0) row.terms.push_back({c, -payoff});
    }
    program.rows.push_back(std::move(row));
  }
  std::vector<LinearProgram::Row> sums(game.weight.size(), {{}, 1.0, 1.0});
  for (std::size_t c = 0; c < columns; ++c) sums[game.type[c]].terms.push_back({c, 1.0});
  program.rows.insert(program.rows.end(), sums.begin(), sums.end());
  return program;
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

/// Rounding apart, the simplex gives probabilities within each type; a type without mixes all its columns.
std::vector<double> within_types(const MatrixGame& game, std::vector<double> share) {
  std::vector<double> sum(game.weight.size(), 0.0);
  std::vector<double> columns(game.weight.size(), 0.0);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    share[c] = std::max(share[c], 0.0);
    sum[game.type[c]] += share[c];
    columns[game.type[c]] += 1.0;
  }
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    const std::size_t t = game.type[c];
    share[c] = sum[t] > 0.0 ? share[c] / sum[t] : 1.0 / columns[t];
  }
  return share;
}

/// What each row gets against a mix of columns.
std::vector<double> row_worths(const MatrixGame& game, const std::vector<double>& column) {
  std::vector<double> worth(game.rows, 0.0);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    const double share = game.weight[game.type[c]] * column[c];
    if (share == 0.0) continue;
    for (std::size_t r = 0; r < game.rows; ++r) worth[r] += share * game.payoff[c][r];
  }
  return worth;
}

/// Strategies and what they guarantee.
Equilibrium judged(const MatrixGame& game, std::vector<double> row, std::vector<double> column) {
  const std::vector<double> least = least_payoffs(game, row);
  const double lower = std::inner_product(least.begin(), least.end(), game.weight.begin(), 0.0);
  const std::vector<double> worth = row_worths(game, column);
  return {std::move(row), std::move(column), lower, *std::max_element(worth.begin(), worth.end())};
}

Equilibrium solved(const MatrixGame& game, const Execution& execution) {
  const LinearTerm worth{game.type.size(), -1.0};
  LinearSolution solution = Simplex(program_of(game)).maximize({worth}, execution);
  solution.point.resize(game.type.size(), 0.0);
  solution.row_prices.resize(game.rows, 0.0);
  // Asking for more worth in a row costs the evaders: its price is not positive.
  for (double& price : solution.row_prices) price = -price;
  return judged(game, distribution(std::move(solution.row_prices)),
                within_types(game, std::move(solution.point)));
}

/// Rows and columns of a game, by position.
struct Part {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;
};

MatrixGame restricted(const MatrixGame& game, const Part& part) {
  MatrixGame small{part.rows.size(), game.weight, {}, {}};
  for (const std::size_t c : part.columns) {
    small.type.push_back(game.type[c]);
    std::vector<double>& payoff = small.payoff.emplace_back();
    for (const std::size_t r : part.rows) payoff.push_back(game.payoff[c][r]);
  }
  return small;
}

std::vector<double> spread(const std::vector<double>& share, const std::vector<std::size_t>& positions,
                           std::size_t size) {
  std::vector<double> all(size, 0.0);
  for (std::size_t i = 0; i < positions.size(); ++i) all[positions[i]] = share[i];
  return all;
}

std::vector<std::size_t> played_or_new(const std::vector<double>& before, std::size_t size) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < size; ++i)
    if (i >= before.size() || before[i] > 0.0) positions.push_back(i);
  return positions;
}

/// Of each type the column that pays least, where it is not in the part already.
std::vector<std::size_t> better_columns(const MatrixGame& game, const Equilibrium& now, const Part& part) {
  std::vector<std::size_t> best(game.weight.size(), game.type.size());
  std::vector<double> least(game.weight.size(), kInfinity);
  for (std::size_t c = 0; c < game.type.size(); ++c) {
    const double payoff = expected(game.payoff[c], now.row);
    if (payoff >= least[game.type[c]]) continue;
    least[game.type[c]] = payoff;
    best[game.type[c]] = c;
  }
  std::erase_if(best, [&](std::size_t c) { return std::ranges::count(part.columns, c) > 0; });
  return best;
}

/// False where the part holds both players' best answers.
bool grow(const MatrixGame& game, const Equilibrium& now, Part& part) {
  const std::vector<std::size_t> columns = better_columns(game, now, part);
  part.columns.insert(part.columns.end(), columns.begin(), columns.end());
  const std::vector<double> worth = row_worths(game, now.column);
  const auto best = static_cast<std::size_t>(std::ranges::max_element(worth) - worth.begin());
  const bool new_row = std::ranges::count(part.rows, best) == 0;
  if (new_row) part.rows.push_back(best);
  return new_row || !columns.empty();
}

}  // namespace

Equilibrium equilibrium(const MatrixGame& game, const Execution& execution) {
  check(game);
  return solved(game, execution);
}

Equilibrium equilibrium(const MatrixGame& game, const Equilibrium& before, const Execution& execution) {
  check(game);
  require(before.row.size() <= game.rows && before.column.size() <= game.type.size(),
          "the strategies before are of a larger game");
  Part part{played_or_new(before.row, game.rows), played_or_new(before.column, game.type.size())};
  const Equilibrium uniform{std::vector<double>(game.rows, 1.0 / static_cast<double>(game.rows)), {}, 0, 0};
  if (part.rows.empty()) part.rows.push_back(0);
  const std::vector<std::size_t> first = better_columns(game, uniform, part);
  part.columns.insert(part.columns.end(), first.begin(), first.end());
  while (true) {
    const Equilibrium small = solved(restricted(game, part), execution);
    Equilibrium now = judged(game, spread(small.row, part.rows, game.rows),
                             spread(small.column, part.columns, game.type.size()));
    if (now.exploitability() <= kExact || !grow(game, now, part)) return now;
  }
}

}  // namespace waywarden
