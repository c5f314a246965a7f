#include "waywarden/patrols/team_ways.h"

#include <algorithm>
#include <deque>
#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kUnreached = -std::numeric_limits<double>::infinity();
constexpr std::size_t kNone = static_cast<std::size_t>(-1);
/// Differences of gains below this are rounding, and must not make a search go round.
constexpr double kSmall = 1e-13;

void check(const TeamRules& rules, const TeamGains& gains) {
  const std::size_t sites = rules.sites();
  if (gains.size() != sites * rules.shifts)
    throw OptionError("gains of teams need an entry per shift and site");
  if (!rules.moves.empty() && rules.moves.size() != sites)
    throw OptionError("moves of teams need an entry per site");
  for (const auto& moves : rules.moves)
    for (const SiteId site : moves)
      if (site.index() >= sites) throw OptionError("a move leads to an unknown site");
}

/// Flow of greatest gain, one unit after the other along the richest way left.
class GainFlow {
 public:
  explicit GainFlow(std::size_t nodes) : out_(nodes), gain_to_(nodes), by_(nodes) {}

  void join(std::size_t from, std::size_t to, std::size_t room, double gain) {
    out_[from].push_back(arcs_.size());
    arcs_.push_back({to, room, gain});
    out_[to].push_back(arcs_.size());
    arcs_.push_back({from, 0, -gain});
  }

  /// False where no further unit gets through.
  bool push(std::size_t source, std::size_t sink) {
    measure(source);
    if (gain_to_[sink] == kUnreached) return false;
    for (std::size_t v = sink; v != source; v = arcs_[by_[v] ^ 1].to) {
      --arcs_[by_[v]].room;
      ++arcs_[by_[v] ^ 1].room;
    }
    return true;
  }

  /// Follows one unit of flow on from a node and takes it away.
  std::size_t follow(std::size_t from) {
    for (const std::size_t a : out_[from]) {
      if (a % 2 != 0 || arcs_[a ^ 1].room == 0) continue;
      --arcs_[a ^ 1].room;
      return arcs_[a].to;
    }
    return kNone;
  }

 private:
  struct Arc {
    std::size_t to;
    std::size_t room;
    double gain;
  };

  /// Bellman-Ford with a queue: gains may be negative on the way back.
  void measure(std::size_t source) {
    std::fill(gain_to_.begin(), gain_to_.end(), kUnreached);
    std::vector<std::uint8_t> waits(out_.size(), 0);
    std::deque<std::size_t> queue{source};
    gain_to_[source] = 0.0;
    while (!queue.empty()) {
      const std::size_t v = queue.front();
      queue.pop_front();
      waits[v] = 0;
      for (const std::size_t a : out_[v]) {
        const Arc& arc = arcs_[a];
        if (arc.room == 0 || gain_to_[v] + arc.gain <= gain_to_[arc.to] + kSmall) continue;
        gain_to_[arc.to] = gain_to_[v] + arc.gain;
        by_[arc.to] = a;
        if (waits[arc.to] == 0) queue.push_back(arc.to);
        waits[arc.to] = 1;
      }
    }
  }

  std::vector<std::vector<std::size_t>> out_;
  std::vector<Arc> arcs_;
  std::vector<double> gain_to_;
  std::vector<std::size_t> by_;
};

/// (shift, site) twice, for teams that come and teams that leave; a gate before each shift, the first of
/// which is the source; the sink.
struct Layout {
  std::size_t sites;
  std::size_t shifts;

  std::size_t arrival(std::size_t shift, std::size_t site) const { return 2 * (shift * sites + site); }
  std::size_t gate(std::size_t shift) const { return 2 * sites * shifts + shift; }
  std::size_t sink() const { return gate(shifts); }
  std::size_t nodes() const { return sink() + 1; }
};

void join_shift(GainFlow& flow, const Layout& at, const TeamRules& rules, std::size_t shift) {
  const bool last = shift + 1 == rules.shifts;
  for (std::size_t x = 0; x < at.sites; ++x) {
    const std::size_t leave = at.arrival(shift, x) + 1;
    if (shift == 0 || rules.moves.empty()) flow.join(at.gate(shift), at.arrival(shift, x), rules.teams, 0.0);
    if (last || rules.moves.empty()) {
      flow.join(leave, at.gate(shift + 1), rules.teams, 0.0);
    } else {
      for (const SiteId to : rules.moves[x])
        flow.join(leave, at.arrival(shift + 1, to.index()), rules.teams, 0.0);
    }
  }
}

GainFlow flow_of(const TeamRules& rules, const TeamGains& gains, const Layout& at) {
  GainFlow flow(at.nodes());
  for (std::size_t t = 0; t < rules.shifts; ++t) {
    join_shift(flow, at, rules, t);
    for (std::size_t x = 0; x < at.sites; ++x)
      for (const double gain : gains[t * at.sites + x])
        flow.join(at.arrival(t, x), at.arrival(t, x) + 1, 1, gain);
  }
  return flow;
}

std::vector<SiteId> take_way(GainFlow& flow, const Layout& at) {
  std::vector<SiteId> way;
  for (std::size_t v = at.gate(0); v != at.sink(); v = flow.follow(v))
    if (v < at.gate(0) && v % 2 == 0) way.emplace_back((v / 2) % at.sites);
  return way;
}

}  // namespace

std::optional<Schedule> richest_ways(const TeamRules& rules, const TeamGains& gains) {
  check(rules, gains);
  const Layout at{rules.sites(), rules.shifts};
  GainFlow flow = flow_of(rules, gains, at);
  for (std::size_t team = 0; team < rules.teams; ++team)
    if (!flow.push(at.gate(0), at.sink())) return std::nullopt;
  std::vector<std::vector<SiteId>> ways;
  for (std::size_t team = 0; team < rules.teams; ++team) ways.push_back(take_way(flow, at));
  std::sort(ways.begin(), ways.end());
  Schedule schedule(rules.shifts);
  for (std::size_t t = 0; t < rules.shifts; ++t)
    for (const auto& way : ways) schedule[t].push_back(way[t]);
  return schedule;
}

}  // namespace waywarden
