#include "waywarden/network_interdiction/detail/worst_case_search.h"

#include <algorithm>

namespace waywarden::detail {
namespace {

constexpr double kIntegral = 1e-6;
constexpr double kProof = 1e-9;
/// Rounds of cuts end where they could close no more than this share of the gap.
constexpr double kTail = 0.02;
constexpr double kTailInTree = 0.1;
constexpr std::size_t kRoundsAtRoot = 200;
constexpr std::size_t kRoundsPerNode = 8;
constexpr std::size_t kNodesPerRounding = 8;

}  // namespace

WorstCaseSearch::WorstCaseSearch(EvasionLevels& levels, const WorstCaseOptions& options,
                                 const Execution& execution)
    : levels_(levels),
      options_(options),
      execution_(execution),
      gap_(std::max(options.gap, kProof)),
      search_(levels, execution),
      master_(levels),
      branching_(levels.choice().size()) {}

void WorstCaseSearch::run() {
  first_placements();
  root_bound_ = levels_.least();
  if (is_settled(root_bound_)) {
    close(root_bound_);
    return;
  }
  solve_root();
  while (!open_.empty() && nodes_ < options_.nodes && !out_of_time()) {
    if (is_settled(open_.front().bound)) break;
    dive(pop());
  }
}

double WorstCaseSearch::bound() const {
  double bound = std::min(value_, closed_);
  if (!open_.empty()) bound = std::min(bound, open_.front().bound);
  return std::max(bound, std::min(root_bound_, value_));
}

bool WorstCaseSearch::out_of_time() const {
  execution_.check();
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began_;
  return spent.count() >= options_.seconds;
}

bool WorstCaseSearch::offer(const Watched& watched) {
  const auto confirmed = levels_.confirm(watched, execution_);
  if (confirmed.evasion < value_) {
    value_ = confirmed.evasion;
    best_ = watched;
  }
  return confirmed.levels_added > 0;
}

void WorstCaseSearch::offer_improved(Watched watched) {
  watched = search_.improve(std::move(watched));
  if (levels_.implied(watched) < value_) offer(watched);
}

void WorstCaseSearch::first_placements() {
  Watched watched = levels_.always();
  do {
    watched = search_.improve(levels_.always());
  } while (offer(watched) && !out_of_time());
}

void WorstCaseSearch::round() { offer_improved(search_.rounded(master_.x())); }

void WorstCaseSearch::solve_root() {
  std::vector<double> x;
  for (const std::uint32_t site : levels_.choice()) x.push_back(best_[site]);
  master_.add_cuts_at(x);
  for (std::size_t round = 0; round < kRoundsAtRoot; ++round) {
    master_.solve();
    root_bound_ = std::max(root_bound_, master_.bound());
    if (is_settled(root_bound_)) break;
    const double left = master_.separate().left;
    if (round % 4 == 3) this->round();
    master_.drop_idle_cuts();
    if (left <= kTail * (value_ - root_bound_) || out_of_time()) break;
  }
  round();
  fix_by_reduced_costs();
  if (is_settled(root_bound_) || !keep_within_budget()) {
    close(cutoff());
    return;
  }
  push({.bound = root_bound_,
        .name = names_++,
        .fates = fates(),
        .basis = std::make_shared<WorstCaseMaster::Basis>(master_.basis())});
}

void WorstCaseSearch::push(Node node) {
  open_.push_back(std::move(node));
  std::push_heap(open_.begin(), open_.end(), [](const Node& a, const Node& b) {
    return a.bound != b.bound ? a.bound > b.bound : a.name > b.name;
  });
}

WorstCaseSearch::Node WorstCaseSearch::pop() {
  std::pop_heap(open_.begin(), open_.end(), [](const Node& a, const Node& b) {
    return a.bound != b.bound ? a.bound > b.bound : a.name > b.name;
  });
  Node node = std::move(open_.back());
  open_.pop_back();
  return node;
}

void WorstCaseSearch::enter(const std::vector<Fate>& fates) {
  for (std::size_t i = 0; i < fates.size(); ++i) {
    master_.set_bounds(i, fates[i] == Fate::watched ? 1.0 : 0.0, fates[i] == Fate::unwatched ? 0.0 : 1.0);
  }
}

std::vector<WorstCaseSearch::Fate> WorstCaseSearch::fates() const {
  std::vector<Fate> fates(master_.sites(), Fate::open);
  for (std::size_t i = 0; i < fates.size(); ++i) {
    if (master_.low(i) == master_.high(i)) fates[i] = master_.low(i) > 0.5 ? Fate::watched : Fate::unwatched;
  }
  return fates;
}

bool WorstCaseSearch::keep_within_budget() {
  double spent = 0.0;
  for (std::size_t i = 0; i < master_.sites(); ++i)
    spent += master_.low(i) * levels_.cost(levels_.choice()[i]);
  for (std::size_t i = 0; i < master_.sites(); ++i) {
    const double cost = levels_.cost(levels_.choice()[i]);
    if (master_.low(i) == 0.0 && !affordable(spent + cost, levels_.budget())) master_.set_bounds(i, 0.0, 0.0);
  }
  return affordable(spent, levels_.budget());
}

void WorstCaseSearch::dive(Node start) {
  std::optional<Node> node = std::move(start);
  enter(node->fates);
  master_.restore(*node->basis);
  while (node) {
    ++nodes_;
    if (settle_node(node->bound)) return;
    node->bound = std::max(node->bound, master_.bound());
    if (out_of_time() || nodes_ >= options_.nodes) {
      push(std::move(*node));
      return;
    }
    node = branch(std::move(*node));
  }
}

bool WorstCaseSearch::settle_node(double inherited) {
  double bound = inherited;
  for (std::size_t round = 0;; ++round) {
    master_.solve();
    bound = std::max(bound, master_.bound());
    if (is_settled(bound)) {
      close(bound);
      return true;
    }
    const auto [left, cuts] = master_.separate();
    const bool integral = is_integral();
    if (integral && cuts == 0) {
      if (offer(watched_at_x())) continue;
      close(std::min(bound, value_));
      return true;
    }
    if (integral) offer_improved(watched_at_x());
    if (!integral && (round >= kRoundsPerNode || left <= kTailInTree * (value_ - bound))) {
      fix_by_reduced_costs();
      return !keep_within_budget();
    }
    if (out_of_time()) return false;
  }
}

std::optional<WorstCaseSearch::Node> WorstCaseSearch::branch(Node node) {
  if (nodes_ % kNodesPerRounding == 1) round();
  const auto choice = branching_.choose(master_, cutoff());
  if (!choice) {
    close(node.bound);
    return std::nullopt;
  }
  node.basis = std::make_shared<WorstCaseMaster::Basis>(master_.basis());
  node.fates = fates();
  master_.drop_idle_cuts();
  auto without = half(node, choice->position, Fate::unwatched, choice->bound_down);
  auto with = half(node, choice->position, Fate::watched, choice->bound_up);
  if (with && (!without || with->bound < without->bound)) std::swap(without, with);
  if (with) push(std::move(*with));
  if (without) enter(without->fates);
  return without;
}

std::optional<WorstCaseSearch::Node> WorstCaseSearch::half(const Node& node, std::size_t position, Fate fate,
                                                           double bound) {
  Node half = node;
  half.name = names_++;
  half.bound = std::max(node.bound, bound);
  half.fates[position] = fate;
  enter(half.fates);
  if (!keep_within_budget()) return std::nullopt;
  half.fates = fates();
  if (!is_settled(half.bound)) return half;
  close(half.bound);
  return std::nullopt;
}

void WorstCaseSearch::fix_by_reduced_costs() {
  const double room = cutoff() - master_.bound();
  const std::vector<double> reduced = master_.reduced_costs();
  bool fixed = false;
  for (std::size_t i = 0; i < master_.sites(); ++i) {
    if (master_.low(i) == master_.high(i)) continue;
    if (reduced[i] > room) master_.set_bounds(i, 0.0, 0.0), fixed = true;
    if (-reduced[i] > room) master_.set_bounds(i, 1.0, 1.0), fixed = true;
  }
  if (fixed) close(cutoff());
}

bool WorstCaseSearch::is_integral() const {
  const auto x = master_.x();
  return std::all_of(x.begin(), x.end(), [](double v) { return v < kIntegral || v > 1.0 - kIntegral; });
}

Watched WorstCaseSearch::watched_at_x() const {
  Watched watched = levels_.always();
  const auto x = master_.x();
  for (std::size_t i = 0; i < x.size(); ++i) watched[levels_.choice()[i]] = x[i] > 0.5;
  return watched;
}

}  // namespace waywarden::detail
