#pragma once

/// How several teams can spend several shifts: each at one site per shift, no more teams at a site than it
/// has room for, and between consecutive shifts only moves that can be made. The ways that gain most, where
/// each further team at a site gains no more than the one before, are a flow of greatest gain through a graph
/// of (shift, site): exact and whole-numbered (Ford and Fulkerson 1962), one augmentation per team.
///
/// A team that may rest needs a site to rest at: one that no arc passes.
///
/// O(teams * arcs * nodes) at worst, with sites x shifts nodes; without rules for moves O(sites) arcs a
/// shift.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"

namespace waywarden {

struct TeamRules {
  std::size_t teams = 1;
  std::size_t shifts = 1;
  /// Teams that each site has room for; one entry per site.
  std::vector<std::uint32_t> room;
  /// Per site the sites that a team can be at in the next shift, itself among them if it may stay. Empty: any
  /// move can be made.
  std::vector<std::vector<SiteId>> moves;

  std::size_t sites() const { return room.size(); }
};

/// The site of each team in each shift: [shift][team].
using Schedule = std::vector<std::vector<SiteId>>;

/// Entry [shift * sites + site]: what the first, second ... team there gains, none gaining more than the one
/// before. No more teams go there than there are entries.
using TeamGains = std::vector<std::vector<double>>;

/// Nothing where no schedule meets the rules. Teams are in ascending order of their ways. Throws
/// `OptionError` when the rules name unknown sites or lengths differ.
std::optional<Schedule> richest_ways(const TeamRules& rules, const TeamGains& gains);

}  // namespace waywarden
