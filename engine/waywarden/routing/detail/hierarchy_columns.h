#pragma once

/// The columns of a hierarchy one after another, for what is done to all of them alike.

#include <array>
#include <tuple>
#include <utility>

#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

using HierarchyVectors = Hierarchy::Columns<Hierarchy::Vector>;
using HierarchySpans = Hierarchy::Columns<Hierarchy::Span>;

template <class Columns>
auto tied(Columns& c) {
  return std::tie(c.rank, c.node, c.first_below, c.depth, c.first_up, c.up, c.low, c.first_triangle,
                  c.triangles, c.first_fan, c.fans, c.first_placed, c.placed, c.slot, c.new_tail,
                  c.first_in_stage, c.stages);
}

/// What they are called in files, in the order of `tied`.
inline constexpr std::array kColumnNames = {
    "rank",   "node",           "first_below", "depth",          "first_up", "up",
    "low",    "first_triangle", "triangles",   "first_fan",      "fans",     "first_placed",
    "placed", "slot",           "new_tail",    "first_in_stage", "stages"};
static_assert(kColumnNames.size() == std::tuple_size_v<decltype(tied(std::declval<HierarchySpans&>()))>);

/// Calls body(name, column) for each.
template <class Columns, class Body>
void for_each_column(Columns& columns, const Body& body) {
  std::apply(
      [&](auto&... column) {
        std::size_t i = 0;
        (body(kColumnNames[i++], column), ...);
      },
      tied(columns));
}

}  // namespace waywarden::detail
