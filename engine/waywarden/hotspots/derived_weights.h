#pragma once

/// Weights made of weights. Islands stay islands, and rows stay where they are.

#include <cstdint>

#include "waywarden/hotspots/weights.h"

namespace waywarden {

/// Each row divided by its sum, so that a local sum is a mean. A row whose sum is 0 stays as it is.
Weights row_standardised(const Weights& weights);

/// Each cell its own neighbour by `weight`, whatever stood there.
Weights with_own_weight(const Weights& weights, double weight);

/// One way or both: what makes neighbours of two cells of which one may list the other alone.
enum class Mutual : std::uint8_t {
  either,  ///< one that lists the other is enough; the larger weight counts for both
  both,    ///< each must list the other; the smaller weight counts for both
};

/// Symmetric weights. O(entries x log of the longest row).
Weights symmetrised(const Weights& weights, Mutual mutual);

/// How far `higher_order` reaches.
enum class Reach : std::uint8_t { exactly, at_most };

/// Binary weights of the cells exactly `order` steps away, counting steps from neighbour to neighbour
/// whatever their weights, or of all at most that far. Throws `OptionError` for an order of 0. O(cells within
/// reach) per cell.
Weights higher_order(const Weights& weights, unsigned order, Reach reach = Reach::exactly);

}  // namespace waywarden
