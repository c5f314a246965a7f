#include "waywarden/patrols/mixed_patrol.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/patrols/detail/patrol_rules.h"
#include "waywarden/patrols/evasive_route.h"
#include "waywarden/patrols/matrix_game.h"

namespace waywarden {
namespace {

/// Part of the tolerance that each answer may be off by.
constexpr double kSlackShare = 0.1;
/// Strategies played less often than this are rounding of the linear program.
constexpr double kUnplayed = 1e-12;

/// Pairs that begin and end in the same parts of the graph have the same routes, and decide alike.
struct Ends {
  std::uint32_t origin;
  std::uint32_t destination;
  double journeys;
  std::vector<std::size_t> pairs;
};

/// Evaders who decide as one: those between two parts, or between two parts in one shift.
struct EvaderType {
  std::size_t ends;
  std::size_t first_shift;
  std::size_t end_shift;
  double weight;
};

struct Action {
  std::size_t type;
  std::size_t shift;
  std::vector<SiteId> sites;
};

/// Strategies joined later than the other mix was made are not in it.
std::vector<double> half_way(std::vector<double> mix, const std::vector<double>& other) {
  if (other.empty()) return mix;
  for (double& share : mix) share *= 0.5;
  for (std::size_t i = 0; i < other.size(); ++i) mix[i] += 0.5 * other[i];
  return mix;
}

class DoubleOracle {
 public:
  DoubleOracle(const WatchedGraph& graph, std::span<const double> detection, const JourneyPairs& pairs,
               const PatrolOptions& options, const Execution& execution)
      : graph_(site_graph(graph, detection.size())),
        detection_(detection),
        pairs_(pairs),
        options_(options),
        execution_(execution),
        rules_(detail::rules_of(options, detection.size())),
        slack_(kSlackShare * options.tolerance),
        until_(detail::moment_after(options.seconds)) {}

  MixedPatrol solve() {
    execution_.start("mixed patrol", 0);
    keep_routed_pairs();
    answer_to_uniform_watch();
    add_schedule(best_schedule(rules_, detection_, uniform_routes(), schedule_limits(), execution_).schedule);
    result_.status = Status::limit;
    bool goes_on = true;
    for (; goes_on && result_.rounds < options_.rounds && in_time(); ++result_.rounds) goes_on = play_round();
    finish();
    return std::move(result_);
  }

 private:
  std::size_t sites() const { return detection_.size(); }
  std::size_t shifts() const { return rules_.shifts; }
  EvasionLimits evasion_limits() const { return {slack_, options_.labels}; }
  ScheduleLimits schedule_limits() const { return {slack_, options_.branches, until_}; }
  bool in_time() const { return std::chrono::steady_clock::now() <= until_; }

  void join_pairs() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> position;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const std::uint32_t from = graph_.part_of_node[pairs_.origin[i]];
      const std::uint32_t to = graph_.part_of_node[pairs_.destination[i]];
      const auto [at, is_new] = position.try_emplace({from, to}, ends_.size());
      if (is_new) ends_.push_back({from, to, 0.0, {}});
      ends_[at->second].journeys += pairs_.journeys[i];
      ends_[at->second].pairs.push_back(i);
    }
  }

  void keep_routed_pairs() {
    join_pairs();
    const EvasiveRoutes unwatched(graph_, detection_, {});
    std::vector<std::uint8_t> routed(ends_.size(), 0);
    parallel_for(ends_.size(), execution_, [&](std::size_t i) {
      routed[i] = unwatched.find(ends_[i].origin, ends_[i].destination).has_value() ? 1 : 0;
    });
    result_.routed.assign(pairs_.size(), 0);
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      for (const std::size_t pair : ends_[i].pairs) result_.routed[pair] = routed[i];
      if (routed[i] != 0) result_.journeys += ends_[i].journeys;
    }
    for (std::size_t i = 0; i < ends_.size(); ++i)
      if (routed[i] != 0 && ends_[i].journeys > 0.0) add_types(i);
  }

  void add_types(std::size_t ends) {
    const double weight = ends_[ends].journeys / result_.journeys;
    if (options_.shift_choice == ShiftChoice::chosen) {
      types_.push_back({ends, 0, shifts(), weight});
      return;
    }
    const std::vector<double>& share = options_.shift_share;
    const double all = std::accumulate(share.begin(), share.end(), 0.0);
    for (std::size_t t = 0; t < shifts(); ++t)
      if (share[t] > 0.0) types_.push_back({ends, t, t + 1, weight * share[t] / all});
  }

  /// Routes to begin with: the answers to one team that is as often at one site as at any other.
  void answer_to_uniform_watch() {
    StandMix uniform;
    for (std::size_t x = 0; x < sites(); ++x) uniform.stand.push_back({SiteId(x)});
    uniform.probability.assign(sites(), 1.0 / static_cast<double>(std::max<std::size_t>(1, sites())));
    const std::vector<StandMix> mixes(shifts(), uniform);
    add_actions(answers(mixes));
  }

  std::vector<ShiftRoute> uniform_routes() const {
    std::vector<ShiftRoute> routes;
    for (const Action& action : actions_)
      routes.push_back({action.shift, types_[action.type].weight, action.sites});
    return routes;
  }

  struct Answer {
    Action action;
    EvasiveRoute route;
  };

  /// The least detected route of each type and shift, in that order.
  std::vector<Answer> answers(const std::vector<StandMix>& mixes) const {
    std::vector<EvasiveRoutes> routes;
    for (const StandMix& mix : mixes) routes.emplace_back(graph_, detection_, mix);
    std::vector<Answer> asked;
    for (std::size_t type = 0; type < types_.size(); ++type)
      for (std::size_t t = types_[type].first_shift; t < types_[type].end_shift; ++t)
        asked.push_back({{type, t, {}}, {}});
    parallel_for(asked.size(), execution_, [&](std::size_t i) {
      Action& action = asked[i].action;
      const Ends& ends = ends_[types_[action.type].ends];
      const auto found =
          routes[action.shift].find(ends.origin, ends.destination, evasion_limits(), execution_);
      asked[i].route = found.value();
      action.sites = asked[i].route.sites;
    });
    return asked;
  }

  /// Whether any was new. Routes past the same sites are the same.
  bool add_actions(const std::vector<Answer>& answers) {
    bool any = false;
    for (const Answer& answer : answers) {
      std::vector<SiteId> key = answer.action.sites;
      std::sort(key.begin(), key.end());
      if (!known_actions_.emplace(answer.action.type, answer.action.shift, std::move(key)).second) continue;
      actions_.push_back(answer.action);
      game_.type.push_back(answer.action.type);
      std::vector<double>& payoff = game_.payoff.emplace_back();
      for (const auto& stands : stands_) payoff.push_back(payoff_of(answer.action, stands));
      any = true;
    }
    return any;
  }

  bool add_schedule(const Schedule& schedule) {
    std::vector<Stand> stands = schedule;
    for (Stand& stand : stands) std::sort(stand.begin(), stand.end());
    if (!known_schedules_.insert(stands).second) return false;
    schedules_.push_back(schedule);
    for (std::size_t a = 0; a < actions_.size(); ++a)
      game_.payoff[a].push_back(payoff_of(actions_[a], stands));
    stands_.push_back(std::move(stands));
    ++game_.rows;
    return true;
  }

  double payoff_of(const Action& action, const std::vector<Stand>& stands) const {
    return detection_of(action.sites, stands[action.shift], detection_);
  }

  std::vector<StandMix> mixes_of(const std::vector<double>& probability) const {
    std::vector<std::map<Stand, double>> sums(shifts());
    for (std::size_t s = 0; s < stands_.size(); ++s)
      for (std::size_t t = 0; t < shifts() && probability[s] > kUnplayed; ++t)
        sums[t][stands_[s][t]] += probability[s];
    std::vector<StandMix> mixes(shifts());
    for (std::size_t t = 0; t < shifts(); ++t)
      for (const auto& [stand, share] : sums[t]) {
        mixes[t].stand.push_back(stand);
        mixes[t].probability.push_back(share);
      }
    return mixes;
  }

  /// False when the search is over. Answers to the strategies of the restricted game jump about; answers to
  /// strategies half way to the best known ones find what matters sooner (Wentges 1997), and where they find
  /// nothing new, those to the restricted game's own decide.
  bool play_round() {
    execution_.check();
    execution_.advance();
    game_.weight.clear();
    for (const EvaderType& type : types_) game_.weight.push_back(type.weight);
    now_ = equilibrium(game_, now_, execution_);
    bool goes_on = answer_to(half_way(now_.row, best_row_), half_way(now_.column, best_column_));
    if (!goes_on && !close()) goes_on = answer_to(now_.row, now_.column);
    if (close()) result_.status = Status::optimal;
    if (!close() && !goes_on && in_time()) result_.status = Status::gap;
    return goes_on && !close();
  }

  bool close() const { return result_.upper - result_.lower <= options_.tolerance; }

  /// Bounds from both players' best answers; whether any of them is new.
  bool answer_to(const std::vector<double>& row, const std::vector<double>& column) {
    const std::vector<Answer> evasions = answers(mixes_of(row));
    keep_lower(row, evasions);
    const BestSchedule patrol =
        best_schedule(rules_, detection_, routes_of(column), schedule_limits(), execution_);
    keep_upper(column, patrol.bound);
    const bool new_routes = add_actions(evasions);
    const bool new_schedule = add_schedule(patrol.schedule);
    return new_routes || new_schedule;
  }

  std::vector<ShiftRoute> routes_of(const std::vector<double>& column) const {
    std::vector<ShiftRoute> routes;
    for (std::size_t a = 0; a < actions_.size(); ++a)
      if (column[a] > 0.0)
        routes.push_back({actions_[a].shift, types_[actions_[a].type].weight * column[a], actions_[a].sites});
    return routes;
  }

  void keep_lower(const std::vector<double>& row, const std::vector<Answer>& evasions) {
    std::vector<double> least(types_.size(), 1.0);
    for (const Answer& answer : evasions)
      least[answer.action.type] = std::min(least[answer.action.type], answer.route.bound);
    double lower = 0.0;
    for (std::size_t type = 0; type < types_.size(); ++type) lower += types_[type].weight * least[type];
    if (!best_row_.empty() && lower <= result_.lower) return;
    result_.lower = lower;
    best_row_ = row;
    least_ = std::move(least);
  }

  void keep_upper(const std::vector<double>& column, double upper) {
    if (!best_column_.empty() && upper >= result_.upper) return;
    result_.upper = upper;
    best_column_ = column;
  }

  void finish() {
    report_schedules();
    report_routes();
    report_pairs();
    if (types_.empty()) result_.upper = 0.0;
    // Both bounds hold up to rounding of sums.
    result_.upper = std::max(result_.upper, result_.lower);
  }

  void report_schedules() {
    result_.coverage.assign(shifts() * sites(), 0.0);
    best_row_.resize(schedules_.size(), 0.0);
    double all = 0.0;
    for (const double share : best_row_) all += share > kUnplayed ? share : 0.0;
    for (std::size_t s = 0; s < schedules_.size(); ++s) {
      if (best_row_[s] <= kUnplayed) continue;
      result_.schedule.push_back(schedules_[s]);
      result_.probability.push_back(best_row_[s] / all);
      for (std::size_t t = 0; t < shifts(); ++t)
        for (const SiteId site : schedules_[s][t])
          result_.coverage[t * sites() + site.index()] += result_.probability.back();
    }
  }

  void report_routes() {
    for (std::size_t a = 0; a < best_column_.size(); ++a) {
      if (best_column_[a] <= kUnplayed) continue;
      for (const std::size_t pair : ends_[types_[actions_[a].type].ends].pairs)
        result_.routes.push_back({pair, actions_[a].shift, best_column_[a], actions_[a].sites});
    }
    std::stable_sort(result_.routes.begin(), result_.routes.end(),
                     [](const PatrolledRoute& a, const PatrolledRoute& b) {
                       return std::pair(a.pair, a.shift) < std::pair(b.pair, b.shift);
                     });
  }

  void report_pairs() {
    result_.detection.assign(pairs_.size(), 0.0);
    for (std::size_t type = 0; type < least_.size(); ++type) {
      const Ends& ends = ends_[types_[type].ends];
      const double share = types_[type].weight * result_.journeys / ends.journeys;
      for (const std::size_t pair : ends.pairs) result_.detection[pair] += least_[type] * share;
    }
  }

  SiteGraph graph_;
  std::span<const double> detection_;
  const JourneyPairs& pairs_;
  const PatrolOptions& options_;
  const Execution& execution_;
  TeamRules rules_;
  double slack_;
  std::chrono::steady_clock::time_point until_;
  std::vector<Ends> ends_;
  std::vector<EvaderType> types_;
  std::vector<Action> actions_;
  std::vector<Schedule> schedules_;
  /// Per schedule and shift, without regard to which team is which.
  std::vector<std::vector<Stand>> stands_;
  std::set<std::tuple<std::size_t, std::size_t, std::vector<SiteId>>> known_actions_;
  std::set<std::vector<Stand>> known_schedules_;
  MatrixGame game_;
  Equilibrium now_;
  std::vector<double> best_row_;
  std::vector<double> best_column_;
  std::vector<double> least_;
  MixedPatrol result_;
};

}  // namespace

MixedPatrol mixed_patrol(const WatchedGraph& graph, std::span<const double> detection,
                         const JourneyPairs& pairs, const PatrolOptions& options,
                         const Execution& execution) {
  detail::check_patrol(graph, detection, pairs, options);
  return DoubleOracle(graph, detection, pairs, options, execution).solve();
}

}  // namespace waywarden
