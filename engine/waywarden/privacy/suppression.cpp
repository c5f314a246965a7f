#include "waywarden/privacy/suppression.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/privacy/transfers.h"

namespace waywarden {
namespace {

/// How far a remedy reaches: whether what the attacker found of other cells in the same round still stands.
enum class Reach : std::uint8_t { local, wide };

bool small(std::int64_t count, std::int64_t k) { return count >= 1 && count < k; }

/// Hides more, round by round, until the attacker is left with nothing. Whatever is hidden only enlarges what
/// the attacker must hold possible, so a cell once proven stays so, and rounds look only at those that are
/// not.
class Search {
 public:
  Search(const Draft& draft, const Knowledge& knowledge, const DisclosureRule& rule,
         const Execution& execution);
  Suppression run() &&;

 private:
  void withhold_small_columns();
  void suppress_small_counts();
  void withhold_what_is_too_narrow();
  void protect(Sees sees);
  bool round(Sees sees);
  Reach remedy(const Obstacle& obstacle, std::size_t cell);
  void withhold_fact(const Obstacle& obstacle);
  Reach hide_count(const Obstacle& obstacle, std::size_t cell);
  Reach withhold_something(const Obstacle& obstacle, std::size_t cell);
  void withhold_column(std::size_t table, std::size_t column);
  std::vector<std::size_t> published_in(const Obstacle& obstacle) const;
  std::vector<std::size_t> published_zeros() const;
  bool in_small_column(const CountCell& cell) const;
  bool is_guarded(std::size_t cell) const;
  std::vector<std::size_t> unproven() const;
  void prove_by_transfers(Sees sees);

  bool published(std::size_t cell) const { return out_.hidden.cells[cell] == CellState::published; }
  const CountColumn& declared(std::size_t table, std::size_t column) const {
    return draft_.tables[table].counts[column];
  }

  const Draft& draft_;
  const Knowledge& knowledge_;
  const std::int64_t k_;
  const Guarded guarded_;
  const Execution& execution_;
  const std::vector<std::int64_t> shares_;
  std::vector<std::size_t> class_of_fact_;
  std::set<std::pair<std::size_t, std::size_t>> small_columns_;
  std::set<std::size_t> proven_;
  Suppression out_;
};

Search::Search(const Draft& draft, const Knowledge& knowledge, const DisclosureRule& rule,
               const Execution& execution)
    : draft_(draft),
      knowledge_(knowledge),
      k_(rule.k),
      guarded_(rule.guarded),
      execution_(execution),
      shares_(possible_shares(knowledge, execution)),
      class_of_fact_(knowledge.facts.size()) {
  out_.hidden.cells.assign(knowledge.cells.size(), CellState::published);
  out_.hidden.classes.assign(knowledge.classes.size(), 0);
  for (std::size_t c = 0; c < knowledge.classes.size(); ++c)
    for (const std::size_t fact : knowledge.classes[c].facts) class_of_fact_[fact] = c;
}

void Search::withhold_column(std::size_t table, std::size_t column) {
  for (std::size_t c = 0; c < knowledge_.cells.size(); ++c)
    if (knowledge_.cells[c].table == table && knowledge_.cells[c].column == column)
      out_.hidden.cells[c] = CellState::withheld;
  for (std::size_t c = 0; c < knowledge_.classes.size(); ++c)
    if (knowledge_.classes[c].table == table && knowledge_.classes[c].counts == column)
      out_.hidden.classes[c] = 1;
}

/// Columns whose sum, which is known, is itself a small count: nothing in them can be shown.
void Search::withhold_small_columns() {
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> sums;
  for (const CountCell& cell : knowledge_.cells) sums[{cell.table, cell.column}] += cell.value;
  for (const auto& [column, sum] : sums) {
    if (!small(sum, k_)) continue;
    small_columns_.insert(column);
    withhold_column(column.first, column.second);
  }
}

bool Search::in_small_column(const CountCell& cell) const {
  return small_columns_.count({cell.table, cell.column}) != 0;
}

void Search::suppress_small_counts() {
  for (std::size_t c = 0; c < knowledge_.cells.size(); ++c)
    if (published(c) && small(knowledge_.cells[c].value, k_)) out_.hidden.cells[c] = CellState::suppressed;
}

/// Whether the cell's range is to cover 1 to k - 1. Small counts in withheld columns count too, except where
/// the population itself is small and its total says so.
bool Search::is_guarded(std::size_t c) const {
  const CountCell& cell = knowledge_.cells[c];
  const CellState state = out_.hidden.cells[c];
  if (small(cell.value, k_)) return state != CellState::published && !in_small_column(cell);
  return state == CellState::suppressed && guarded_ == Guarded::every_suppressed_count;
}

/// Published counts that the binding relations name, then, while no zero is suppressed yet, their zeros; each
/// in the order of ranks, so that their size has no say.
std::vector<std::size_t> Search::published_in(const Obstacle& obstacle) const {
  std::set<std::tuple<bool, std::uint64_t, std::size_t>> cells;
  for (const std::size_t relation : obstacle.structure)
    for (const LinearTerm& term : knowledge_.structure[relation].terms) {
      const std::size_t c = term.variable;
      if (c >= knowledge_.cells.size() || !published(c)) continue;
      const bool zero = knowledge_.cells[c].value == 0;
      if (!zero || out_.hidden.suppressed_at_least > 0) cells.emplace(zero, knowledge_.cells[c].rank, c);
    }
  std::vector<std::size_t> out;
  for (const auto& [zero, rank, cell] : cells) out.push_back(cell);
  return out;
}

std::vector<std::size_t> Search::published_zeros() const {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < knowledge_.cells.size(); ++c)
    if (published(c) && knowledge_.cells[c].value == 0) out.push_back(c);
  std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(knowledge_.cells[a].rank, a) < std::tie(knowledge_.cells[b].rank, b);
  });
  return out;
}

/// A count that binds the cell; else a zero that does; else, once, any zero, so that no suppressed cell is
/// known to be 1 or more; else a whole column.
Reach Search::hide_count(const Obstacle& obstacle, std::size_t cell) {
  std::vector<std::size_t> candidates = published_in(obstacle);
  if (candidates.empty() && out_.hidden.suppressed_at_least > 0) candidates = published_zeros();
  if (candidates.empty()) return withhold_something(obstacle, cell);
  out_.hidden.cells[candidates.front()] = CellState::suppressed;
  if (knowledge_.cells[candidates.front()].value > 0) return Reach::local;
  out_.hidden.suppressed_at_least = 0;
  return Reach::wide;
}

/// The cell's own column, or one that binds it.
Reach Search::withhold_something(const Obstacle& obstacle, std::size_t cell) {
  std::set<std::size_t> cells;
  for (const std::size_t relation : obstacle.structure)
    for (const LinearTerm& term : knowledge_.structure[relation].terms)
      if (term.variable < knowledge_.cells.size()) cells.insert(term.variable);
  std::vector<std::size_t> order = {cell};
  order.insert(order.end(), cells.begin(), cells.end());
  for (const std::size_t c : order) {
    if (out_.hidden.cells[c] == CellState::withheld) continue;
    withhold_column(knowledge_.cells[c].table, knowledge_.cells[c].column);
    return Reach::wide;
  }
  throw DisclosureError("the counts of table '" + draft_.tables[knowledge_.cells[cell].table].features.name +
                        "' follow from totals that are known; the table cannot be released");
}

void Search::withhold_fact(const Obstacle& obstacle) {
  const auto withheld = [&](std::size_t fact) { return out_.hidden.classes[class_of_fact_[fact]] != 0; };
  if (std::none_of(obstacle.facts.begin(), obstacle.facts.end(), withheld))
    out_.hidden.classes[class_of_fact_[obstacle.facts.front()]] = 1;
}

Reach Search::remedy(const Obstacle& obstacle, std::size_t cell) {
  if (obstacle.facts.empty()) return hide_count(obstacle, cell);
  withhold_fact(obstacle);
  return Reach::local;
}

void Search::withhold_what_is_too_narrow() {
  for (const std::size_t fact : facts_too_narrow(knowledge_, out_.hidden, k_))
    out_.hidden.classes[class_of_fact_[fact]] = 1;
}

std::vector<std::size_t> Search::unproven() const {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < knowledge_.cells.size(); ++c)
    if (is_guarded(c) && proven_.count(c) == 0) out.push_back(c);
  return out;
}

/// Settles most cells without a linear program.
void Search::prove_by_transfers(Sees sees) {
  Transfers transfers(knowledge_, out_.hidden, sees, shares_);
  for (const std::size_t cell : unproven()) {
    execution_.check();
    if (transfers.cover(cell, k_)) proven_.insert(cell);
  }
}

/// One look at every cell not yet proven; whether something had to be hidden. Cells bound by a relation that
/// was dealt with in this round wait for the next, so that one remedy can serve them all.
bool Search::round(Sees sees) {
  prove_by_transfers(sees);
  const std::vector<std::size_t> cells = unproven();
  if (cells.empty()) return false;
  Attack attack(knowledge_, out_.hidden, sees, execution_);
  std::set<std::size_t> dealt_with;
  const auto is_dealt_with = [&](std::size_t relation) { return dealt_with.count(relation) != 0; };
  bool changed = false;
  for (const std::size_t cell : cells) {
    const std::optional<Obstacle> obstacle = attack.obstacle(cell, k_);
    if (!obstacle) {
      proven_.insert(cell);
      continue;
    }
    const std::vector<std::size_t>& by = obstacle->structure;
    const bool waits = obstacle->facts.empty() && std::any_of(by.begin(), by.end(), is_dealt_with);
    changed = true;
    if (waits) continue;
    dealt_with.insert(by.begin(), by.end());
    if (remedy(*obstacle, cell) == Reach::wide) return true;
  }
  return changed;
}

void Search::protect(Sees sees) {
  proven_.clear();
  while (round(sees)) {
  }
}

/// Totals and overlaps first, since they cannot be withheld; what then still binds is due to classes.
Suppression Search::run() && {
  for (const auto& [population, total] : knowledge_.totals)
    out_.totals[population] = small(total, k_) ? std::nullopt : std::optional<std::int64_t>(total);
  withhold_small_columns();
  suppress_small_counts();
  protect(Sees::structure);
  withhold_what_is_too_narrow();
  protect(Sees::structure_and_classes);
  return std::move(out_);
}

}  // namespace

Suppression suppress(const Draft& draft, const Knowledge& knowledge, const DisclosureRule& rule,
                     const Execution& execution) {
  if (rule.k < 2 || rule.k > 1000) throw OptionError("k must be between 2 and 1000");
  return Search(draft, knowledge, rule, execution).run();
}

}  // namespace waywarden
