#include "waywarden/patrols/detail/patrol_rules.h"

#include <cmath>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden::detail {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("mixed patrol: ") + what);
}

bool finite_and_positive(double value) { return std::isfinite(value) && value > 0.0; }
bool not_negative(double value) { return std::isfinite(value) && value >= 0.0; }

void check_pairs(const WatchedGraph& graph, const JourneyPairs& pairs) {
  require(pairs.origin.size() == pairs.size() && pairs.destination.size() == pairs.size(),
          "columns of the pairs differ in length");
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    require(pairs.origin[i] < graph.nodes && pairs.destination[i] < graph.nodes,
            "a pair begins or ends at an unknown node");
    require(not_negative(pairs.journeys[i]), "journeys are negative or not finite");
  }
}

void check_options(const PatrolOptions& options, std::size_t sites) {
  require(options.teams > 0, "there must be a team");
  require(finite_and_positive(options.tolerance), "the tolerance must be above 0");
  require(options.seconds >= 0.0, "the time limit is negative or NaN");
  require(!options.shift_share.empty(), "there must be a shift");
  for (const double share : options.shift_share) require(not_negative(share), "a shift's share is no share");
  require(finite_and_positive(std::accumulate(options.shift_share.begin(), options.shift_share.end(), 0.0)),
          "the shifts' shares sum to nothing");
  require(options.room.empty() || options.room.size() == sites, "room needs an entry per site");
  require(options.travel_time.empty() || options.travel_time.size() == sites * sites,
          "travel times need an entry per two sites");
  for (const double time : options.travel_time)
    require(!std::isnan(time) && time >= 0.0, "a travel time is negative or NaN");
  require(!std::isnan(options.longest_move), "the longest move is NaN");
}

void check_detection(std::span<const double> detection) {
  for (const double p : detection) require(p >= 0.0 && p <= 1.0, "a probability is outside 0 to 1");
}

}  // namespace

void check_patrol(const WatchedGraph& graph, std::span<const double> detection, const JourneyPairs& pairs,
                  const PatrolOptions& options) {
  check_detection(detection);
  check_pairs(graph, pairs);
  check_options(options, detection.size());
}

TeamRules rules_of(const PatrolOptions& options, std::size_t sites) {
  TeamRules rules{options.teams, options.shift_share.size(), options.room, {}};
  if (rules.room.empty()) rules.room.assign(sites, 1);
  if (options.travel_time.empty()) return rules;
  rules.moves.resize(sites);
  for (std::size_t i = 0; i < sites * sites; ++i)
    if (options.travel_time[i] <= options.longest_move) rules.moves[i / sites].emplace_back(i % sites);
  return rules;
}

std::chrono::steady_clock::time_point moment_after(double seconds) {
  using Clock = std::chrono::steady_clock;
  const std::chrono::duration<double> wait(seconds), most = std::chrono::hours(24 * 365);
  if (wait > most) return Clock::time_point::max();
  return Clock::now() + std::chrono::duration_cast<Clock::duration>(wait);
}

}  // namespace waywarden::detail
