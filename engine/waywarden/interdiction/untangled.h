#pragma once

/// Nets whose nodes are split by the sites met so far. A site detects a journey once, and so does a group of
/// sites: where a walk may meet two of a group, or a site twice, what is still detected at the second depends
/// on the way by which a journey came. Such sites are taken off the branches and noted where journeys end,
/// and a node stands once for each set of them with which it can be reached; all other sites stay where they
/// were. Then one pass down a net and one up are exact again, for every set of teams.
///
/// Nodes times sets of sites noted: as many as there are ways to have met them. Few where groups are a post's
/// several crossings or a street's edges; without a bound where a group is strewn over a grid, so there is a
/// limit.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "waywarden/interdiction/site_net.h"

namespace waywarden {

inline constexpr std::size_t kMostSplitNodes = std::size_t{1} << 22U;

/// `group` is that of `Sites`, or empty: every site alone. Throws `OptionError` where more than `most` nodes
/// would be needed. O(net + branches * groups met on several branches / 64) where no walk meets a group
/// twice.
SiteNet untangled(SiteNet net, std::span<const SiteId> group, std::size_t most = kMostSplitNodes);

/// All sites that are `noted` (flag per site) at the ends, other sites left out: a list of ways. None where
/// more than `most` nodes would be needed.
std::optional<SiteNet> listed(const SiteNet& net, std::span<const std::uint8_t> noted, std::size_t most);

}  // namespace waywarden
