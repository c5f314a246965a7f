#include "waywarden/routing/detail/hierarchy_builder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/post_order.h"

namespace waywarden::detail {
namespace {

/// Ids must leave a bit for the side of a link.
constexpr std::size_t kMostArcs = std::size_t{1} << 31U;
/// A subtree of the first stage has at most this share of the nodes, so that a few threads finish together.
constexpr std::size_t kSubtreeShare = 64;
constexpr std::size_t kSmallSubtree = 1024;

void check(ArcColumns arcs, std::size_t nodes) {
  if (arcs.tail.size() != arcs.head.size()) throw OptionError("arcs must have as many tails as heads");
  if (arcs.tail.size() >= kMostArcs) throw OptionError("a hierarchy has fewer than 2^31 arcs");
  const auto is_node = [&](std::uint32_t n) { return n < nodes; };
  if (!std::all_of(arcs.tail.begin(), arcs.tail.end(), is_node) ||
      !std::all_of(arcs.head.begin(), arcs.head.end(), is_node)) {
    throw OptionError("an arc ends at a node that the order does not have");
  }
}

/// Links by their upper end, with all their higher siblings, without those that have none.
struct FansByRank {
  std::vector<std::uint32_t> first;
  std::vector<Hierarchy::Fan> fans;
};

FansByRank all_fans(std::span<const std::uint32_t> first_up, std::span<const std::uint32_t> up) {
  const auto for_each = [&](auto&& body) {
    for (std::size_t r = 0; r + 1 < first_up.size(); ++r) {
      for (std::uint32_t link = first_up[r]; link + 1 < first_up[r + 1]; ++link) body(link, first_up[r + 1]);
    }
  };
  FansByRank all{std::vector<std::uint32_t>(first_up.size(), 0), {}};
  for_each([&](std::uint32_t link, std::uint32_t) { ++all.first[up[link] + 1]; });
  std::inclusive_scan(all.first.begin(), all.first.end(), all.first.begin());
  all.fans.resize(all.first.back());
  std::vector<std::uint32_t> next(all.first.begin(), all.first.end() - 1);
  for_each([&](std::uint32_t link, std::uint32_t last) { all.fans[next[up[link]]++] = {link, last}; });
  return all;
}

bool is_small(Hierarchy::Fan fan) { return fan.last - fan.side - 1 < Hierarchy::kSmallestFan; }

}  // namespace

HierarchyBuilder::HierarchyBuilder(ArcColumns arcs, std::span<const std::uint32_t> order,
                                   const Execution& execution) {
  made_.rank = ranks_of(order);
  check(arcs, order.size());
  number_ranks(arcs, execution);
  place_arcs(arcs);
  join_neighbours(execution);
  number_slots();
  execution.check();
  find_triangles(execution);
  measure_depth();
  cut_stages();
}

void HierarchyBuilder::number_ranks(ArcColumns arcs, const Execution& execution) {
  PostOrder renumbered = post_order(arcs, made_.rank, execution);
  made_.first_below = std::move(renumbered.first_below);
  for (std::uint32_t& r : made_.rank) r = renumbered.number[r];
  made_.node.resize(node_count());
  for (std::uint32_t n = 0; n < node_count(); ++n) made_.node[made_.rank[n]] = n;
}

/// Sorts arcs by (low end, high end, id), in two rounds of counting. Slots are made of the high end until
/// links have numbers.
void HierarchyBuilder::place_arcs(ArcColumns arcs) {
  made_.slot.assign(arcs.tail.size(), Hierarchy::kNoSlot);
  made_.new_tail.reserve(arcs.tail.size());
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    made_.new_tail.push_back(a == 0 || arcs.tail[a] != arcs.tail[a - 1]);
  }
  std::vector<std::uint32_t> first_high(node_count() + 1, 0), by_high(arcs.tail.size());
  made_.first_placed.assign(node_count() + 1, 0);
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (arcs.tail[a] == arcs.head[a]) continue;
    const auto [low, high] = std::minmax({made_.rank[arcs.tail[a]], made_.rank[arcs.head[a]]});
    ++first_high[high];
    ++made_.first_placed[low];
  }
  std::inclusive_scan(first_high.begin(), first_high.end(), first_high.begin());
  std::inclusive_scan(made_.first_placed.begin(), made_.first_placed.end(), made_.first_placed.begin());
  for (std::size_t a = arcs.tail.size(); a-- > 0;) {
    if (arcs.tail[a] == arcs.head[a]) continue;
    by_high[--first_high[std::max(made_.rank[arcs.tail[a]], made_.rank[arcs.head[a]])]] =
        static_cast<std::uint32_t>(a);
  }
  made_.placed.resize(made_.first_placed.back());
  for (std::size_t i = made_.placed.size(); i-- > 0;) {
    const std::uint32_t arc = by_high[i], tail = made_.rank[arcs.tail[arc]],
                        head = made_.rank[arcs.head[arc]];
    const std::uint32_t slot = tail < head ? 2 * head : 2 * tail + 1;
    made_.placed[--made_.first_placed[std::min(tail, head)]] = {slot, arc};
  }
}

void HierarchyBuilder::join_neighbours(const Execution& execution) {
  std::vector<std::uint32_t> seen(node_count(), Hierarchy::kNoSlot);
  made_.up.reserve(2 * made_.placed.size());
  made_.first_up.reserve(node_count() + 1);
  made_.first_up.assign(1, 0);
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    if (r % 1024 == 0) execution.check();
    append_siblings(r, seen);
    append_arcs(r, seen);
    if (made_.up.size() >= kMostArcs) throw OptionError("the order gives 2^31 links or more");
    made_.first_up.push_back(static_cast<std::uint32_t>(made_.up.size()));
  }
  made_.up.shrink_to_fit();
}

/// What r's children in the elimination tree leave to it: their links except the one to r. The last child's,
/// most of the time nearly all, are in order already.
void HierarchyBuilder::append_siblings(std::uint32_t r, std::vector<std::uint32_t>& seen) {
  for (std::uint32_t child = r; child > made_.first_below[r]; child = made_.first_below[child - 1]) {
    const std::uint32_t c = child - 1;
    for (std::uint32_t link = made_.first_up[c] + 1; link < made_.first_up[c + 1]; ++link) {
      const std::uint32_t high = made_.up[link];
      if (seen[high] == r) continue;
      seen[high] = r;
      made_.up.push_back(high);
    }
  }
}

void HierarchyBuilder::append_arcs(std::uint32_t r, std::vector<std::uint32_t>& seen) {
  for (std::uint32_t i = made_.first_placed[r]; i < made_.first_placed[r + 1]; ++i) {
    const std::uint32_t high = made_.placed[i].slot / 2;
    if (seen[high] == r) continue;
    seen[high] = r;
    made_.up.push_back(high);
  }
  const auto begin = made_.up.begin() + made_.first_up[r];
  const auto middle = std::is_sorted_until(begin, made_.up.end());
  std::sort(middle, made_.up.end());
  std::inplace_merge(begin, middle, made_.up.end());
}

/// Arcs and links of a rank both go by ascending high end.
void HierarchyBuilder::number_slots() {
  made_.low.resize(made_.up.size());
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    std::fill(made_.low.begin() + made_.first_up[r], made_.low.begin() + made_.first_up[r + 1], r);
    std::uint32_t link = made_.first_up[r];
    for (std::uint32_t i = made_.first_placed[r]; i < made_.first_placed[r + 1]; ++i) {
      Hierarchy::Placed& placed = made_.placed[i];
      while (made_.up[link] != placed.slot / 2) ++link;
      placed.slot = placed.slot % 2 == 0 ? link : static_cast<std::uint32_t>(made_.up.size()) + link;
      made_.slot[placed.arc] = placed.slot;
    }
  }
}

void HierarchyBuilder::find_triangles(const Execution& execution) {
  const FansByRank all = all_fans(made_.first_up, made_.up);
  std::uint64_t count = 0;
  for (const Hierarchy::Fan fan : all.fans) count += is_small(fan) ? fan.last - fan.side - 1 : 0;
  made_.triangles.reserve(count);
  made_.fans.reserve(static_cast<std::size_t>(
      std::count_if(all.fans.begin(), all.fans.end(), [](Hierarchy::Fan fan) { return !is_small(fan); })));
  made_.first_triangle.reserve(node_count() + 1);
  made_.first_fan.reserve(node_count() + 1);
  made_.first_triangle.assign(1, 0);
  made_.first_fan.assign(1, 0);
  std::vector<std::uint16_t> place(node_count());
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    if (r % 1024 == 0) execution.check();
    for (std::uint32_t link = made_.first_up[r]; link < made_.first_up[r + 1]; ++link) {
      place[made_.up[link]] = static_cast<std::uint16_t>(link - made_.first_up[r]);
    }
    for (std::uint32_t i = all.first[r]; i < all.first[r + 1]; ++i) {
      const Hierarchy::Fan fan = all.fans[i];
      if (!is_small(fan)) made_.fans.push_back(fan);
      for (std::uint32_t other = fan.side + 1; is_small(fan) && other < fan.last; ++other) {
        made_.triangles.push_back(
            {fan.side, static_cast<std::uint16_t>(other - fan.side), place[made_.up[other]]});
      }
    }
    made_.first_triangle.push_back(made_.triangles.size());
    made_.first_fan.push_back(static_cast<std::uint32_t>(made_.fans.size()));
  }
}

void HierarchyBuilder::measure_depth() {
  made_.depth.assign(node_count(), 0);
  for (auto r = static_cast<std::uint32_t>(node_count()); r-- > 0;) {
    if (parent(r) != r) made_.depth[r] = made_.depth[parent(r)] + 1;
  }
}

/// Subtrees of more nodes than a share are cut: their roots go to later stages, each path of them, up to
/// where two meet, as one range: the biggest child has the rank before its parent's.
void HierarchyBuilder::cut_stages() {
  const std::size_t most = std::max(kSmallSubtree, node_count() / kSubtreeShare);
  std::vector<std::vector<RankRange>> stages(1);
  std::vector<std::uint32_t> stage(node_count(), 0);
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    const std::uint32_t first = made_.first_below[r];
    if (r + 1 - first <= most) {
      const std::uint32_t above = parent(r);
      if (above == r || above + 1 - made_.first_below[above] > most) stages[0].push_back({first, r + 1});
      continue;
    }
    std::uint32_t paths = 0;
    for (std::uint32_t child = r; child > first; child = made_.first_below[child - 1]) {
      paths += stage[child - 1] > 0 ? 1 : 0;
      stage[r] = std::max(stage[r], stage[child - 1]);
    }
    if (paths == 1) {
      ++stages[stage[r]].back().last;
    } else {
      ++stage[r];
      stages.resize(std::max<std::size_t>(stages.size(), stage[r] + 1));
      stages[stage[r]].push_back({r, r + 1});
    }
  }
  keep_stages(stages);
}

void HierarchyBuilder::keep_stages(std::span<const std::vector<RankRange>> stages) {
  made_.first_in_stage.assign(1, 0);
  for (const std::vector<RankRange>& stage : stages) {
    made_.stages.insert(made_.stages.end(), stage.begin(), stage.end());
    made_.first_in_stage.push_back(static_cast<std::uint32_t>(made_.stages.size()));
  }
}

}  // namespace waywarden::detail
