#include "waywarden/routing/detail/selection.h"

#include "waywarden/base/errors.h"

namespace waywarden::detail {
namespace {

/// Per rank its number among the nodes and their ancestors, or `kNotSelected`.
std::vector<std::uint32_t> numbers(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes) {
  std::vector<std::uint32_t> number(hierarchy.node_count(), kNotSelected);
  for (const std::uint32_t node : nodes) {
    if (node >= hierarchy.node_count()) throw OptionError("there is no such node");
    for (std::uint32_t r = hierarchy.rank(node); number[r] == kNotSelected; r = hierarchy.parent(r)) {
      number[r] = 0;
    }
  }
  std::uint32_t count = 0;
  for (std::uint32_t& n : number) {
    if (n != kNotSelected) n = count++;
  }
  return number;
}

}  // namespace

Selection::Selection(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes,
                     std::span<const Cost> costs)
    : Selection(hierarchy, nodes) {
  cost.reserve(link.size());
  for (const std::uint32_t l : link) cost.push_back(costs[l]);
}

Selection::Selection(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes) : first{0} {
  const std::vector<std::uint32_t> number_of = numbers(hierarchy, nodes);
  for (std::uint32_t r = 0; r < number_of.size(); ++r) {
    if (number_of[r] == kNotSelected) continue;
    rank.push_back(r);
    for (std::uint32_t l = hierarchy.first_up()[r]; l < hierarchy.first_up()[r + 1]; ++l) {
      high.push_back(number_of[hierarchy.up()[l]]);
      link.push_back(l);
    }
    first.push_back(static_cast<std::uint32_t>(high.size()));
  }
  for (const std::uint32_t node : nodes) number.push_back(number_of[hierarchy.rank(node)]);
}

std::vector<std::uint32_t> translation(const Selection& from, const Selection& to) {
  std::vector<std::uint32_t> numbers(from.size(), kNotSelected);
  for (std::uint32_t i = 0, j = 0; i < from.size() && j < to.size();) {
    if (from.rank[i] == to.rank[j]) numbers[i] = j;
    const bool both = from.rank[i] == to.rank[j];
    if (both || from.rank[i] < to.rank[j]) {
      ++i;
      j += both ? 1 : 0;
    } else {
      ++j;
    }
  }
  return numbers;
}

}  // namespace waywarden::detail
