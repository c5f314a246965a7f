#include "waywarden/interdiction/detail/worst_case_search.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace waywarden::detail {
namespace {

constexpr double kIntegral = 1e-6;
constexpr double kProof = 1e-9;
/// Rounds of cuts end where they could close no more than this share of the gap.
constexpr double kTail = 0.02;
constexpr double kTailInTree = 0.1;
constexpr std::size_t kRoundsAtRoot = 200;
constexpr std::size_t kRoundsPerNode = 8;
static const bool debug = std::getenv("SNIPDEBUG") != nullptr;

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
  if (levels_.pairs().empty()) {
    close(value_);
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
  root_bound_ = 0;
  const auto t0 = std::chrono::steady_clock::now();
  for (std::size_t round = 0; round < kRoundsAtRoot; ++round) {
    master_.solve();
    root_bound_ = std::max(root_bound_, master_.bound());
    if (is_settled(root_bound_)) break;
    const double left = master_.separate();
    if (debug)
      std::fprintf(stderr, "root %zu: bound %.6f value %.6f left %.2g cuts %zu t=%.3f\n", round, master_.bound(), value_,
                   left, master_.cuts_added(), std::chrono::duration<double>(std::chrono::steady_clock::now()-t0).count());
    if (round % 4 == 3) this->round();
    master_.drop_idle_cuts();
    if (left <= kTail * (value_ - root_bound_) || out_of_time()) break;
  }
  round();
  fix_by_reduced_costs();
  for (std::size_t i = 0; i < master_.sites(); ++i) {
    root_low_.push_back(master_.low(i));
    root_high_.push_back(master_.high(i));
  }
  if (debug) { size_t nf=0,fr=0; for (size_t i=0;i<master_.sites();++i){ nf+=master_.low(i)<master_.high(i); fr+= master_.x()[i]>1e-6&&master_.x()[i]<1-1e-6;} std::fprintf(stderr,"unfixed %zu of %zu, fractional %zu\n",nf,master_.sites(),fr);}
  if (is_settled(root_bound_)) {
    close(root_bound_);
    return;
  }
  push({.bound = root_bound_,
        .name = names_++,
        .fixings = {},
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

void WorstCaseSearch::enter(const Node& node) {
  std::vector<double> low = root_low_;
  std::vector<double> high = root_high_;
  for (const Fixing& fixing : node.fixings) low[fixing.position] = high[fixing.position] = fixing.value;
  for (std::size_t i = 0; i < low.size(); ++i) master_.set_bounds(i, low[i], high[i]);
}

void WorstCaseSearch::dive(Node start) {
  std::optional<Node> node = std::move(start);
  enter(*node);
  master_.restore(*node->basis);
  while (node) {
    ++nodes_;
    if (debug && nodes_ % 50 == 0)
      std::fprintf(stderr, "node %zu open %zu bound %.6f value %.6f depth %zu cuts %zu rows\n", nodes_, open_.size(), bound(),
                   value_, node->fixings.size(), master_.cuts_added());
    const bool settled = settle_node(node->bound);
    if (settled) return;
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
    const double left = master_.separate();
    const bool integral = is_integral();
    if (integral && left <= 1e-7 * value_) {
      if (offer(watched_at_x())) continue;
      close(std::min(bound, value_));
      return true;
    }
    if (integral) offer_improved(watched_at_x());
    if (!integral && (round >= kRoundsPerNode || left <= kTailInTree * (value_ - bound))) {
      fix_by_reduced_costs();
      return false;
    }
    if (out_of_time()) return false;
  }
}

std::optional<WorstCaseSearch::Node> WorstCaseSearch::branch(Node node) {
  if (nodes_ % 8 == 1) round();
  const Branching::Choice choice = branching_.choose(master_, cutoff());
  node.basis = std::make_shared<WorstCaseMaster::Basis>(master_.basis());
  master_.drop_idle_cuts();
  std::optional<Node> next;
  std::optional<Node> later;
  for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{1}}) {
    Node child = node;
    child.name = names_++;
    child.bound = std::max(node.bound, value == 0 ? choice.bound_down : choice.bound_up);
    child.fixings.push_back({static_cast<std::uint32_t>(choice.position), value});
    if (is_settled(child.bound)) {
      close(child.bound);
    } else if (!next || child.bound < next->bound) {
      later = std::exchange(next, std::move(child));
    } else {
      later = std::move(child);
    }
  }
  if (later) push(std::move(*later));
  if (next) enter(*next);
  return next;
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
