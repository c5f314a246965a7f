#pragma once

/// Pairs of places between which journeys can be: a source and a destination, not the same, joined by a route
/// within the skim's cutoff. What every estimate of demand starts from.
///
/// 24 bytes per pair; O(pairs), with a cutoff O(places^2) bits to say what it leaves out.

#include <cstddef>
#include <string>
#include <vector>

#include "waywarden/flow/margins.h"
#include "waywarden/flow/skim.h"
#include "waywarden/network/places.h"

namespace waywarden {

struct PlacePairs {
  /// Ascending by (column, row). Row = origin, column = destination, value = source weight of the one times
  /// destination weight of the other.
  SparseTable table;
  /// Per pair, in money.
  std::vector<double> cost;
  /// Weighted with the products; 0 when there is no pair.
  double median_cost = 0.0;
  /// Pairs with weights on both sides that no route joins.
  std::size_t unreachable = 0;
  /// Pairs with weights on both sides that only routes beyond the cutoff join, and their share of the
  /// products of weights of all joined pairs.
  std::size_t beyond_cutoff = 0;
  double share_beyond_cutoff = 0.0;
  /// Places with weights that are not attached to the network.
  std::size_t unattached = 0;

  std::size_t size() const { return cost.size(); }
};

/// Throws `OptionError` for weights that are negative, not finite, so large that their products are not, or
/// all 0.
PlacePairs place_pairs(const Places& places, const Skim& skim);

/// "'a', 'b'", for messages; of many the first twenty and how many more there are.
std::string quoted(const std::vector<std::size_t>& rows, const Places& places);

}  // namespace waywarden
