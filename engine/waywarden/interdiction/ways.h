#pragma once

/// Journeys by the sites they pass: all trees of a loading at once, without draws, destinations or order,
/// which the number of journeys stopped does not depend on. What searches through many placements works on
/// these: ways through the same sites are one, and fixing sites makes more of them one.
///
/// With teams at a set of sites, a way's journeys are missed with the product over its groups of 1 - the
/// largest detection among the group's teams. In hazards h = -ln(1 - detection): exp(-sum over groups of the
/// largest h).

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/interdiction/site_net.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden {

/// A site on a way.
struct Passage {
  std::uint32_t site = 0;
  /// Sites of one group have one number.
  std::uint32_t group = 0;
  double detection = 0.0;

  friend bool operator==(const Passage&, const Passage&) = default;
};

/// Columns per way. Guarantees: no two ways have the same passages; those of a way ascend by (group, site);
/// none detects nothing.
struct SiteWays {
  std::vector<double> journeys;
  std::vector<std::uint32_t> first{0};
  std::vector<Passage> passage;
  /// Sites are numbered below this.
  std::size_t sites = 0;

  std::size_t size() const { return journeys.size(); }
  std::span<const Passage> passages(std::size_t way) const {
    return std::span(passage).subspan(first[way], first[way + 1] - first[way]);
  }
};

/// Mean over draws; forbidden sites and those that detect nothing are left out, and ways without any other.
/// The same bits for any order of trees but for the order of sums. O(nodes + ways * depth * log).
SiteWays ways_of(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites);

/// Of routes that branch there may be more than can be listed: none where that takes more than `most` nodes.
std::optional<SiteWays> ways_of(std::span<const SiteNet> nets, const Sites& sites, std::size_t most);

/// What may happen to a site.
enum class Choice : std::uint8_t { open, taken, dropped };

/// SiteWays after some sites are decided: journeys that the taken ones stop, the ways of what they miss, and
/// which sites are still open, in the numbers of before; they are numbered anew in that order.
struct Decided {
  double caught = 0.0;
  SiteWays ways;
  std::vector<SiteId> open;
};
Decided decide(const SiteWays& ways, std::span<const Choice> choices);

/// Journeys stopped by teams at the sites whose flag is set.
double caught_on(const SiteWays& ways, std::span<const std::uint8_t> chosen);

/// What a team at each site would add; 0 at the chosen ones. Exact with groups too. One pass over all ways.
std::vector<double> gains_on(const SiteWays& ways, std::span<const std::uint8_t> chosen);

}  // namespace waywarden
