#pragma once

/// Cheapest generalised costs between all places, as every evader would agree on them (nothing perceived, no
/// teams).

#include <optional>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/ids.h"
#include "waywarden/network/places.h"
#include "waywarden/risk/edge_costs.h"
#include "waywarden/routing/core.h"

namespace waywarden {

class Skim {
 public:
  Skim(std::size_t places, std::vector<std::optional<double>> costs)
      : places_(places), costs_(std::move(costs)) {}

  std::size_t place_count() const { return places_; }
  /// In money; nothing where no route is, or a place is not attached. 0 for places attached to one node.
  /// Throws `OptionError` for a place that is not there.
  std::optional<double> cost(PlaceId origin, PlaceId destination) const;

 private:
  std::size_t places_;
  /// Row per destination.
  std::vector<std::optional<double>> costs_;
};

/// One search per place. Costs are exact to the rounding of `Weights`: one unit per edge. The places' nodes
/// must be terminals of the core.
Skim skim(const Core& core, const EdgeCosts& costs, const Places& places, const Execution& execution);

/// The core's node of each place; none for places that are not attached. Throws `OptionError` where a place's
/// node is not in the core.
std::vector<CoreNode> core_nodes(const Core& core, const Places& places);

}  // namespace waywarden
