#pragma once

/// Places where the network crosses a country border, one row each. A crossing is a pair of edges of length 0
/// between two nodes at the same point, one on either side, so that closing or watching it is closing or
/// watching an edge.

#include <cstdint>
#include <string>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/geometry/point.h"
#include "waywarden/network/mode.h"

namespace waywarden {

enum class CrossingStatus : std::uint8_t {
  listed,    ///< matched to a post that the user listed
  informal,  ///< the network crosses the border where no listed post is near
};

struct Crossings {
  /// Unique. "<post id>" or "<post id>/2" ... for listed ones, "informal-<n>" in canonical order for the
  /// rest.
  std::vector<std::string> id;
  /// Id of the listed post; empty for informal crossings. Crossings of one post are one site.
  std::vector<std::string> post;
  std::vector<std::string> name;
  /// Country codes on the side of `from` and `to`; code order a < b.
  std::vector<std::string> country_a;
  std::vector<std::string> country_b;
  std::vector<Mode> mode;
  std::vector<CrossingStatus> status;
  std::vector<Point> point;
  /// The edge from a to b and the one back; `none` where the link is one-way.
  std::vector<EdgeId> a_to_b;
  std::vector<EdgeId> b_to_a;
  /// How far the border layer may be off, metres.
  std::vector<double> border_accuracy_m;
  /// Distance from the listed post to the crossing, metres; 0 for informal ones.
  std::vector<double> post_distance_m;

  std::size_t size() const { return id.size(); }
};

}  // namespace waywarden
