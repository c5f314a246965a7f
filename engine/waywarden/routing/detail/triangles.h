#pragma once

/// All triangles of a hierarchy, whichever way they are kept.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/detail/lanes.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

/// Where the links of one rank lead: position among them by the depth of their higher end. All those ends are
/// ancestors of the rank, so no two have the same.
class Places {
 public:
  explicit Places(const Hierarchy& hierarchy) : place_(hierarchy.fans().empty() ? 0 : hierarchy.height()) {}

  void set(const Hierarchy& hierarchy, std::uint32_t rank) {
    const std::uint32_t first = hierarchy.first_up()[rank];
    for (std::uint32_t link = first; link < hierarchy.first_up()[rank + 1]; ++link) {
      place_[hierarchy.depth(hierarchy.up()[link])] = static_cast<std::uint16_t>(link - first);
    }
  }
  std::uint32_t at(const Hierarchy& hierarchy, std::uint32_t high) const {
    return place_[hierarchy.depth(high)];
  }

 private:
  std::vector<std::uint16_t> place_;
};

/// Calls body(side, other, third) for the triangles of a fan of `rank`, whose `places` are set.
template <class Body>
WAYWARDEN_INLINE void for_triangles_of_fan(const Hierarchy& hierarchy, std::uint32_t rank, Hierarchy::Fan fan,
                                           const Places& places, const Body& body) {
  const std::uint32_t first = hierarchy.first_up()[rank], last = hierarchy.first_up()[rank + 1];
  // As many as the rank has links, and all among them: they are the same, in the same order.
  if (fan.last - fan.side - 1 == last - first) {
    const std::uint32_t ahead = fan.side + 1 - first;
    for (std::uint32_t third = first; third < last; ++third) body(fan.side, third + ahead, third);
  } else {
    const std::uint32_t* up = hierarchy.up().data();
    for (std::uint32_t other = fan.side + 1; other < fan.last; ++other) {
      body(fan.side, other, first + places.at(hierarchy, up[other]));
    }
  }
}

/// Calls body(side, other, third) for each triangle of a rank: the links from a lower rank to it and to a
/// higher one, and between the two. `places` is working space.
template <class Body>
WAYWARDEN_INLINE void for_triangles(const Hierarchy& hierarchy, std::uint32_t rank, Places& places,
                                    const Body& body) {
  const std::uint32_t first = hierarchy.first_up()[rank];
  const Hierarchy::Triangle* triangles = hierarchy.triangles().data();
  const std::uint64_t last = hierarchy.first_triangle()[rank + 1];
  for (std::uint64_t t = hierarchy.first_triangle()[rank]; t < last; ++t) {
    const Hierarchy::Triangle triangle = triangles[t];
    body(triangle.side, triangle.side + triangle.other, first + triangle.third);
  }
  const std::uint32_t last_fan = hierarchy.first_fan()[rank + 1];
  if (hierarchy.first_fan()[rank] == last_fan) return;
  places.set(hierarchy, rank);
  for (std::uint32_t i = hierarchy.first_fan()[rank]; i < last_fan; ++i) {
    for_triangles_of_fan(hierarchy, rank, hierarchy.fans()[i], places, body);
  }
}

/// Calls body(side, other, third) for the triangles of a rank whose third link is among `thirds`, ascending;
/// of each of its links, `state` says so by `bit`.
template <class Body>
WAYWARDEN_INLINE void for_triangles_below(const Hierarchy& hierarchy, std::uint32_t rank,
                                          std::span<const std::uint32_t> thirds, const std::uint8_t* state,
                                          std::uint8_t bit, const Body& body) {
  const std::uint32_t first = hierarchy.first_up()[rank];
  const std::uint32_t* up = hierarchy.up().data();
  const Hierarchy::Triangle* triangles = hierarchy.triangles().data();
  const std::uint64_t last = hierarchy.first_triangle()[rank + 1];
  for (std::uint64_t t = hierarchy.first_triangle()[rank]; t < last; ++t) {
    const Hierarchy::Triangle triangle = triangles[t];
    if ((state[triangle.third] & bit) != 0)
      body(triangle.side, triangle.side + triangle.other, first + triangle.third);
  }
  for (std::uint32_t i = hierarchy.first_fan()[rank]; i < hierarchy.first_fan()[rank + 1]; ++i) {
    const Hierarchy::Fan fan = hierarchy.fans()[i];
    const std::uint32_t* other = up + fan.side + 1;
    for (const std::uint32_t third : thirds) {
      while (other != up + fan.last && *other < up[third]) ++other;
      if (other == up + fan.last) break;
      if (*other == up[third]) body(fan.side, static_cast<std::uint32_t>(other - up), third);
    }
  }
}

}  // namespace waywarden::detail
