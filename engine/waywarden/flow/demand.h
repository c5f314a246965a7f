#pragma once

/// Expected journeys between places over the period of the study: sparse pairs (origin, destination,
/// journeys). Journeys within one place are no movement on the network and are left out.

#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/skim.h"

namespace waywarden {

/// Columns per pair, ascending by (destination, origin), each pair once, journeys > 0.
struct Demand {
  std::vector<PlaceId> origin;
  std::vector<PlaceId> destination;
  std::vector<double> journeys;

  std::size_t size() const { return journeys.size(); }
  double total() const;
};

/// The pairs [first, last) with one destination.
struct DemandGroup {
  PlaceId destination;
  std::size_t first = 0;
  std::size_t last = 0;
};
std::vector<DemandGroup> groups(const Demand& demand);

/// A stated flow, e.g. an observed count.
struct StatedFlow {
  PlaceId origin;
  PlaceId destination;
  double journeys = 0.0;
};

/// Several of one pair added up, in ascending order of their size, so that the order of rows changes nothing;
/// ascending by (destination, origin). Throws `OptionError` for places beyond `places` and for journeys that
/// are negative or not finite.
std::vector<StatedFlow> one_per_pair(std::span<const StatedFlow> flows, std::size_t places);

/// A demand, and what could not become part of it.
struct StatedDemand {
  Demand demand;
  /// Between places that no route joins, or that are not attached to the network.
  std::size_t unreachable_pairs = 0;
  double unreachable_journeys = 0.0;
  /// Origin and destination are the same place.
  std::size_t within_places = 0;
  double journeys_within_places = 0.0;
};

/// Flows as stated, one per pair; those beyond a skim's cutoff are kept. Throws as `one_per_pair` does.
StatedDemand stated_demand(std::span<const StatedFlow> flows, const Skim& skim);

}  // namespace waywarden
