#include "waywarden/network_interdiction/max_flow_interdiction.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/detail/flow_attack.h"

namespace waywarden {
namespace {

using detail::CoverTerm;
using detail::FlowAttack;
using detail::FlowBound;
using detail::Mark;
using detail::PricedCut;

constexpr double kTolerance = 1e-9;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Up to here, sums of whole numbers are exact.
constexpr double kExact = 9e15;

struct Attack {
  std::vector<std::uint8_t> chosen;
  double value = kInfinity;
  double bound = 0.0;
  Status status = Status::limit;
  std::size_t nodes = 0;
};

struct Node {
  std::vector<Mark> marks;
  double bound = 0.0;
};

class FlowSearch {
 public:
  FlowSearch(const FlowAttack& attack, const AttackSites& sites, double budget, double grain,
             const SearchLimits& limits, const Execution& execution)
      : attack_(attack),
        sites_(sites),
        budget_(budget),
        grain_(grain),
        limits_(limits),
        execution_(execution) {}

  /// `known`: an attack within the budget, if any.
  Attack run(const Attack* known) {
    if (known != nullptr) best_ = {known->chosen, known->value};
    open_.push_back(root());
    consider(open_.back().marks);
    while (!open_.empty() && !over()) {
      Node node = std::move(open_.back());
      open_.pop_back();
      explore(std::move(node));
    }
    finish();
    return std::move(best_);
  }

 private:
  Node root() const {
    Node node{std::vector<Mark>(sites_.size(), Mark::open), 0.0};
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      if (sites_.state[i] == SiteState::required) node.marks[i] = Mark::in;
      if (sites_.state[i] == SiteState::forbidden) node.marks[i] = Mark::out;
    }
    return node;
  }

  bool over() const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began_;
    return best_.nodes >= limits_.nodes || elapsed.count() > limits_.seconds;
  }

  /// By how much a value must be better to count.
  double step() const { return std::max(grain_ * (1.0 - 1e-6), kTolerance * std::max(1.0, best_.value)); }
  bool hopeless(double bound) const { return bound > best_.value - step(); }

  double spent_on(const std::vector<Mark>& marks) const {
    double spent = 0.0;
    for (std::size_t i = 0; i < marks.size(); ++i) spent += marks[i] == Mark::in ? sites_.cost[i] : 0.0;
    return spent;
  }

  void consider(const std::vector<Mark>& marks) {
    const double value = attack_.flow(marks);
    if (!(value < best_.value)) return;
    best_.value = value;
    best_.chosen.assign(marks.size(), 0);
    for (std::size_t i = 0; i < marks.size(); ++i) best_.chosen[i] = marks[i] == Mark::in ? 1 : 0;
  }

  /// Sites that cannot be paid any more are out.
  double settle(std::vector<Mark>& marks) const {
    const double spent = spent_on(marks);
    for (std::size_t i = 0; i < marks.size(); ++i) {
      if (marks[i] == Mark::open && !affordable(spent + sites_.cost[i], budget_)) marks[i] = Mark::out;
    }
    return std::max(0.0, budget_ - spent) + kTolerance * std::max(1.0, budget_);
  }

  void explore(Node node) {
    execution_.check();
    ++best_.nodes;
    execution_.advance();
    const double left = settle(node.marks);
    const FlowBound found = attack_.bound(node.marks, left);
    node.bound = std::max(node.bound, found.bound);
    for (const PricedCut& cut : found.cuts) {
      if (!hopeless(node.bound)) attack_greedily(cut, node.marks);
    }
    if (!hopeless(node.bound)) branch(node, found);
  }

  /// Of a cut, the sites that hold most of it per cost, as far as the budget goes.
  void attack_greedily(const PricedCut& cut, std::vector<Mark> marks) {
    std::vector<CoverTerm> held = attack_.held(cut, marks);
    std::stable_sort(held.begin(), held.end(), [&](const CoverTerm& a, const CoverTerm& b) {
      return a.amount * sites_.cost[b.site] > b.amount * sites_.cost[a.site];
    });
    double through = attack_.capacity_of(cut, marks), spent = spent_on(marks);
    for (const CoverTerm& term : held) {
      if (!affordable(spent + sites_.cost[term.site], budget_)) continue;
      marks[term.site] = Mark::in;
      spent += sites_.cost[term.site];
      through -= term.amount;
    }
    if (!hopeless(through)) consider(marks);
  }

  /// On the site that holds most of the last cut among those it pays for.
  void branch(Node& node, const FlowBound& found) {
    const PricedCut& cut = found.cuts.back();
    const std::vector<CoverTerm> held = attack_.held(cut, node.marks);
    const CoverTerm* most = nullptr;
    for (const CoverTerm& term : held) {
      const bool paid = std::binary_search(cut.paid.begin(), cut.paid.end(), term.site);
      if (paid && (most == nullptr || term.amount > most->amount)) most = &term;
    }
    // A cut that holds nothing to attack is what flows, and it has been considered.
    if (most == nullptr) return;
    Node without = node;
    without.marks[most->site] = Mark::out;
    node.marks[most->site] = Mark::in;
    open_.push_back(std::move(without));
    open_.push_back(std::move(node));
  }

  void finish() {
    best_.bound = best_.value;
    for (const Node& node : open_) {
      if (!hopeless(node.bound)) best_.bound = std::min(best_.bound, node.bound);
    }
    best_.status = best_.bound < best_.value ? Status::limit : Status::optimal;
  }

  const FlowAttack& attack_;
  const AttackSites& sites_;
  double budget_;
  double grain_;
  SearchLimits limits_;
  const Execution& execution_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::vector<Node> open_;
  Attack best_;
};

/// 1 where every flow is a whole number.
double grain_of(std::span<const double> capacity) {
  const bool whole =
      std::all_of(capacity.begin(), capacity.end(), [](double c) { return c == std::floor(c); });
  return whole && std::accumulate(capacity.begin(), capacity.end(), 0.0) < kExact ? 1.0 : 0.0;
}

std::vector<std::size_t> ascending(std::span<const double> budgets) {
  std::vector<std::size_t> order(budgets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return budgets[a] < budgets[b]; });
  return order;
}

/// What a larger budget cannot get below, a smaller one cannot.
void pass_bounds_down(std::vector<Attack>& attacks, std::span<const std::size_t> order) {
  double bound = 0.0;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    Attack& attack = attacks[*i];
    bound = attack.bound = std::min(attack.value, std::max(attack.bound, bound));
    if (attack.bound >= attack.value) attack.status = Status::optimal;
  }
}

FlowFrontier frontier_of(const std::vector<Attack>& attacks, const AttackSites& sites,
                         std::span<const double> budgets) {
  FlowFrontier frontier;
  frontier.budget.assign(budgets.begin(), budgets.end());
  for (const Attack& attack : attacks) {
    frontier.site.push_back(placement_of(attack.chosen));
    frontier.cost.push_back(cost_of(sites, frontier.site.back()));
    frontier.value.push_back(attack.value);
    frontier.bound.push_back(attack.bound);
    frontier.status.push_back(attack.status);
    frontier.nodes.push_back(attack.nodes);
  }
  return frontier;
}

}  // namespace

FlowFrontier max_flow_interdiction(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                                   const AttackSites& sites, FlowEnds ends,
                                   const MaxFlowInterdictionOptions& options, const Execution& execution) {
  for (const double budget : options.budgets) check_sites(sites, arcs.tail.size(), budget);
  // Checks the rest.
  static_cast<void>(minimum_cut(nodes, arcs, capacity, ends.source, ends.sink));
  const FlowAttack attack(nodes, arcs, capacity, sites, ends);
  std::vector<Attack> attacks(options.budgets.size());
  const std::vector<std::size_t> order = ascending(options.budgets);
  const Attack* known = nullptr;
  execution.start("interdiction", options.limits.nodes * order.size());
  for (const std::size_t i : order) {
    attacks[i] = FlowSearch(attack, sites, options.budgets[i], grain_of(capacity), options.limits, execution)
                     .run(known);
    known = &attacks[i];
  }
  pass_bounds_down(attacks, order);
  return frontier_of(attacks, sites, options.budgets);
}

}  // namespace waywarden
