#include "waywarden/patrols/best_schedule.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"

namespace waywarden {
namespace {

/// Differences smaller than this share of all journeys are rounding.
constexpr double kRounding = 1e-13;

/// Teams per [shift * sites + site].
using Counts = std::vector<std::uint32_t>;

struct Branch {
  double bound = 0.0;
  /// Number of its making: of equal bounds, the branch made last goes first.
  std::size_t order = 0;
  /// Teams that stand there for certain, and room for teams.
  Counts fixed;
  Counts room;
  /// Where the next decision is, or past the end.
  std::size_t next = 0;

  bool operator<(const Branch& other) const {
    return bound != other.bound ? bound < other.bound : order < other.order;
  }
};

class BranchAndBound {
 public:
  BranchAndBound(const TeamRules& rules, std::span<const double> detection,
                 std::span<const ShiftRoute> routes, const ScheduleLimits& limits, const Execution& execution)
      : rules_(rules), routes_(routes), limits_(limits), execution_(execution) {
    for (const double p : detection) miss_.push_back(1.0 - std::min(p, kLargestProbability));
    for (const ShiftRoute& route : routes) certain_ += route.journeys;
    slack_ = std::max(limits.slack, kRounding * certain_);
    certain_ = 2.0 * (1.0 + certain_) * static_cast<double>(rules.teams * rules.shifts);
  }

  BestSchedule run() {
    Branch root;
    root.fixed.assign(rules_.sites() * rules_.shifts, 0);
    for (std::size_t t = 0; t < rules_.shifts; ++t)
      root.room.insert(root.room.end(), rules_.room.begin(), rules_.room.end());
    enter(std::move(root));
    if (best_.schedule.empty()) throw OptionError("no schedule meets the rules for sites, teams and moves");
    double open = 0.0;
    while (!queue_.empty()) {
      const Branch top = queue_.top();
      queue_.pop();
      const bool stop = top.bound <= best_.detected + slack_ || over();
      if (stop) open = top.bound;
      if (stop) break;
      divide(top);
    }
    best_.bound = std::max({best_.detected, dropped_, open});
    return std::move(best_);
  }

 private:
  bool over() const { return made_ > limits_.branches || std::chrono::steady_clock::now() > limits_.until; }

  std::size_t row(const ShiftRoute& route) const { return route.shift * rules_.sites(); }

  double unseen(const ShiftRoute& route, const Counts& teams) const {
    double unseen = 1.0;
    for (const SiteId site : route.sites)
      unseen *= std::pow(miss_[site.index()], teams[row(route) + site.index()]);
    return unseen;
  }

  double detected(const Counts& teams) const {
    double sum = 0.0;
    for (const ShiftRoute& route : routes_) sum += route.journeys * (1.0 - unseen(route, teams));
    return sum;
  }

  /// Of the first team at each place beyond those fixed.
  std::vector<double> first_gains(const Counts& fixed) const {
    std::vector<double> gain(fixed.size(), 0.0);
    for (const ShiftRoute& route : routes_) {
      const double reaching = route.journeys * unseen(route, fixed);
      for (const SiteId site : route.sites)
        gain[row(route) + site.index()] += reaching * (1.0 - miss_[site.index()]);
    }
    return gain;
  }

  /// A team that is certain to stand somewhere gains more than all others could.
  TeamGains gains(const Branch& branch, const std::vector<double>& first) const {
    TeamGains gains(first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      gains[i].assign(branch.fixed[i], certain_);
      double gain = first[i];
      const std::size_t most = std::min<std::size_t>(branch.room[i], rules_.teams);
      for (; gains[i].size() < most; gain *= miss_[i % rules_.sites()]) gains[i].push_back(gain);
    }
    return gains;
  }

  Counts counts(const Schedule& schedule) const {
    Counts teams(rules_.sites() * rules_.shifts, 0);
    for (std::size_t t = 0; t < schedule.size(); ++t)
      for (const SiteId site : schedule[t]) ++teams[t * rules_.sites() + site.index()];
    return teams;
  }

  void take(const Schedule& schedule, const Counts& teams) {
    const double value = detected(teams);
    if (!best_.schedule.empty() && value <= best_.detected) return;
    best_.schedule = schedule;
    best_.detected = value;
  }

  /// Bounds a branch, and keeps it if it may hold something better.
  void enter(Branch branch) {
    if (made_++ % 16 == 0) execution_.check();
    const std::vector<double> first = first_gains(branch.fixed);
    const TeamGains gain = gains(branch, first);
    const auto schedule = richest_ways(rules_, gain);
    if (!schedule) return;
    const Counts teams = counts(*schedule);
    branch.bound = detected(branch.fixed);
    double most = -1.0;
    branch.next = teams.size();
    for (std::size_t i = 0; i < teams.size(); ++i) {
      if (teams[i] < branch.fixed[i]) return;  // what is certain cannot be
      for (std::size_t m = branch.fixed[i]; m < teams[i]; ++m) branch.bound += gain[i][m];
      if (teams[i] == branch.fixed[i] || first[i] <= most) continue;
      most = first[i];
      branch.next = i;
    }
    take(*schedule, teams);
    if (branch.next == teams.size() || branch.bound <= best_.detected + slack_) return drop(branch);
    branch.order = made_;
    queue_.push(std::move(branch));
  }

  /// A branch left unopened within the slack still counts for the bound.
  void drop(const Branch& branch) { dropped_ = std::max(dropped_, branch.bound); }

  void divide(const Branch& branch) {
    Branch without = branch;
    without.room[branch.next] = branch.fixed[branch.next];
    Branch with = branch;
    ++with.fixed[branch.next];
    enter(std::move(without));
    enter(std::move(with));
  }

  const TeamRules& rules_;
  std::span<const ShiftRoute> routes_;
  const ScheduleLimits& limits_;
  const Execution& execution_;
  std::vector<double> miss_;
  double certain_ = 0.0;
  double slack_ = 0.0;
  std::priority_queue<Branch> queue_;
  std::size_t made_ = 0;
  double dropped_ = 0.0;
  BestSchedule best_;
};

void check(const TeamRules& rules, std::span<const double> detection, std::span<const ShiftRoute> routes) {
  if (detection.size() != rules.sites()) throw OptionError("detection needs an entry per site");
  for (const ShiftRoute& route : routes) {
    if (route.shift >= rules.shifts) throw OptionError("a route is taken in an unknown shift");
    for (const SiteId site : route.sites)
      if (site.index() >= rules.sites()) throw OptionError("a route passes an unknown site");
  }
}

std::vector<ShiftRoute> during(std::span<const ShiftRoute> routes, std::size_t shift) {
  std::vector<ShiftRoute> own;
  for (const ShiftRoute& route : routes)
    if (route.shift == shift) own.push_back({0, route.journeys, route.sites});
  return own;
}

}  // namespace

BestSchedule best_schedule(const TeamRules& rules, std::span<const double> detection,
                           std::span<const ShiftRoute> routes, const ScheduleLimits& limits,
                           const Execution& execution) {
  check(rules, detection, routes);
  if (!rules.moves.empty()) return BranchAndBound(rules, detection, routes, limits, execution).run();
  const TeamRules one_shift{rules.teams, 1, rules.room, {}};
  ScheduleLimits share = limits;
  share.slack /= static_cast<double>(rules.shifts);
  BestSchedule best;
  for (std::size_t t = 0; t < rules.shifts; ++t) {
    const std::vector<ShiftRoute> own = during(routes, t);
    const BestSchedule part = BranchAndBound(one_shift, detection, own, share, execution).run();
    best.schedule.push_back(part.schedule.front());
    best.detected += part.detected;
    best.bound += part.bound;
  }
  return best;
}

}  // namespace waywarden
