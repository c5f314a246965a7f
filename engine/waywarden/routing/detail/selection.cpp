#include "waywarden/routing/detail/selection.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/rank_set.h"

namespace waywarden::detail {
namespace {

/// Numbers whose links are looked up by one task.
constexpr std::size_t kChunk = 4096;
/// Nodes for which a thread is worth its waking.
constexpr std::size_t kFewWalks = 256;

void insert_ancestors(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes, RankSet& ranks) {
  for (const std::uint32_t node : nodes) {
    if (node >= hierarchy.node_count()) throw OptionError("there is no such node");
    for (std::uint32_t r = hierarchy.rank(node); ranks.insert(r); r = hierarchy.parent(r)) {
    }
  }
}

/// The nodes' ranks and those of all their ancestors. Pieces of the nodes on threads, each with a set of its
/// own: walks that meet are walked twice, but none waits.
std::vector<std::uint32_t> ancestors(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes,
                                     const Execution& execution) {
  const std::size_t pieces = std::clamp<std::size_t>(nodes.size() / kFewWalks, 1, workspaces(execution));
  std::vector<RankSet> sets(pieces, RankSet(hierarchy.node_count()));
  const auto walk = [&](std::size_t i) {
    const std::size_t first = i * nodes.size() / pieces, last = (i + 1) * nodes.size() / pieces;
    insert_ancestors(hierarchy, nodes.subspan(first, last - first), sets[i]);
  };
  if (pieces == 1) {
    walk(0);
  } else {
    parallel_for(pieces, execution, walk);
  }
  for (std::size_t i = 1; i < pieces; ++i) sets[0].insert(sets[i]);
  return sets[0].ranks();
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
                     const Execution& execution) {
  rank = ancestors(hierarchy, nodes, execution);
  // Of those alone: most entries are never touched.
  const auto number_of = std::make_unique_for_overwrite<std::uint32_t[]>(hierarchy.node_count());
  first.resize(rank.size() + 1);
  for_chunks(rank.size(), execution, [&](std::size_t n, std::size_t last) {
    for (; n < last; ++n) {
      number_of[rank[n]] = static_cast<std::uint32_t>(n);
      first[n + 1] = hierarchy.first_up()[rank[n] + 1] - hierarchy.first_up()[rank[n]];
    }
  });
  std::partial_sum(first.begin(), first.end(), first.begin());
  high.resize(first.back());
  link.resize(first.back());
  for_chunks(rank.size(), execution, [&](std::size_t n, std::size_t last) {
    for (; n < last; ++n) {
      std::uint32_t l = hierarchy.first_up()[rank[n]];
      for (std::uint32_t i = first[n]; i < first[n + 1]; ++i, ++l) {
        link[i] = l;
        high[i] = number_of[hierarchy.up()[l]];
      }
    }
  });
  number.reserve(nodes.size());
  for (const std::uint32_t node : nodes) number.push_back(number_of[hierarchy.rank(node)]);
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
