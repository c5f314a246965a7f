#include "waywarden/privacy/attack.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Counts closer than this are one.
constexpr double kSameCount = 1e-6;
/// No count is taken to exceed its true value by more: keeps every program bounded. Less room makes a cell
/// harder to protect, so the bound errs on the safe side.
constexpr double kRoom = 1e6;

double least_of(const Hidden& hidden, std::size_t cell) {
  return hidden.cells[cell] == CellState::suppressed ? static_cast<double>(hidden.suppressed_at_least) : 0.0;
}

double published_value(const Knowledge& knowledge, const Hidden& hidden, std::size_t cell) {
  return hidden.cells[cell] == CellState::published ? static_cast<double>(knowledge.cells[cell].value)
                                                    : kInfinity;
}

bool vacuous(const LinearProgram::Row& row) { return row.low == -kInfinity && row.high == kInfinity; }

/// Interval of a weighted variable.
struct Interval {
  double low, high;
};
Interval scaled(Interval v, double weight) {
  if (weight == 0.0) return {0.0, 0.0};
  return weight > 0.0 ? Interval{weight * v.low, weight * v.high} : Interval{weight * v.high, weight * v.low};
}

/// What each cell can be, as far as one total at a time tells.
std::vector<Interval> intervals(const Knowledge& knowledge, const Hidden& hidden) {
  std::vector<Interval> out;
  for (std::size_t c = 0; c < knowledge.cells.size(); ++c) {
    const auto value = static_cast<double>(knowledge.cells[c].value);
    const bool known = hidden.cells[c] == CellState::published;
    out.push_back(known ? Interval{value, value} : Interval{least_of(hidden, c), kInfinity});
  }
  for (const Relation& relation : knowledge.structure) {
    const bool is_total = std::all_of(relation.terms.begin(), relation.terms.end(), [&](const LinearTerm& t) {
      return t.variable < out.size() && t.weight > 0.0;
    });
    if (!is_total || relation.high == kInfinity) continue;
    double spare = relation.high;
    for (const LinearTerm& t : relation.terms) spare -= t.weight * out[t.variable].low;
    for (const LinearTerm& t : relation.terms) {
      Interval& cell = out[t.variable];
      cell.high = std::min(cell.high, cell.low + spare / t.weight);
    }
  }
  return out;
}

Interval sum_of(const Relation& relation, const std::vector<Interval>& cells) {
  Interval sum{0.0, 0.0};
  for (const LinearTerm& t : relation.terms) {
    const Interval part = scaled(cells[t.variable], t.weight);
    sum.low += part.low;
    sum.high += part.high;
  }
  return sum;
}

/// What the relation alone leaves to one of its cells, given the range of the sum of all of them.
Interval left_to(const LinearTerm& term, const Relation& relation, Interval sum,
                 const std::vector<Interval>& cells) {
  const Interval own = scaled(cells[term.variable], term.weight);
  const double rest_low = sum.low - own.low;
  const double rest_high = std::isfinite(sum.high) ? sum.high - own.high : kInfinity;
  const Interval part{relation.low - rest_high, relation.high - rest_low};
  return scaled(part, 1.0 / term.weight);
}

bool too_narrow(const Relation& relation, const Hidden& hidden, const std::vector<Interval>& cells,
                std::int64_t k) {
  const Interval sum = sum_of(relation, cells);
  return std::any_of(relation.terms.begin(), relation.terms.end(), [&](const LinearTerm& term) {
    if (hidden.cells[term.variable] != CellState::suppressed || term.weight == 0.0) return false;
    const Interval left = left_to(term, relation, sum, cells);
    return left.low > 1.0 + kSameCount || left.high < static_cast<double>(k - 1) - kSameCount;
  });
}

}  // namespace

std::vector<std::size_t> facts_too_narrow(const Knowledge& knowledge, const Hidden& hidden, std::int64_t k) {
  const std::vector<Interval> cells = intervals(knowledge, hidden);
  std::vector<std::size_t> out;
  for (std::size_t f = 0; f < knowledge.facts.size(); ++f)
    if (too_narrow(knowledge.facts[f], hidden, cells, k)) out.push_back(f);
  return out;
}

void Attack::add_variables(const Knowledge& knowledge, const Hidden& hidden) {
  place_.assign(knowledge.variables(), kKnown);
  known_.assign(knowledge.variables(), 0.0);
  for (std::size_t c = 0; c < knowledge.cells.size(); ++c) {
    const auto value = static_cast<double>(knowledge.cells[c].value);
    known_[c] = value;
    if (hidden.cells[c] == CellState::published) continue;
    place_[c] = program_.add_variable(least_of(hidden, c), value + kRoom);
    least_.push_back(value);
    greatest_.push_back(value);
  }
  for (std::size_t s = 0; s < knowledge.shared.size(); ++s) {
    const SharedRecords& shared = knowledge.shared[s];
    const double most = std::min(published_value(knowledge, hidden, shared.first_cell),
                                 published_value(knowledge, hidden, shared.second_cell));
    if (most == 0.0) continue;
    place_[knowledge.cells.size() + s] = program_.add_variable(0.0, most);
    least_.push_back(kInfinity);
    greatest_.push_back(-kInfinity);
  }
}

/// The relation with known cells moved to its bounds.
LinearProgram::Row Attack::substituted(const Relation& relation) const {
  LinearProgram::Row row{{}, relation.low, relation.high};
  for (const LinearTerm& term : relation.terms) {
    if (place_[term.variable] == kKnown) {
      row.low -= term.weight * known_[term.variable];
      row.high -= term.weight * known_[term.variable];
    } else {
      row.terms.push_back({place_[term.variable], term.weight});
    }
  }
  return row;
}

void Attack::add_row(const Relation& relation, Source source) {
  LinearProgram::Row row = substituted(relation);
  if (row.terms.empty() || vacuous(row)) return;
  program_.rows.push_back(std::move(row));
  sources_.push_back(source);
}

Attack::Attack(const Knowledge& knowledge, const Hidden& hidden, Sees sees, const Execution& execution)
    : execution_(execution) {
  add_variables(knowledge, hidden);
  for (std::size_t i = 0; i < knowledge.structure.size(); ++i) add_row(knowledge.structure[i], {false, i});
  if (sees == Sees::structure_and_classes) {
    const std::vector<Interval> cells = intervals(knowledge, hidden);
    for (std::size_t c = 0; c < knowledge.classes.size(); ++c) {
      if (hidden.classes[c] != 0) continue;
      for (const std::size_t f : knowledge.classes[c].facts) {
        const Relation& fact = knowledge.facts[f];
        const Interval sum = sum_of(fact, cells);
        if (sum.low < fact.low || sum.high > fact.high) add_row(fact, {true, f});
      }
    }
  }
  simplex_.emplace(program_);
  if (program_.variables() == 0) return;
  const LinearSolution any = simplex_->maximize({}, execution_);
  if (any.status == LinearStatus::infeasible)
    throw OptionError(
        "the overlaps of the draft leave no possible counts: pairs of rows that share records are missing");
  if (!any.point.empty()) remember(any.point);
}

void Attack::remember(const std::vector<double>& point) {
  for (std::size_t v = 0; v < point.size(); ++v) {
    least_[v] = std::min(least_[v], point[v]);
    greatest_[v] = std::max(greatest_[v], point[v]);
  }
}

Obstacle Attack::binding(const std::vector<double>& prices) const {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < prices.size(); ++r)
    if (std::abs(prices[r]) > kSameCount) rows.push_back(r);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return std::abs(prices[a]) > std::abs(prices[b]); });
  Obstacle out;
  for (const std::size_t r : rows)
    (sources_[r].is_fact ? out.facts : out.structure).push_back(sources_[r].index);
  return out;
}

/// Nothing when weight x variable can be at least `enough`.
std::optional<Obstacle> Attack::push(std::size_t variable, double weight, double enough) {
  const LinearSolution solution =
      simplex_->maximize({{variable, weight}}, execution_, enough - kSameCount / 2);
  if (!solution.point.empty()) remember(solution.point);
  if (!solution.point.empty() && solution.value >= enough - kSameCount) return std::nullopt;
  return binding(solution.row_prices);
}

std::optional<Obstacle> Attack::obstacle(std::size_t cell, std::int64_t k) {
  const std::size_t variable = place_[cell];
  const auto most = static_cast<double>(k - 1);
  std::optional<Obstacle> found;
  if (least_[variable] > 1.0 + kSameCount) found = push(variable, -1.0, -1.0);
  if (!found && greatest_[variable] < most - kSameCount) found = push(variable, 1.0, most);
  return found;
}

}  // namespace waywarden
