#include "waywarden/network_interdiction/detail/route_cover.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "waywarden/network_interdiction/detail/cover_bound.h"

namespace waywarden::detail {
namespace {

constexpr double kTolerance = 1e-9;
constexpr std::size_t kRootRounds = 40, kRootSteps = 200;
constexpr std::size_t kRounds = 3, kSteps = 30;
/// A swap is put before the oracle only where the pool allows it to be better, and so many times at most.
constexpr std::size_t kSwapsAsked = 100;
constexpr std::size_t kSwapWork = 10'000'000;

using Flags = std::vector<std::uint8_t>;

struct Node {
  std::vector<Mark> marks;
  double bound = std::numeric_limits<double>::infinity();
};

class CoverSearch {
 public:
  CoverSearch(const CoverProblem& problem, const SearchLimits& limits, const Execution& execution)
      : problem_(problem),
        limits_(limits),
        execution_(execution),
        pool_(problem.weight.size()),
        single_(problem.weight.size() == 1 && problem.weight[0] > 0.0) {}

  CoverResult run() {
    execution_.start("interdiction", limits_.nodes);
    open_.push_back(root());
    best_.chosen = with_marks(open_.back().marks);
    best_.value = -1.0;
    consider(best_.chosen);
    while (!open_.empty() && !over()) {
      Node node = std::move(open_.back());
      open_.pop_back();
      explore(std::move(node));
      execution_.advance();
    }
    finish();
    return std::move(best_);
  }

 private:
  const std::vector<double>& cost() const { return problem_.sites.cost; }
  std::size_t site_count() const { return problem_.sites.size(); }

  Node root() const {
    Node node{std::vector<Mark>(site_count(), Mark::open),
              total([&](std::size_t k) { return problem_.cap[k]; })};
    for (std::size_t i = 0; i < site_count(); ++i) {
      if (problem_.sites.state[i] == SiteState::required) node.marks[i] = Mark::in;
      if (problem_.sites.state[i] == SiteState::forbidden) node.marks[i] = Mark::out;
    }
    return node;
  }

  bool over() const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began_;
    return best_.nodes >= limits_.nodes || elapsed.count() > limits_.seconds;
  }

  template <class Payoff>
  double total(Payoff payoff) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < problem_.weight.size(); ++k) sum += problem_.weight[k] * payoff(k);
    return sum;
  }

  /// By how much a value must be better to count.
  double step() const {
    return std::max(problem_.grain * (1.0 - 1e-6), kTolerance * std::max(1.0, best_.value));
  }
  bool hopeless(double bound) const { return bound < best_.value + step(); }

  static Flags with_marks(const std::vector<Mark>& marks) {
    Flags chosen(marks.size(), 0);
    for (std::size_t i = 0; i < marks.size(); ++i) chosen[i] = marks[i] == Mark::in ? 1 : 0;
    return chosen;
  }

  double cost_of_flags(const Flags& chosen) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < chosen.size(); ++i) sum += chosen[i] != 0 ? cost()[i] : 0.0;
    return sum;
  }

  double pool_value(const Flags& chosen) const {
    return total([&](std::size_t k) { return pool_.payoff(k, problem_.cap[k], chosen); });
  }

  /// Puts a choice before the oracle; returns how many rows it has added.
  std::size_t consider(const Flags& chosen) {
    CoverAnswer answer = problem_.ask(chosen);
    const double value = total([&](std::size_t k) { return answer.payoff[k]; });
    if (value > best_.value) {
      best_.value = value;
      best_.chosen = chosen;
    }
    const std::size_t before = best_.rows;
    for (CoverRow& row : answer.rows) add(std::move(row), chosen);
    return best_.rows - before;
  }

  void add(CoverRow row, const Flags& chosen) {
    const double known = pool_.payoff(row.pair, problem_.cap[row.pair], chosen);
    if (value_of(row, chosen) >= known - kTolerance * std::max(1.0, std::abs(known))) return;
    auto& known_rows = pool_.rows[row.pair];
    known_rows.push_back({std::move(row), 0.0});
    ++best_.rows;
  }

  /// The relaxation that a node is judged and branched by; nothing where it is hopeless.
  std::optional<Relaxation> judge(Node& node, std::size_t steps) {
    const OpenRows open = open_rows(pool_, problem_, node.marks);
    node.bound = std::min(node.bound, row_by_row_bound(open, cost()));
    if (hopeless(node.bound)) return std::nullopt;
    const double enough = best_.value + step() * (1.0 - 1e-9);
    if (!single_ || best_.nodes == 0) {
      Relaxation found = relax(pool_, open, cost(), enough, steps);
      node.bound = std::min(node.bound, found.bound);
      if (hopeless(node.bound)) return std::nullopt;
      if (!single_) return found;
    }
    Relaxation found = relax(pool_, reaching(open, (best_.value + step()) / problem_.weight[0]), cost(),
                             1.0 - kTolerance, steps);
    if (found.bound < 1.0 - kTolerance * 0.5) return std::nullopt;
    return found;
  }

  void explore(Node node) {
    const bool first = best_.nodes == 0;
    std::optional<Relaxation> found;
    for (std::size_t round = 0;; ++round) {
      execution_.check();
      found = judge(node, first ? kRootSteps : kSteps);
      if (!found) break;
      const std::size_t added = consider(rounded(node, *found));
      const bool enough_rounds = round >= (first ? kRootRounds : kRounds) && branch_site(node, *found);
      if (added == 0 || enough_rounds || over()) break;
    }
    ++best_.nodes;
    if (first && found) improve_by_swaps();
    if (found) branch(node, *found);
  }

  bool can_take(const Node& node, double spent, std::size_t site) const {
    return node.marks[site] == Mark::open && affordable(spent + cost()[site], problem_.budget);
  }

  /// Sites that the relaxed choice takes most, as long as they can be paid.
  Flags rounded(const Node& node, const Relaxation& found) const {
    std::vector<std::size_t> order(site_count());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return found.share[i] <= 0.0 && found.gain[i] <= 0.0; });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return found.share[a] != found.share[b] ? found.share[a] > found.share[b]
                                              : found.gain[a] > found.gain[b];
    });
    Flags chosen = with_marks(node.marks);
    double spent = cost_of_flags(chosen);
    for (const std::size_t site : order) {
      if (!can_take(node, spent, site)) continue;
      chosen[site] = 1;
      spent += cost()[site];
    }
    return chosen;
  }

  /// The site that adds most among those the relaxation is undecided about, or else among all. Nothing where
  /// no row has an open site.
  std::optional<std::size_t> branch_site(const Node& node, const Relaxation& found) const {
    std::vector<double> priority(site_count(), -1.0);
    for (const OpenRows::Row& row : open_rows(pool_, problem_, node.marks).rows) {
      for (const CoverTerm& term : row.terms) priority[term.site] = priority_of(found, term.site);
    }
    const auto most = std::max_element(priority.begin(), priority.end());
    if (most == priority.end() || *most < 0.0) return std::nullopt;
    return static_cast<std::size_t>(most - priority.begin());
  }

  static double priority_of(const Relaxation& found, std::size_t site) {
    const double doubt = std::min(found.share[site], 1.0 - found.share[site]);
    return found.gain[site] * (0.1 + std::max(0.0, doubt));
  }

  void branch(Node& node, const Relaxation& found) {
    const std::optional<std::size_t> site = branch_site(node, found);
    if (!site) {
      // The rows fix the value of this node, and it has been considered; unless there was no time for that.
      if (over()) open_.push_back(std::move(node));
      return;
    }
    Node without = node;
    without.marks[*site] = Mark::out;
    node.marks[*site] = Mark::in;
    open_.push_back(std::move(without));
    open_.push_back(std::move(node));
  }

  void improve_by_swaps() {
    std::size_t work = 0, asked = 0;
    while (swap_once(work, asked)) execution_.check();
  }

  bool swap_once(std::size_t& work, std::size_t& asked) {
    const double before = best_.value;
    const Flags start = best_.chosen;
    for (std::size_t out = 0; out < site_count(); ++out) {
      if (start[out] == 0 || problem_.sites.state[out] == SiteState::required) continue;
      for (std::size_t in = 0; in < site_count(); ++in) {
        if (start[in] != 0 || problem_.sites.state[in] == SiteState::forbidden) continue;
        if (work >= kSwapWork || asked >= kSwapsAsked || over()) return false;
        asked += try_swap(start, out, in, work) ? 1 : 0;
        if (best_.value > before) return true;
      }
    }
    return false;
  }

  /// Whether the oracle was asked.
  bool try_swap(Flags chosen, std::size_t out, std::size_t in, std::size_t& work) {
    chosen[out] = 0;
    chosen[in] = 1;
    if (!affordable(cost_of_flags(chosen), problem_.budget)) return false;
    work += 1 + best_.rows;
    if (hopeless(pool_value(chosen))) return false;
    consider(chosen);
    return true;
  }

  void finish() {
    best_.bound = best_.value;
    for (const Node& node : open_) {
      if (!hopeless(node.bound)) best_.bound = std::max(best_.bound, node.bound);
    }
    best_.status = best_.bound > best_.value ? Status::limit : Status::optimal;
    drop_idle_sites();
  }

  /// Sites without which the value is the same.
  void drop_idle_sites() {
    for (std::size_t i = site_count(); i-- > 0;) {
      if (best_.chosen[i] == 0 || problem_.sites.state[i] == SiteState::required) continue;
      Flags fewer = best_.chosen;
      fewer[i] = 0;
      if (pool_value(fewer) < best_.value) continue;
      const CoverAnswer answer = problem_.ask(fewer);
      if (total([&](std::size_t k) { return answer.payoff[k]; }) >= best_.value) best_.chosen = fewer;
    }
  }

  const CoverProblem& problem_;
  SearchLimits limits_;
  const Execution& execution_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  CoverPool pool_;
  bool single_;
  std::vector<Node> open_;
  CoverResult best_;
};

}  // namespace

CoverResult best_cover(const CoverProblem& problem, const SearchLimits& limits, const Execution& execution) {
  return CoverSearch(problem, limits, execution).run();
}

double value_of(const CoverRow& row, std::span<const std::uint8_t> chosen) {
  double value = row.base;
  for (const CoverTerm& term : row.terms) value += chosen[term.site] != 0 ? term.amount : 0.0;
  return value;
}

}  // namespace waywarden::detail
