#include "waywarden/privacy/transfers.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kRounding = 1e-9;
/// More records than any move.
constexpr std::int64_t kNoLimit = std::int64_t{1} << 40;
/// Paths tried for one cell and direction before it is left to the linear program.
constexpr int kMostPaths = 100;

double allowance(double bound) { return std::isfinite(bound) ? kRounding * (1.0 + std::abs(bound)) : 0.0; }

bool within(double sum, const Relation& relation) {
  return sum >= relation.low - allowance(relation.low) && sum <= relation.high + allowance(relation.high);
}

/// How many records can be moved while a sum that changes by `rate` per record stays within the relation.
std::int64_t records_within(const Relation& relation, double sum, double rate) {
  if (rate == 0.0) return kNoLimit;
  const double records = ((rate > 0.0 ? relation.high : relation.low) - sum) / rate;
  if (records >= static_cast<double>(kNoLimit)) return kNoLimit;
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(records + kRounding)));
}

std::int64_t as_limit(double bound) {
  if (bound >= static_cast<double>(kNoLimit)) return kNoLimit;
  if (bound <= -static_cast<double>(kNoLimit)) return -kNoLimit;
  return static_cast<std::int64_t>(std::llround(bound));
}

bool has_shares(const Relation& relation, std::size_t cells) {
  return std::any_of(relation.terms.begin(), relation.terms.end(),
                     [&](const LinearTerm& term) { return term.variable >= cells; });
}

/// The relation with every cell at its true count, over shared records alone.
LinearProgram::Row over_shares(const Relation& relation, const Knowledge& knowledge) {
  LinearProgram::Row row{{}, relation.low, relation.high};
  for (const LinearTerm& term : relation.terms) {
    if (term.variable >= knowledge.cells.size()) {
      row.terms.push_back({term.variable - knowledge.cells.size(), term.weight});
      continue;
    }
    row.low -= term.weight * static_cast<double>(knowledge.cells[term.variable].value);
    row.high -= term.weight * static_cast<double>(knowledge.cells[term.variable].value);
  }
  return row;
}

}  // namespace

std::vector<std::int64_t> possible_shares(const Knowledge& knowledge, const Execution& execution) {
  LinearProgram program;
  for (const SharedRecords& shared : knowledge.shared)
    program.add_variable(0.0, static_cast<double>(std::min(knowledge.cells[shared.first_cell].value,
                                                           knowledge.cells[shared.second_cell].value)));
  for (const Relation& relation : knowledge.structure)
    if (has_shares(relation, knowledge.cells.size()))
      program.rows.push_back(over_shares(relation, knowledge));
  if (program.variables() == 0) return {};
  const LinearSolution solution = Simplex(program).maximize({}, execution);
  if (solution.point.empty())
    throw OptionError(
        "the overlaps of the draft contradict its counts: pairs of rows that share records are missing");
  std::vector<std::int64_t> out;
  for (const double records : solution.point) out.push_back(static_cast<std::int64_t>(std::llround(records)));
  return out;
}

Transfers::Transfers(const Knowledge& knowledge, const Hidden& hidden, Sees sees,
                     const std::vector<std::int64_t>& shares)
    : knowledge_(knowledge), at_node_(knowledge.structure.size() + 1) {
  add_edges(hidden, shares);
  join_edges();
  for (const Edge& edge : edges_) truth_.push_back(edge.value);
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    if (!edges_[e].movable) continue;
    at_node_[edges_[e].first.node].push_back(e);
    if (edges_[e].second.node != edges_[e].first.node) at_node_[edges_[e].second.node].push_back(e);
  }
  add_facts(hidden, sees);
}

void Transfers::add_edges(const Hidden& hidden, const std::vector<std::int64_t>& shares) {
  const End nowhere{ground(), 0};
  for (std::size_t c = 0; c < knowledge_.cells.size(); ++c) {
    const std::int64_t least = hidden.cells[c] == CellState::suppressed ? hidden.suppressed_at_least : 0;
    const bool movable = hidden.cells[c] != CellState::published;
    edges_.push_back({knowledge_.cells[c].value, least, kNoLimit, nowhere, nowhere, movable});
  }
  for (const std::int64_t records : shares) edges_.push_back({records, 0, kNoLimit, nowhere, nowhere, true});
}

/// Tells every edge its two relations. Where there are more, or weights other than 1 and -1, it cannot move.
void Transfers::join_edges() {
  std::vector<int> joined(edges_.size(), 0);
  for (std::size_t r = 0; r < knowledge_.structure.size(); ++r) {
    for (const LinearTerm& term : knowledge_.structure[r].terms) {
      Edge& edge = edges_[term.variable];
      const int times = joined[term.variable]++;
      if (times >= 2 || std::abs(term.weight) != 1.0) edge.movable = false;
      if (times < 2) (times == 0 ? edge.first : edge.second) = {r, term.weight > 0.0 ? 1 : -1};
    }
    if (knowledge_.structure[r].low != knowledge_.structure[r].high) add_slack(r);
  }
}

/// An inequality is an equality with one more edge, to the ground.
void Transfers::add_slack(std::size_t relation) {
  const Relation& r = knowledge_.structure[relation];
  double sum = 0.0;
  for (const LinearTerm& term : r.terms)
    sum += term.weight * static_cast<double>(edges_[term.variable].value);
  edges_.push_back({as_limit(sum), as_limit(r.low), as_limit(r.high), {relation, -1}, {ground(), 0}, true});
}

void Transfers::add_facts(const Hidden& hidden, Sees sees) {
  facts_of_.resize(knowledge_.cells.size());
  true_sum_.assign(knowledge_.facts.size(), 0.0);
  if (sees == Sees::structure_and_classes)
    for (std::size_t c = 0; c < knowledge_.classes.size(); ++c)
      if (hidden.classes[c] == 0)
        seen_.insert(seen_.end(), knowledge_.classes[c].facts.begin(), knowledge_.classes[c].facts.end());
  for (const std::size_t f : seen_)
    for (const LinearTerm& term : knowledge_.facts[f].terms) {
      true_sum_[f] += term.weight * static_cast<double>(edges_[term.variable].value);
      facts_of_[term.variable].push_back({f, term.weight});
    }
  sum_ = true_sum_;
}

std::int64_t Transfers::fact_room(const Path& path) const {
  std::vector<Share> rates;
  for (const Change& change : path) {
    if (!is_cell(change.edge)) continue;
    for (const Share& share : facts_of_[change.edge])
      rates.push_back({share.relation, share.weight * change.direction});
  }
  std::sort(rates.begin(), rates.end(),
            [](const Share& a, const Share& b) { return a.relation < b.relation; });
  std::int64_t most = kNoLimit;
  for (std::size_t i = 0; i < rates.size();) {
    const std::size_t fact = rates[i].relation;
    double rate = 0.0;
    for (; i < rates.size() && rates[i].relation == fact; ++i) rate += rates[i].weight;
    most = std::min(most, records_within(knowledge_.facts[fact], sum_[fact], rate));
  }
  return most;
}

std::int64_t Transfers::room(const Path& path) const {
  std::map<std::size_t, std::int64_t> net;
  for (const Change& change : path) net[change.edge] += change.direction;
  std::int64_t most = fact_room(path);
  for (const auto& [e, rate] : net) {
    if (rate < 0) most = std::min(most, (edges_[e].value - edges_[e].least) / -rate);
    if (rate > 0) most = std::min(most, (edges_[e].most - edges_[e].value) / rate);
  }
  return most;
}

/// Whether a path started by `cause` may go on with the change. A cell that shares a fact with the cause is
/// looked at together with it; one that does not is of no use where the cause breaks a fact by itself.
bool Transfers::allowed(Change change, Change cause) const {
  const Edge& edge = edges_[change.edge];
  if (change.edge == cause.edge) return false;
  if (change.direction < 0 ? edge.value <= edge.least : edge.value >= edge.most) return false;
  if (!is_cell(change.edge)) return true;
  if (barred_[change.edge] != 0) return false;
  if (near_[change.edge] != 0) return cause.edge == tried_ && fact_room({cause, change}) > 0;
  return fact_room({change}) > 0 && (!same_column(change, cause) || fact_room({cause}) > 0);
}

bool Transfers::same_column(Change a, Change b) const {
  if (!is_cell(a.edge) || !is_cell(b.edge)) return false;
  const CountCell& first = knowledge_.cells[a.edge];
  const CountCell& second = knowledge_.cells[b.edge];
  return first.table == second.table && first.column == second.column;
}

/// The shortest path that takes the imbalance which the cause makes at its one end to its other end.
class Transfers::PathSearch {
 public:
  PathSearch(const Transfers& transfers, Change cause)
      : t_(transfers), cause_(cause), visits_(2 * transfers.at_node_.size()) {}

  std::optional<Path> run();

 private:
  struct Visit {
    bool made = false;
    std::size_t from = 0;
    Change by{};
  };

  void go_on_from(Imbalance at);
  void take(Imbalance at, std::size_t edge, int direction, End there);
  Path path() const;

  const Transfers& t_;
  const Change cause_;
  std::vector<Visit> visits_;
  std::deque<Imbalance> queue_;
  std::size_t start_ = 0, goal_ = 0;
};

std::optional<Transfers::Path> Transfers::PathSearch::run() {
  const Edge& edge = t_.edges_[cause_.edge];
  if (edge.first.node == t_.ground()) return Path{cause_};
  const Imbalance made{edge.first.node, edge.first.weight * cause_.direction};
  start_ = t_.state_of(made);
  goal_ = t_.state_of({edge.second.node, -edge.second.weight * cause_.direction});
  visits_[start_] = {true, start_, cause_};
  queue_.push_back(made);
  while (!queue_.empty() && !visits_[goal_].made) {
    const Imbalance at = queue_.front();
    queue_.pop_front();
    go_on_from(at);
  }
  if (!visits_[goal_].made) return std::nullopt;
  return path();
}

/// Takes every change that cancels the imbalance.
void Transfers::PathSearch::go_on_from(Imbalance at) {
  for (const std::size_t e : t_.at_node_[at.node]) {
    const Edge& edge = t_.edges_[e];
    const bool at_first = edge.first.node == at.node;
    const End here = at_first ? edge.first : edge.second;
    const End there = at_first ? edge.second : edge.first;
    for (const int direction : {-1, 1})
      if (at.node == t_.ground() || here.weight * direction == -at.sign) take(at, e, direction, there);
    if (visits_[goal_].made) return;
  }
}

void Transfers::PathSearch::take(Imbalance at, std::size_t edge, int direction, End there) {
  const Imbalance next{there.node, there.weight * direction};
  Visit& visit = visits_[t_.state_of(next)];
  if (visit.made || !t_.allowed({edge, direction}, cause_)) return;
  visit = {true, t_.state_of(at), {edge, direction}};
  queue_.push_back(next);
}

Transfers::Path Transfers::PathSearch::path() const {
  Path path = {cause_};
  for (std::size_t state = goal_; state != start_; state = visits_[state].from)
    path.push_back(visits_[state].by);
  return path;
}

void Transfers::look_around(std::size_t cell) {
  near_.assign(knowledge_.cells.size(), 0);
  for (const Share& share : facts_of_[cell])
    for (const LinearTerm& term : knowledge_.facts[share.relation].terms) near_[term.variable] = 1;
  barred_.assign(near_.size(), 0);
  exhausted_.assign(near_.size(), 0);
  tried_ = cell;
}

/// Bars the cells of a path that no record can take; those of the cause's own column if there are any, since
/// it is with them that it shares facts.
void Transfers::bar(const Path& path) {
  const bool own =
      std::any_of(path.begin() + 1, path.end(), [&](Change c) { return same_column(c, path.front()); });
  for (std::size_t i = 1; i < path.size(); ++i)
    if (is_cell(path[i].edge) && (!own || same_column(path[i], path.front()))) barred_[path[i].edge] = 1;
}

void Transfers::move(const Path& path, std::int64_t records) {
  for (const Change& change : path) {
    edges_[change.edge].value += change.direction * records;
    if (!is_cell(change.edge)) continue;
    for (const Share& share : facts_of_[change.edge])
      sum_[share.relation] += share.weight * static_cast<double>(change.direction * records);
  }
}

bool Transfers::everything_holds() const {
  const auto sum_of = [&](const Relation& relation) {
    double sum = 0.0;
    for (const LinearTerm& term : relation.terms)
      sum += term.weight * static_cast<double>(edges_[term.variable].value);
    return sum;
  };
  const auto holds = [&](const Relation& relation) { return within(sum_of(relation), relation); };
  const auto in_bounds = [](const Edge& edge) { return edge.value >= edge.least && edge.value <= edge.most; };
  return std::all_of(edges_.begin(), edges_.end(), in_bounds) &&
         std::all_of(knowledge_.structure.begin(), knowledge_.structure.end(), holds) &&
         std::all_of(seen_.begin(), seen_.end(), [&](std::size_t f) { return holds(knowledge_.facts[f]); });
}

void Transfers::restore() {
  for (std::size_t e = 0; e < edges_.size(); ++e) edges_[e].value = truth_[e];
  sum_ = true_sum_;
}

/// Moves records the other way in a cell that shares a fact with the cause, and so makes room in that fact.
/// False when no cell can.
bool Transfers::make_room(Change cause) {
  for (std::size_t d = 0; d < near_.size(); ++d) {
    const Change relief{d, -cause.direction};
    const Edge& edge = edges_[d];
    const bool can = near_[d] != 0 && d != cause.edge && edge.movable && exhausted_[d] == 0 &&
                     fact_room({relief}) > 0 &&
                     (relief.direction < 0 ? edge.value > edge.least : edge.value < edge.most);
    if (!can) continue;
    const std::optional<Path> path = PathSearch(*this, relief).run();
    const std::int64_t records = path ? room(*path) : 0;
    if (records == 0) {
      exhausted_[d] = 1;
      continue;
    }
    move(*path, 1);
    std::fill(barred_.begin(), barred_.end(), 0);
    return true;
  }
  return false;
}

/// Moves up to the wanted number of records; returns how many, 0 when the way that was found is now barred,
/// nothing when there is none.
std::optional<std::int64_t> Transfers::advance(Change cause, std::int64_t wanted) {
  const std::optional<Path> path = PathSearch(*this, cause).run();
  if (!path) return std::nullopt;
  const std::int64_t records = std::min(wanted, room(*path));
  if (records == 0) bar(*path);
  move(*path, records);
  return records;
}

bool Transfers::can_become(std::size_t cell, std::int64_t target) {
  look_around(cell);
  std::int64_t missing = std::abs(target - edges_[cell].value);
  const Change cause{cell, target > edges_[cell].value ? 1 : -1};
  for (int tries = 0; missing > 0 && tries < kMostPaths; ++tries) {
    const std::optional<std::int64_t> moved = advance(cause, missing);
    if (!moved && !make_room(cause)) break;
    missing -= moved.value_or(0);
  }
  const bool reached = missing == 0 && everything_holds();
  restore();
  return reached;
}

bool Transfers::cover(std::size_t cell, std::int64_t k) {
  const std::int64_t value = edges_[cell].value;
  if (!edges_[cell].movable) return false;
  return (value <= 1 || can_become(cell, 1)) && (value >= k - 1 || can_become(cell, k - 1));
}

}  // namespace waywarden
