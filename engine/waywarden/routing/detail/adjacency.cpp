#include "waywarden/routing/detail/adjacency.h"

#include <numeric>

namespace waywarden::detail {
namespace {

/// Lists with loops left out and repeats left in, in the order of the joints.
Adjacency with_repeats(std::size_t nodes, std::span<const Joint> joints) {
  Adjacency lists{std::vector<std::uint32_t>(nodes + 1, 0), {}};
  for (const Joint& joint : joints) {
    if (joint.a == joint.b) continue;
    ++lists.first[joint.a];
    ++lists.first[joint.b];
  }
  std::inclusive_scan(lists.first.begin(), lists.first.end(), lists.first.begin());
  lists.head.resize(lists.first.back());
  for (const Joint& joint : joints) {
    if (joint.a == joint.b) continue;
    lists.head[--lists.first[joint.a]] = joint.b;
    lists.head[--lists.first[joint.b]] = joint.a;
  }
  return lists;
}

/// The same pairs, every list ascending: nodes are handed out to their neighbours in ascending order.
Adjacency ascending(const Adjacency& lists) {
  Adjacency sorted{lists.first, std::vector<std::uint32_t>(lists.head.size())};
  std::vector<std::uint32_t> next(lists.first.begin(), lists.first.end() - 1);
  for (std::uint32_t n = 0; n < lists.size(); ++n) {
    for (const std::uint32_t other : lists.of(n)) sorted.head[next[other]++] = n;
  }
  return sorted;
}

void drop_repeats(Adjacency& sorted) {
  std::uint32_t kept = 0, begin = 0;
  for (std::size_t n = 0; n < sorted.size(); ++n) {
    const std::uint32_t end = sorted.first[n + 1];
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i == begin || sorted.head[i] != sorted.head[i - 1]) sorted.head[kept++] = sorted.head[i];
    }
    begin = end;
    sorted.first[n + 1] = kept;
  }
  sorted.head.resize(kept);
}

}  // namespace

Adjacency adjacency(std::size_t nodes, std::span<const Joint> joints) {
  Adjacency lists = ascending(with_repeats(nodes, joints));
  drop_repeats(lists);
  return lists;
}

}  // namespace waywarden::detail
