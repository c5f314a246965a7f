#pragma once

/// The trees of all draws and destinations: which routes are taken, by how many. Trees are shared, never
/// changed, so that a forest in which a few have been grown again costs little.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/flow/perception.h"

namespace waywarden {

struct Forest {
  std::uint32_t draws = 0;
  std::size_t destinations = 0;
  /// Row per draw.
  std::vector<std::shared_ptr<const FlowTree>> trees;

  const FlowTree& tree(std::size_t draw, std::size_t destination) const {
    return *trees[draw * destinations + destination];
  }
};

/// What a forest grows on.
struct Ground {
  const Core& core;
  const Perception& perception;
  /// Per edge, money; infinite where closed. Perceived.
  std::span<const double> costs;
  /// Per edge, on top of what is perceived: everyone knows them alike. Empty = none.
  std::span<const double> known_costs;
};

/// Grows the trees of the first `draws` draws. O(draws * (edges + destinations * core)).
Forest grow_forest(const Ground& ground, std::span<const DestinationDemand> demand, std::uint32_t draws,
                   const Execution& execution);

/// The same forest with some trees grown again on other ground: those whose flag is set, one flag per tree.
Forest regrow_forest(const Forest& forest, const Ground& ground, std::span<const DestinationDemand> demand,
                     std::span<const std::uint8_t> which, const Execution& execution);

}  // namespace waywarden
