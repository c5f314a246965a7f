#include "waywarden/base/linear_program.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Entries and prices smaller than this are rounding.
constexpr double kSmall = 1e-9;
/// Steps without progress before Bland's rule takes over.
constexpr unsigned kPatience = 64;
constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

double slack(double bound) { return kSmall * (1.0 + std::abs(bound)); }

double relative_excess(double value, double low, double high) {
  const double below = std::isfinite(low) ? (low - value) / (1.0 + std::abs(low)) : 0.0;
  const double above = std::isfinite(high) ? (value - high) / (1.0 + std::abs(high)) : 0.0;
  return std::max({below, above, 0.0});
}

double sum_at(const std::vector<LinearTerm>& terms, const std::vector<double>& point) {
  double sum = 0.0;
  for (const LinearTerm& term : terms) sum += term.weight * point[term.variable];
  return sum;
}

void check_bounds(double low, double high) {
  if (!(low <= high))
    throw OptionError("a linear program has a lower bound above its upper bound, or one that is NaN");
}

void check_terms(const std::vector<LinearTerm>& terms, std::size_t variables) {
  for (const LinearTerm& term : terms) {
    if (term.variable >= variables) throw OptionError("a term of a linear program names no variable");
    if (!std::isfinite(term.weight)) throw OptionError("a weight in a linear program is not finite");
  }
}

void check(const LinearProgram& program) {
  if (program.low.size() != program.high.size()) throw OptionError("a linear program lacks bounds");
  for (std::size_t i = 0; i < program.variables(); ++i) check_bounds(program.low[i], program.high[i]);
  for (const LinearProgram::Row& row : program.rows) {
    check_bounds(row.low, row.high);
    check_terms(row.terms, program.variables());
  }
}

}  // namespace

std::size_t LinearProgram::add_variable(double least, double greatest) {
  low.push_back(least);
  high.push_back(greatest);
  return low.size() - 1;
}

double LinearProgram::violation(const std::vector<double>& point) const {
  double worst = 0.0;
  for (std::size_t i = 0; i < variables(); ++i)
    worst = std::max(worst, relative_excess(point[i], low[i], high[i]));
  for (const Row& row : rows)
    worst = std::max(worst, relative_excess(sum_at(row.terms, point), row.low, row.high));
  return worst;
}

/// Each basic variable written as a sum of tableau entry x nonbasic variable. Variables are the program's
/// own, then one for the sum of each row.
struct Simplex::Tableau {
  enum class Outcome : std::uint8_t { done, reached, unbounded, lost };
  enum class Phase : std::uint8_t { feasibility, objective };
  struct Step {
    double length = kInfinity;
    /// Row of the basic variable that stops the step; nobody when the entering variable meets its own other
    /// bound.
    std::size_t row = kNobody;
    double leaving_value = 0.0;
  };

  explicit Tableau(const LinearProgram& program);

  LinearSolution maximize(const std::vector<LinearTerm>& objective, const Execution& execution,
                          double enough);
  std::vector<double> point() const {
    return {value.begin(), value.begin() + static_cast<std::ptrdiff_t>(columns)};
  }

  Outcome run(Phase phase, const Execution& execution, double enough);
  void set_prices(const std::vector<LinearTerm>& objective);
  void price_infeasibility();
  bool feasible() const;
  double direction(std::size_t column) const;
  std::size_t entering() const;
  Step limit(std::size_t row, Phase phase, double rate) const;
  Step longest_step(std::size_t column, Phase phase, double direction) const;
  void move(std::size_t column, double signed_length);
  void pivot(std::size_t row, std::size_t column);
  void eliminate(double* target, const double* source, std::size_t column) const;
  void recompute_basic();
  std::vector<double> row_prices() const;

  double* entries(std::size_t row) { return table.data() + row * columns; }
  const double* entries(std::size_t row) const { return table.data() + row * columns; }

  std::size_t columns;
  std::size_t rows;
  std::vector<double> low, high, value;
  std::vector<double> table;
  std::vector<std::size_t> basic, nonbasic;
  std::vector<double> price;
  /// Columns where the pivot row is not zero; only they change in a pivot.
  mutable std::vector<std::size_t> touched;
  double objective_value = 0.0;
  unsigned stalled = 0;
};

Simplex::Tableau::Tableau(const LinearProgram& program)
    : columns(program.variables()), rows(program.rows.size()), low(program.low), high(program.high) {
  for (std::size_t j = 0; j < columns; ++j)
    value.push_back(std::isfinite(low[j]) ? low[j] : (std::isfinite(high[j]) ? high[j] : 0.0));
  table.assign(rows * columns, 0.0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (const LinearTerm& term : program.rows[i].terms) entries(i)[term.variable] += term.weight;
    low.push_back(program.rows[i].low);
    high.push_back(program.rows[i].high);
  }
  nonbasic.resize(columns);
  std::iota(nonbasic.begin(), nonbasic.end(), std::size_t{0});
  basic.resize(rows);
  std::iota(basic.begin(), basic.end(), columns);
  value.resize(columns + rows);
  price.assign(columns, 0.0);
  recompute_basic();
}

void Simplex::Tableau::recompute_basic() {
  for (std::size_t i = 0; i < rows; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < columns; ++j) sum += entries(i)[j] * value[nonbasic[j]];
    value[basic[i]] = sum;
  }
}

void Simplex::Tableau::set_prices(const std::vector<LinearTerm>& objective) {
  std::vector<double> weight(columns + rows, 0.0);
  for (const LinearTerm& term : objective) weight[term.variable] += term.weight;
  objective_value = sum_at(objective, value);
  for (std::size_t j = 0; j < columns; ++j) price[j] = weight[nonbasic[j]];
  for (std::size_t i = 0; i < rows; ++i) {
    const double w = weight[basic[i]];
    if (w == 0.0) continue;
    for (std::size_t j = 0; j < columns; ++j) price[j] += w * entries(i)[j];
  }
}

void Simplex::Tableau::price_infeasibility() {
  std::fill(price.begin(), price.end(), 0.0);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t b = basic[i];
    const double sign =
        value[b] < low[b] - slack(low[b]) ? 1.0 : (value[b] > high[b] + slack(high[b]) ? -1.0 : 0.0);
    if (sign == 0.0) continue;
    for (std::size_t j = 0; j < columns; ++j) price[j] += sign * entries(i)[j];
  }
}

bool Simplex::Tableau::feasible() const {
  return std::all_of(basic.begin(), basic.end(), [&](std::size_t b) {
    return value[b] >= low[b] - slack(low[b]) && value[b] <= high[b] + slack(high[b]);
  });
}

/// +1 or -1: which way the nonbasic variable can move and gain; 0 when neither.
double Simplex::Tableau::direction(std::size_t column) const {
  const std::size_t v = nonbasic[column];
  if (price[column] > kSmall && value[v] < high[v]) return 1.0;
  if (price[column] < -kSmall && value[v] > low[v]) return -1.0;
  return 0.0;
}

/// Largest price; the lowest variable (Bland) once steps have brought nothing for long.
std::size_t Simplex::Tableau::entering() const {
  std::size_t best = kNobody;
  for (std::size_t j = 0; j < columns; ++j) {
    if (direction(j) == 0.0) continue;
    const bool better = best == kNobody || (stalled > kPatience ? nonbasic[j] < nonbasic[best]
                                                                : std::abs(price[j]) > std::abs(price[best]));
    if (better) best = j;
  }
  return best;
}

/// How far the step may go before the basic variable of `row`, changing at `rate`, meets a bound. One that
/// violates a bound stops where it no longer does, and not at all while it moves away.
Simplex::Tableau::Step Simplex::Tableau::limit(std::size_t row, Phase phase, double rate) const {
  const std::size_t b = basic[row];
  double bound = rate > 0.0 ? high[b] : low[b];
  if (phase == Phase::feasibility && value[b] < low[b] - slack(low[b]))
    bound = rate > 0.0 ? low[b] : -kInfinity;
  if (phase == Phase::feasibility && value[b] > high[b] + slack(high[b]))
    bound = rate < 0.0 ? high[b] : kInfinity;
  if (!std::isfinite(bound)) return {};
  return {std::max(0.0, (bound - value[b]) / rate), row, bound};
}

Simplex::Tableau::Step Simplex::Tableau::longest_step(std::size_t column, Phase phase,
                                                      double direction) const {
  const std::size_t v = nonbasic[column];
  Step best;
  best.length = high[v] - low[v];
  double best_rate = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    const double rate = entries(i)[column] * direction;
    if (std::abs(rate) < kSmall) continue;
    const Step step = limit(i, phase, rate);
    if (step.row == kNobody || step.length > best.length + kSmall) continue;
    const bool tie = step.length > best.length - kSmall && best.row != kNobody;
    const bool preferred =
        stalled > kPatience ? tie && basic[i] < basic[best.row] : std::abs(rate) > best_rate;
    if (tie && !preferred) continue;
    best = step;
    best_rate = std::abs(rate);
  }
  return best;
}

void Simplex::Tableau::move(std::size_t column, double signed_length) {
  value[nonbasic[column]] += signed_length;
  objective_value += price[column] * signed_length;
  for (std::size_t i = 0; i < rows; ++i) value[basic[i]] += entries(i)[column] * signed_length;
}

void Simplex::Tableau::eliminate(double* target, const double* source, std::size_t column) const {
  const double factor = target[column];
  if (factor == 0.0) return;
  target[column] = 0.0;
  for (const std::size_t j : touched) target[j] += factor * source[j];
}

/// Exchanges the basic variable of `row` with the nonbasic one of `column`.
void Simplex::Tableau::pivot(std::size_t row, std::size_t column) {
  double* source = entries(row);
  const double inverse = 1.0 / source[column];
  touched.clear();
  for (std::size_t j = 0; j < columns; ++j) {
    if (source[j] == 0.0) continue;
    source[j] = j == column ? inverse : -source[j] * inverse;
    touched.push_back(j);
  }
  for (std::size_t i = 0; i < rows; ++i)
    if (i != row) eliminate(entries(i), source, column);
  eliminate(price.data(), source, column);
  std::swap(basic[row], nonbasic[column]);
}

Simplex::Tableau::Outcome Simplex::Tableau::run(Phase phase, const Execution& execution, double enough) {
  stalled = 0;
  const std::size_t most_steps = 1000 + 50 * (rows + columns);
  for (std::size_t steps = 0; steps < most_steps; ++steps) {
    if (steps % 16 == 0) execution.check();
    if (phase == Phase::objective && objective_value >= enough) return Outcome::reached;
    if (phase == Phase::feasibility) price_infeasibility();
    const std::size_t column = entering();
    if (column == kNobody) return Outcome::done;
    const double sign = direction(column);
    const Step step = longest_step(column, phase, sign);
    if (!std::isfinite(step.length)) return Outcome::unbounded;
    stalled = step.length > kSmall ? 0 : stalled + 1;
    const std::size_t entered = nonbasic[column];
    move(column, sign * step.length);
    if (step.row == kNobody) {
      value[entered] = sign > 0.0 ? high[entered] : low[entered];
      continue;
    }
    value[basic[step.row]] = step.leaving_value;
    pivot(step.row, column);
  }
  return Outcome::lost;
}

std::vector<double> Simplex::Tableau::row_prices() const {
  std::vector<double> prices(rows, 0.0);
  for (std::size_t j = 0; j < columns; ++j)
    if (nonbasic[j] >= columns && std::abs(price[j]) > kSmall) prices[nonbasic[j] - columns] = price[j];
  return prices;
}

LinearSolution Simplex::Tableau::maximize(const std::vector<LinearTerm>& objective,
                                          const Execution& execution, double enough) {
  LinearSolution solution;
  if (!feasible() && run(Phase::feasibility, execution, kInfinity) == Outcome::lost) {
    solution.status = LinearStatus::unstable;
    return solution;
  }
  if (!feasible()) return solution;
  set_prices(objective);
  const Outcome outcome = run(Phase::objective, execution, enough);
  constexpr LinearStatus kStatus[] = {LinearStatus::optimal, LinearStatus::reached, LinearStatus::unbounded,
                                      LinearStatus::unstable};
  solution.status = kStatus[static_cast<std::size_t>(outcome)];
  if (outcome != Outcome::done && outcome != Outcome::reached) return solution;
  recompute_basic();
  solution.point = point();
  solution.value = sum_at(objective, solution.point);
  if (outcome == Outcome::done) solution.row_prices = row_prices();
  return solution;
}

Simplex::Simplex(LinearProgram program) : program_(std::move(program)) {
  check(program_);
  tableau_ = std::make_unique<Tableau>(program_);
}

Simplex::~Simplex() = default;
Simplex::Simplex(Simplex&&) noexcept = default;
Simplex& Simplex::operator=(Simplex&&) noexcept = default;

LinearSolution Simplex::maximize(const std::vector<LinearTerm>& objective, const Execution& execution,
                                 double enough) {
  check_terms(objective, program_.variables());
  // A second attempt starts from the program itself, free of the rounding errors of earlier calls.
  for (int attempt = 0; attempt < 2; ++attempt) {
    LinearSolution solution = tableau_->maximize(objective, execution, enough);
    const bool sound = solution.status != LinearStatus::unstable &&
                       (solution.point.empty() || program_.violation(solution.point) <= kFeasibility);
    if (sound) return solution;
    tableau_ = std::make_unique<Tableau>(program_);
  }
  LinearSolution lost;
  lost.status = LinearStatus::unstable;
  return lost;
}

}  // namespace waywarden
