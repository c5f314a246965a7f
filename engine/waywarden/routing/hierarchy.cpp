#include "waywarden/routing/hierarchy.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "waywarden/routing/detail/hierarchy_builder.h"
#include "waywarden/routing/detail/hierarchy_columns.h"

namespace waywarden {
namespace {

detail::HierarchySpans spans(const detail::HierarchyVectors& columns) {
  return std::apply([](const auto&... column) { return detail::HierarchySpans{column...}; },
                    detail::tied(columns));
}

std::size_t height_of(std::span<const std::uint32_t> depth) {
  return depth.empty() ? 0 : 1 + std::size_t{*std::max_element(depth.begin(), depth.end())};
}

Hierarchy hierarchy_of(detail::HierarchyVectors columns) {
  const auto kept = std::make_shared<const detail::HierarchyVectors>(std::move(columns));
  return {spans(*kept), kept};
}

}  // namespace

Hierarchy::Hierarchy(ArcColumns arcs, std::span<const std::uint32_t> order, const Execution& execution)
    : Hierarchy(hierarchy_of(detail::HierarchyBuilder(arcs, order, execution).take())) {}

Hierarchy::Hierarchy(const Columns<Span>& columns, std::shared_ptr<const void> keeper)
    : columns_(columns), height_(height_of(columns.depth)), keeper_(std::move(keeper)) {}

std::uint32_t Hierarchy::link(std::uint32_t low, std::uint32_t high) const {
  const auto begin = up().begin() + first_up()[low], end = up().begin() + first_up()[low + 1];
  const auto found = std::lower_bound(begin, end, high);
  const bool is_there = found != end && *found == high;
  return static_cast<std::uint32_t>(is_there ? static_cast<std::size_t>(found - up().begin()) : link_count());
}

}  // namespace waywarden
