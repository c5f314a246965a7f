#include "waywarden/interdiction/profit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <queue>

#include "waywarden/base/errors.h"
#include "waywarden/base/linear_program.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// What a broken pair may lack of the interception needed.
constexpr double kLack = 1e-12;
/// Relative differences of costs or journeys below this are rounding.
constexpr double kRounding = 1e-9;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("profit: ") + what);
}

bool not_negative(double value) { return std::isfinite(value) && value >= 0.0; }

void check_trade(const Trade& trade) {
  const std::size_t pairs = trade.size();
  require(trade.revenue.size() == pairs && trade.cost.size() == pairs && trade.loss.size() == pairs,
          "columns of the pairs differ in length");
  for (std::size_t q = 0; q < pairs; ++q)
    require(not_negative(trade.journeys[q]) && not_negative(trade.revenue[q]) &&
                not_negative(trade.cost[q]) && not_negative(trade.loss[q]),
            "journeys, revenue, cost or loss is negative or not finite");
}

void check_sites(const TeamCosts& sites) {
  require(sites.cost.size() == sites.size() && sites.state.size() == sites.size(),
          "columns of the sites differ in length");
  for (std::size_t x = 0; x < sites.size(); ++x) {
    require(sites.detection[x] >= 0.0 && sites.detection[x] <= 1.0, "a probability is outside 0 to 1");
    require(not_negative(sites.cost[x]), "a site's cost is negative or not finite");
  }
}

double needed_interception(const Trade& trade, std::size_t pair) {
  const double surplus = trade.revenue[pair] - trade.cost[pair];
  return surplus <= 0.0 ? 0.0 : surplus / (trade.revenue[pair] + trade.loss[pair]);
}

struct Branch {
  /// What the branch can reach at most: journeys broken, or minus the cost.
  double bound = 0.0;
  std::size_t order = 0;
  Watched in;
  Watched out;
  std::size_t next = 0;

  bool operator<(const Branch& other) const {
    return bound != other.bound ? bound < other.bound : order < other.order;
  }
};

/// The linear program of a branch: sites that may still come, pairs that may still break.
struct Relaxation {
  LinearProgram program;
  std::vector<LinearTerm> objective;
  std::vector<std::size_t> site;
};

class Search {
 public:
  Search(const PairRoutes& routes, const Trade& trade, const TeamCosts& sites, const ProfitOptions& options,
         const Execution& execution)
      : trade_(trade),
        sites_(sites),
        options_(options),
        execution_(execution),
        interceptions_(routes, trade.size(), sites.detection),
        breaks_all_(std::isinf(options.budget)) {
    for (std::size_t q = 0; q < trade.size(); ++q) needed_.push_back(needed_interception(trade, q));
  }

  ProfitPlan run() {
    execution_.start("profit", 0);
    Branch root = undecided();
    require(cost_of(root.in) <= options_.budget, "the required sites cost more than the budget");
    find_targets(root);
    best_ = root.in;
    best_score_ = breaks_all_ ? -kInfinity : broken_by(root.in);
    enter(std::move(root));
    double open = -kInfinity;
    bool limited = false;
    while (!queue_.empty() && !limited) {
      const Branch top = queue_.top();
      queue_.pop();
      if (!better(top.bound)) break;
      limited = made_ >= options_.branches;
      if (limited) open = top.bound;
      if (!limited) divide(top);
    }
    return plan(std::max(open, best_score_), limited);
  }

 private:
  Branch undecided() const {
    Branch root;
    for (const SiteState state : sites_.state) {
      root.in.push_back(state == SiteState::required ? 1 : 0);
      root.out.push_back(state == SiteState::forbidden ? 1 : 0);
    }
    return root;
  }

  double cost_of(const Watched& watched) const {
    double cost = 0.0;
    for (std::size_t x = 0; x < watched.size(); ++x) cost += watched[x] != 0 ? sites_.cost[x] : 0.0;
    return cost;
  }

  bool breaks(std::size_t pair, double caught) const { return caught + kLack >= needed_[pair]; }

  void find_targets(const Branch& root) {
    const std::vector<double> most = interceptions_.by(within_reach(root));
    for (std::size_t q = 0; q < needed_.size(); ++q)
      target_.push_back(needed_[q] > 0.0 && breaks(q, most[q]) ? 1 : 0);
  }

  static Watched within_reach(const Branch& branch) {
    Watched reach;
    for (const std::uint8_t out : branch.out) reach.push_back(out == 0 ? 1 : 0);
    return reach;
  }

  double broken_by(const Watched& watched) const {
    const std::vector<double> caught = interceptions_.by(watched);
    double journeys = 0.0;
    for (std::size_t q = 0; q < needed_.size(); ++q)
      if (target_[q] != 0 && breaks(q, caught[q])) journeys += trade_.journeys[q];
    return journeys;
  }

  bool breaks_targets(const Watched& watched) const {
    const std::vector<double> caught = interceptions_.by(watched);
    for (std::size_t q = 0; q < needed_.size(); ++q)
      if (target_[q] != 0 && !breaks(q, caught[q])) return false;
    return true;
  }

  bool better(double score) const { return score > best_score_ + kRounding * std::abs(best_score_) + kLack; }

  void take(const Watched& watched) {
    if (breaks_all_ && !breaks_targets(watched)) return;
    const double cost = cost_of(watched);
    const double score = breaks_all_ ? -cost : broken_by(watched);
    if (score < best_score_ || (score == best_score_ && cost >= cost_of(best_))) return;
    best_score_ = score;
    best_ = watched;
  }

  /// Per pair what it lacks, 0 where it is broken, is no target, or cannot be broken any more.
  std::vector<double> lacks(const Branch& branch) const {
    const std::vector<double> caught = interceptions_.by(branch.in);
    const std::vector<double> most = interceptions_.by(within_reach(branch));
    std::vector<double> lack(needed_.size(), 0.0);
    for (std::size_t q = 0; q < needed_.size(); ++q) {
      if (target_[q] == 0 || breaks(q, caught[q])) continue;
      if (breaks(q, most[q])) lack[q] = needed_[q] - caught[q];
    }
    return lack;
  }

  /// Gains relative to what each pair lacks, cut at 1: [pair][site].
  std::vector<std::vector<double>> relative_gains(const Watched& in, const Watched& out,
                                                  const std::vector<double>& lack) const {
    std::vector<std::vector<double>> gain(lack.size());
    for (std::size_t q = 0; q < lack.size(); ++q)
      if (lack[q] > 0.0) gain[q].assign(sites_.size(), 0.0);
    interceptions_.each_gain(in, [&](std::size_t pair, std::size_t site, double more) {
      if (lack[pair] > 0.0 && out[site] == 0) gain[pair][site] += more / lack[pair];
    });
    for (auto& row : gain)
      for (double& value : row) value = std::min(value, 1.0);
    return gain;
  }

  Relaxation relaxation(const Branch& branch, const std::vector<std::vector<double>>& gain,
                        const std::vector<double>& lack) const {
    Relaxation r;
    const double left = options_.budget - cost_of(branch.in);
    LinearProgram::Row budget{{}, -kInfinity, left};
    for (std::size_t x = 0; x < sites_.size(); ++x) {
      if (branch.in[x] != 0 || branch.out[x] != 0 || sites_.cost[x] > left) continue;
      const std::size_t variable = r.program.add_variable(0.0, 1.0);
      r.site.push_back(x);
      if (breaks_all_) r.objective.push_back({variable, -sites_.cost[x]});
      budget.terms.push_back({variable, sites_.cost[x]});
    }
    if (!breaks_all_) r.program.rows.push_back(std::move(budget));
    for (std::size_t q = 0; q < gain.size(); ++q)
      if (!gain[q].empty()) add_pair(r, q, gain[q], 1.0 - kLack / lack[q]);
    return r;
  }

  void add_pair(Relaxation& r, std::size_t pair, const std::vector<double>& gain, double enough) const {
    LinearProgram::Row row{{}, breaks_all_ ? enough : 0.0, kInfinity};
    for (std::size_t i = 0; i < r.site.size(); ++i)
      if (gain[r.site[i]] > 0.0) row.terms.push_back({i, gain[r.site[i]]});
    if (!breaks_all_) {
      const std::size_t broken = r.program.add_variable(0.0, 1.0);
      r.objective.push_back({broken, trade_.journeys[pair]});
      row.terms.push_back({broken, -enough});
    }
    r.program.rows.push_back(std::move(row));
  }

  /// Share of each site in the relaxation's solution; nothing where the branch holds nothing better.
  std::optional<std::vector<double>> bound(Branch& branch) const {
    if (breaks_all_ && !breaks_targets(within_reach(branch))) return std::nullopt;
    const std::vector<double> lack = lacks(branch);
    const Relaxation r = relaxation(branch, relative_gains(branch.in, branch.out, lack), lack);
    const LinearSolution solution = Simplex(r.program).maximize(r.objective, execution_);
    const bool solved = solution.status == LinearStatus::optimal;
    const double without = breaks_all_ ? -cost_of(branch.in) : broken_by(branch.in);
    if (solved) branch.bound = std::min(branch.bound, without + solution.value);
    std::vector<double> share(sites_.size(), 0.0);
    for (std::size_t i = 0; i < r.site.size(); ++i) share[r.site[i]] = solved ? solution.point[i] : 0.5;
    return share;
  }

  void enter(Branch branch) {
    execution_.check();
    if (made_++ == 0) branch.bound = breaks_all_ ? 0.0 : broken_by(within_reach(branch));
    const auto share = bound(branch);
    if (!share) return;
    take(completed(branch, *share));
    branch.next = most_undecided(*share);
    if (branch.next == sites_.size() || !better(branch.bound)) return;
    branch.order = made_;
    queue_.push(std::move(branch));
  }

  /// The site whose share is nearest to a half; past the end where no site has any.
  static std::size_t most_undecided(const std::vector<double>& share) {
    std::size_t next = share.size();
    double nearest = 0.5 - kRounding;
    for (std::size_t x = 0; x < share.size(); ++x) {
      if (share[x] <= kRounding) continue;
      const double distance = std::min(std::abs(share[x] - 0.5), 0.5 - 2.0 * kRounding);
      if (next != share.size() && distance >= nearest) continue;
      nearest = distance;
      next = x;
    }
    return next;
  }

  void divide(const Branch& branch) {
    Branch without = branch;
    without.out[branch.next] = 1;
    Branch with = branch;
    with.in[branch.next] = 1;
    enter(std::move(without));
    enter(std::move(with));
  }

  /// A placement: the branch's sites, those the relaxation likes in order, then greedily what helps most for
  /// its cost, less what turns out needless.
  Watched completed(const Branch& branch, const std::vector<double>& share) const {
    Watched watched = branch.in;
    std::vector<std::size_t> added;
    double left = options_.budget - cost_of(watched);
    const auto add = [&](std::size_t x) {
      if (sites_.cost[x] > left) return;
      watched[x] = 1;
      left -= sites_.cost[x];
      added.push_back(x);
    };
    for (const std::size_t x : largest_first(share)) add(x);
    for (std::size_t x = most_helpful(branch, watched, left); x < sites_.size();
         x = most_helpful(branch, watched, left))
      add(x);
    return without_needless(std::move(watched), added);
  }

  static std::vector<std::size_t> largest_first(const std::vector<double>& share) {
    std::vector<std::size_t> order;
    for (std::size_t x = 0; x < share.size(); ++x)
      if (share[x] > kRounding) order.push_back(x);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return share[a] > share[b]; });
    return order;
  }

  /// Wolsey's greedy: what is added to the shares of what pairs lack, per cost.
  std::size_t most_helpful(const Branch& branch, const Watched& watched, double left) const {
    Branch now = branch;
    now.in = watched;
    const auto gain = relative_gains(watched, branch.out, lacks(now));
    std::size_t best = sites_.size();
    double most = 0.0;
    for (std::size_t x = 0; x < sites_.size(); ++x) {
      if (sites_.cost[x] > left) continue;
      double help = 0.0;
      for (std::size_t q = 0; q < gain.size(); ++q)
        if (!gain[q].empty()) help += gain[q][x] * (breaks_all_ ? 1.0 : trade_.journeys[q]);
      help /= std::max(sites_.cost[x], kLack);
      if (help <= most * (1.0 + kRounding)) continue;
      most = help;
      best = x;
    }
    return best;
  }

  Watched without_needless(Watched watched, const std::vector<std::size_t>& added) const {
    const double broken = broken_by(watched);
    for (std::size_t i = added.size(); i-- > 0;) {
      watched[added[i]] = 0;
      if (broken_by(watched) < broken) watched[added[i]] = 1;
    }
    return watched;
  }

  ProfitPlan plan(double bound, bool limited) const {
    ProfitPlan plan;
    plan.cost = cost_of(best_);
    plan.broken_journeys = broken_by(best_);
    plan.bound = breaks_all_ ? std::max(0.0, -bound) : bound;
    plan.status = limited ? Status::limit : Status::optimal;
    plan.needed = needed_;
    plan.interception = interceptions_.by(best_);
    for (std::size_t x = 0; x < best_.size(); ++x)
      if (best_[x] != 0) plan.site.emplace_back(x);
    for (std::size_t q = 0; q < needed_.size(); ++q) {
      const double caught = plan.interception[q];
      plan.profit.push_back((1.0 - caught) * trade_.revenue[q] - trade_.cost[q] - caught * trade_.loss[q]);
      plan.state.push_back(state_of(q, caught));
    }
    return plan;
  }

  PairState state_of(std::size_t pair, double caught) const {
    if (needed_[pair] <= 0.0) return PairState::never_paid;
    if (target_[pair] == 0) return PairState::unbreakable;
    return breaks(pair, caught) ? PairState::broken : PairState::pays;
  }

  const Trade& trade_;
  const TeamCosts& sites_;
  const ProfitOptions& options_;
  const Execution& execution_;
  PairInterceptions interceptions_;
  bool breaks_all_;
  std::vector<double> needed_;
  std::vector<std::uint8_t> target_;
  std::priority_queue<Branch> queue_;
  std::size_t made_ = 0;
  Watched best_;
  double best_score_ = -kInfinity;
};

}  // namespace

std::string_view name(PairState state) {
  constexpr std::string_view kNames[] = {"never_paid", "broken", "pays", "unbreakable"};
  return kNames[static_cast<std::size_t>(state)];
}

ProfitPlan break_profit(const PairRoutes& routes, const Trade& trade, const TeamCosts& sites,
                        const ProfitOptions& options, const Execution& execution) {
  check_trade(trade);
  check_sites(sites);
  check_routes(routes, trade.size(), sites.size());
  require(!std::isnan(options.budget) && options.budget >= 0.0, "the budget is negative or NaN");
  return Search(routes, trade, sites, options, execution).run();
}

}  // namespace waywarden
