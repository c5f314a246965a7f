#include "waywarden/network_interdiction/detail/worst_case_master.h"

#include <algorithm>
#include <limits>

namespace waywarden::detail {
namespace {

/// Cuts violated by less, relative to the pair's range of evasion, are not worth a row.
constexpr double kWorthARow = 1e-6;
/// Solves that a cut may stay slack for.
constexpr std::uint32_t kPatience = 4;
/// Of the objective in the program, so that the solver's tolerances suit it.
constexpr double kObjectiveSum = 1000.0;

std::vector<double> spans(const EvasionLevels& levels) {
  std::vector<double> spans;
  for (const LevelledPair& pair : levels.pairs()) spans.push_back(pair.ceiling - pair.floor);
  return spans;
}

double objective_scale(const EvasionLevels& levels) {
  double sum = 0.0;
  for (const LevelledPair& pair : levels.pairs()) sum += pair.weight * (pair.ceiling - pair.floor);
  return sum > 0.0 ? kObjectiveSum / sum : 1.0;
}

double dearest(const EvasionLevels& levels) {
  double most = 0.0;
  for (const std::uint32_t site : levels.choice()) most = std::max(most, levels.cost(site));
  return most > 0.0 ? most : 1.0;
}

ProgramRows budget_row(const EvasionLevels& levels) {
  const double unit = dearest(levels);
  ProgramRows rows;
  for (std::size_t i = 0; i < levels.choice().size(); ++i) {
    rows.add(static_cast<int>(i), -levels.cost(levels.choice()[i]) / unit);
  }
  rows.close(-levels.budget() / unit);
  return rows;
}

}  // namespace

LinearProgram WorstCaseMaster::program_for(const EvasionLevels& levels, double scale) {
  const std::size_t sites = levels.choice().size();
  std::vector<double> cost(sites, 0.0);
  for (const LevelledPair& pair : levels.pairs()) {
    cost.push_back(scale * pair.weight * (pair.ceiling - pair.floor));
  }
  const std::vector<double> low(cost.size(), 0.0);
  const std::vector<double> high(cost.size(), 1.0);
  LinearProgram program(cost, low, high);
  program.add_rows(budget_row(levels));
  return program;
}

WorstCaseMaster::WorstCaseMaster(const EvasionLevels& levels)
    : levels_(levels),
      scale_(objective_scale(levels)),
      base_(levels.least()),
      column_of_site_(levels.problem().sites(), -1),
      span_(spans(levels)),
      low_(levels.choice().size(), 0.0),
      high_(levels.choice().size(), 1.0),
      program_(program_for(levels, scale_)),
      reduced_(levels.choice().size(), 0.0) {
  double all = 0.0;
  for (std::size_t i = 0; i < sites(); ++i) {
    column_of_site_[levels.choice()[i]] = static_cast<int>(i);
    all += levels.cost(levels.choice()[i]);
  }
  core_.assign(levels.problem().sites(), all > 0.0 ? std::min(1.0, levels.budget() / all) : 1.0);
}

void WorstCaseMaster::set_bounds(std::size_t position, double low, double high) {
  if (low_[position] == low && high_[position] == high) return;
  low_[position] = low;
  high_[position] = high;
  program_.set_bounds(static_cast<int>(position), low, high);
}

void WorstCaseMaster::solve() { solve(std::numeric_limits<int>::max()); }

void WorstCaseMaster::solve(int steps) {
  program_.solve(steps);
  rate();
}

/// Weak duality: any prices that are not negative bound the program's value from below.
void WorstCaseMaster::rate() {
  const auto prices = program_.row_prices();
  const double unit = dearest(levels_);
  const double of_budget = std::max(0.0, prices[0]);
  double bound = -of_budget * levels_.budget() / unit;
  for (std::size_t i = 0; i < sites(); ++i)
    reduced_[i] = of_budget * levels_.cost(levels_.choice()[i]) / unit;
  std::vector<double> of_pair(span_.size(), 0.0);
  for (std::size_t i = 0; i < cuts_.size(); ++i) {
    const double price = prices[i + 1];
    if (price <= 0.0) continue;
    bound += price * cuts_[i].constant;
    of_pair[cuts_[i].pair] += price;
    for (const auto& [column, weight] : cuts_[i].terms)
      reduced_[static_cast<std::size_t>(column)] -= price * weight;
  }
  for (std::size_t i = 0; i < sites(); ++i) bound += reduced_[i] * (reduced_[i] > 0.0 ? low_[i] : high_[i]);
  for (std::size_t pair = 0; pair < span_.size(); ++pair) {
    bound += std::min(0.0, scale_ * levels_.pairs()[pair].weight * span_[pair] - of_pair[pair]);
  }
  bound_ = bound / scale_ + base_;
  for (double& reduced : reduced_) reduced /= scale_;
}

std::vector<double> WorstCaseMaster::by_site(std::span<const double> x) const {
  std::vector<double> spread(column_of_site_.size(), 0.0);
  for (std::size_t i = 0; i < x.size(); ++i) spread[levels_.choice()[i]] = std::clamp(x[i], 0.0, 1.0);
  return spread;
}

void WorstCaseMaster::move_core() {
  const auto now = x();
  for (std::size_t i = 0; i < now.size(); ++i) {
    double& core = core_[levels_.choice()[i]];
    core = 0.5 * (core + std::clamp(now[i], 0.0, 1.0));
  }
}

void WorstCaseMaster::add(const StepCut& cut, std::size_t pair, ProgramRows& rows) {
  const LevelledPair& levelled = levels_.pairs()[pair];
  Cut stored{.name = static_cast<std::uint32_t>(cuts_added_++),
             .pair = static_cast<std::uint32_t>(pair),
             .idle = 0,
             .constant = (cut.constant - levelled.floor) / span_[pair],
             .terms = {}};
  for (const auto& [site, weight] : cut.terms) {
    stored.terms.emplace_back(column_of_site_[site], weight / span_[pair]);
    rows.add(stored.terms.back().first, stored.terms.back().second);
  }
  rows.add(static_cast<int>(sites() + pair), 1.0);
  rows.close(stored.constant);
  cuts_.push_back(std::move(stored));
}

WorstCaseMaster::Separation WorstCaseMaster::separate() {
  count_idle();
  const std::vector<double> here = by_site(x());
  const auto point = program_.point();
  ProgramRows rows;
  Separation separation;
  for (std::size_t pair = 0; pair < span_.size(); ++pair) {
    const LevelledPair& levelled = levels_.pairs()[pair];
    const StepCut cut = deepest_step_cut(levelled, here, core_);
    const double told = levelled.floor + span_[pair] * point[sites() + pair];
    const double violation = cut.at(here) - told;
    if (violation <= 0.0) continue;
    separation.left += levelled.weight * violation;
    if (violation > kWorthARow * span_[pair]) add(cut, pair, rows);
  }
  if (rows.size() > 0) program_.add_rows(rows);
  move_core();
  separation.cuts = rows.size();
  return separation;
}

void WorstCaseMaster::add_cuts_at(std::span<const double> x) {
  const std::vector<double> there = by_site(x);
  ProgramRows rows;
  for (std::size_t pair = 0; pair < span_.size(); ++pair) {
    const StepCut cut = deepest_step_cut(levels_.pairs()[pair], there, core_);
    if (!cut.terms.empty()) add(cut, pair, rows);
  }
  if (rows.size() > 0) program_.add_rows(rows);
}

void WorstCaseMaster::count_idle() {
  for (std::size_t i = 0; i < cuts_.size(); ++i)
    cuts_[i].idle = program_.is_basic_row(i + 1) ? cuts_[i].idle + 1 : 0;
}

void WorstCaseMaster::drop_idle_cuts() {
  std::vector<int> idle;
  for (std::size_t i = 0; i < cuts_.size(); ++i) {
    if (cuts_[i].idle > kPatience) idle.push_back(static_cast<int>(i) + 1);
  }
  if (idle.empty()) return;
  program_.remove_rows(idle);
  std::erase_if(cuts_, [](const Cut& cut) { return cut.idle > kPatience; });
}

WorstCaseMaster::Basis WorstCaseMaster::basis() const {
  const LinearProgram::Basis all = program_.basis();
  const std::size_t columns = all.size() - program_.rows();
  Basis basis{.columns = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(columns)}, .rows = {}};
  basis.budget = all[columns];
  for (std::size_t i = 0; i < cuts_.size(); ++i) {
    if (!program_.is_basic_row(i + 1)) basis.rows.emplace_back(cuts_[i].name, all[columns + 1 + i]);
  }
  return basis;
}

void WorstCaseMaster::restore(const Basis& basis) {
  LinearProgram::Basis all = basis.columns;
  all.push_back(basis.budget);
  auto bound = basis.rows.begin();
  for (const Cut& cut : cuts_) {
    while (bound != basis.rows.end() && bound->first < cut.name) ++bound;
    const bool binds = bound != basis.rows.end() && bound->first == cut.name;
    all.push_back(binds ? bound->second : LinearProgram::kBasic);
  }
  program_.restore(all);
}

}  // namespace waywarden::detail
