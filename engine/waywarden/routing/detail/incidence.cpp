#include "waywarden/routing/detail/incidence.h"

#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden::detail {

Incidence incidence(std::size_t nodes, std::span<const std::uint32_t> ends) {
  Incidence lists{std::vector<std::uint32_t>(nodes + 1, 0), std::vector<std::uint32_t>(ends.size())};
  for (const std::uint32_t n : ends) ++lists.first[n];
  std::inclusive_scan(lists.first.begin(), lists.first.end(), lists.first.begin());
  for (std::uint32_t a = static_cast<std::uint32_t>(ends.size()); a-- > 0;) {
    lists.arc[--lists.first[ends[a]]] = a;
  }
  return lists;
}

void check_arcs(const Hierarchy& hierarchy, ArcColumns arcs) {
  if (arcs.tail.size() != hierarchy.arc_count() || arcs.head.size() != hierarchy.arc_count()) {
    throw OptionError("these are not the arcs of the hierarchy");
  }
}

void check_node(const Hierarchy& hierarchy, std::uint32_t node) {
  if (node >= hierarchy.node_count()) throw OptionError("there is no such node");
}

}  // namespace waywarden::detail
