#pragma once

/// A linear network cut into short pieces (lixels, "pixels of a line"), for which densities are stated. Each
/// edge is cut into equally long pieces, as few as a greatest length allows, so that the direction in which
/// an edge was drawn does not matter. Edges without length have none.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/units.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

struct Lixels {
  /// One row per piece, ascending by (edge, from): from where to where it runs, metres from the edge's first
  /// node.
  std::vector<std::uint32_t> edge;
  std::vector<double> from;
  std::vector<double> to;
  /// Rows of edge e are [first[e], first[e + 1]).
  std::vector<std::size_t> first{0};

  std::size_t size() const { return edge.size(); }
  double centre(std::size_t i) const { return from[i] + (to[i] - from[i]) / 2.0; }
  double length(std::size_t i) const { return to[i] - from[i]; }
};

/// Throws `OptionError` for a length that is not positive, or so short that there would be more than 2^32.
Lixels lixels(const LinearNetwork& network, Metres longest);

/// Pieces without length at positions in ascending order: to ask for a density there. Throws `InputError` for
/// positions out of order or not on the network.
Lixels lixels_at(const LinearNetwork& network, std::span<const LinePosition> positions);

}  // namespace waywarden
