#include "waywarden/routing/detail/selection.h"

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/rank_set.h"

namespace waywarden::detail {
namespace {

/// Numbers whose links are looked up by one task.
constexpr std::size_t kChunk = 4096;

/// The nodes' ranks and those of all their ancestors.
RankSet ancestors(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes) {
  RankSet ranks(hierarchy.node_count());
  for (const std::uint32_t node : nodes) {
    if (node >= hierarchy.node_count()) throw OptionError("there is no such node");
    for (std::uint32_t r = hierarchy.rank(node); ranks.insert(r); r = hierarchy.parent(r)) {
    }
  }
  return ranks;
}

/// Calls body(first, last) for pieces of 0 .. count - 1, on threads where there are several.
template <class Body>
void for_chunks(std::size_t count, const Execution& execution, const Body& body) {
  const auto run = [&](std::size_t chunk) { body(chunk * kChunk, std::min((chunk + 1) * kChunk, count)); };
  if (execution.threads == 1 || count <= kChunk) {
    for (std::size_t chunk = 0; chunk * kChunk < count; ++chunk) run(chunk);
  } else {
    parallel_for((count + kChunk - 1) / kChunk, execution, run);
  }
}

}  // namespace

Selection::Selection(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes,
                     const Execution& execution)
    : first{0} {
  const RankSet set = ancestors(hierarchy, nodes);
  const RankNumbers numbers(set);
  rank = set.ranks();
  first.reserve(rank.size() + 1);
  for (const std::uint32_t r : rank) {
    first.push_back(first.back() + hierarchy.first_up()[r + 1] - hierarchy.first_up()[r]);
  }
  high.resize(first.back());
  link.resize(first.back());
  for_chunks(rank.size(), execution, [&](std::size_t n, std::size_t last) {
    for (; n < last; ++n) {
      std::uint32_t l = hierarchy.first_up()[rank[n]];
      for (std::uint32_t i = first[n]; i < first[n + 1]; ++i, ++l) {
        link[i] = l;
        high[i] = numbers[hierarchy.up()[l]];
      }
    }
  });
  number.reserve(nodes.size());
  for (const std::uint32_t node : nodes) number.push_back(numbers[hierarchy.rank(node)]);
}

std::vector<Cost> costs_of(const Selection& selection, std::span<const Cost> costs,
                           const Execution& execution) {
  std::vector<Cost> found(selection.link.size());
  for_chunks(found.size(), execution, [&](std::size_t i, std::size_t last) {
    for (; i < last; ++i) found[i] = costs[selection.link[i]];
  });
  return found;
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
