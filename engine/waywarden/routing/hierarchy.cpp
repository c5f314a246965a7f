#include "waywarden/routing/hierarchy.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/post_order.h"

namespace waywarden {
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

Hierarchy::Hierarchy(ArcColumns arcs, std::span<const std::uint32_t> order, const Execution& execution)
    : rank_(detail::ranks_of(order)), node_(order.size()), slot_(arcs.tail.size(), kNoSlot) {
  check(arcs, order.size());
  detail::PostOrder renumbered = detail::post_order(arcs, rank_, execution);
  first_below_ = std::move(renumbered.first_below);
  for (std::uint32_t& r : rank_) r = renumbered.number[r];
  for (std::uint32_t n = 0; n < rank_.size(); ++n) node_[rank_[n]] = n;
  for (std::size_t a = 0; a < arc_count(); ++a)
    new_tail_.push_back(a == 0 || arcs.tail[a] != arcs.tail[a - 1]);
  place_arcs(arcs);
  join_neighbours(execution);
  number_slots();
  execution.check();
  find_triangles(execution);
  measure_depth();
  cut_stages();
}

/// Sorts arcs by (low end, high end, id), in two rounds of counting. Slots are made of the high end until
/// links have numbers.
void Hierarchy::place_arcs(ArcColumns arcs) {
  std::vector<std::uint32_t> first_high(node_count() + 1, 0), by_high(arcs.tail.size());
  first_placed_.assign(node_count() + 1, 0);
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (arcs.tail[a] == arcs.head[a]) continue;
    const auto [low, high] = std::minmax({rank_[arcs.tail[a]], rank_[arcs.head[a]]});
    ++first_high[high];
    ++first_placed_[low];
  }
  std::inclusive_scan(first_high.begin(), first_high.end(), first_high.begin());
  std::inclusive_scan(first_placed_.begin(), first_placed_.end(), first_placed_.begin());
  for (std::size_t a = arcs.tail.size(); a-- > 0;) {
    if (arcs.tail[a] == arcs.head[a]) continue;
    by_high[--first_high[std::max(rank_[arcs.tail[a]], rank_[arcs.head[a]])]] = static_cast<std::uint32_t>(a);
  }
  placed_.resize(first_placed_.back());
  for (std::size_t i = placed_.size(); i-- > 0;) {
    const std::uint32_t arc = by_high[i], tail = rank_[arcs.tail[arc]], head = rank_[arcs.head[arc]];
    const std::uint32_t slot = tail < head ? 2 * head : 2 * tail + 1;
    placed_[--first_placed_[std::min(tail, head)]] = {slot, arc};
  }
}

void Hierarchy::join_neighbours(const Execution& execution) {
  std::vector<std::uint32_t> seen(node_count(), kNoSlot);
  up_.reserve(2 * placed_.size());
  first_up_.assign(1, 0);
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    if (r % 1024 == 0) execution.check();
    append_siblings(r, seen);
    append_arcs(r, seen);
    if (up_.size() >= kMostArcs) throw OptionError("the order gives 2^31 links or more");
    first_up_.push_back(static_cast<std::uint32_t>(up_.size()));
  }
}

/// What r's children in the elimination tree leave to it: their links except the one to r. The last child's,
/// most of the time nearly all, are in order already.
void Hierarchy::append_siblings(std::uint32_t r, std::vector<std::uint32_t>& seen) {
  for (std::uint32_t child = r; child > first_below_[r]; child = first_below_[child - 1]) {
    const std::uint32_t c = child - 1;
    for (std::uint32_t link = first_up_[c] + 1; link < first_up_[c + 1]; ++link) {
      const std::uint32_t high = up_[link];
      if (seen[high] == r) continue;
      seen[high] = r;
      up_.push_back(high);
    }
  }
}

void Hierarchy::append_arcs(std::uint32_t r, std::vector<std::uint32_t>& seen) {
  for (std::uint32_t i = first_placed_[r]; i < first_placed_[r + 1]; ++i) {
    const std::uint32_t high = placed_[i].slot / 2;
    if (seen[high] == r) continue;
    seen[high] = r;
    up_.push_back(high);
  }
  const auto begin = up_.begin() + first_up_[r];
  const auto middle = std::is_sorted_until(begin, up_.end());
  std::sort(middle, up_.end());
  std::inplace_merge(begin, middle, up_.end());
}

/// Arcs and links of a rank both go by ascending high end.
void Hierarchy::number_slots() {
  low_.resize(up_.size());
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    std::fill(low_.begin() + first_up_[r], low_.begin() + first_up_[r + 1], r);
    std::uint32_t link = first_up_[r];
    for (std::uint32_t i = first_placed_[r]; i < first_placed_[r + 1]; ++i) {
      Placed& placed = placed_[i];
      while (up_[link] != placed.slot / 2) ++link;
      placed.slot = placed.slot % 2 == 0 ? link : static_cast<std::uint32_t>(up_.size()) + link;
      slot_[placed.arc] = placed.slot;
    }
  }
}

void Hierarchy::find_triangles(const Execution& execution) {
  const FansByRank all = all_fans(first_up_, up_);
  std::uint64_t count = 0;
  for (const Fan fan : all.fans) count += is_small(fan) ? fan.last - fan.side - 1 : 0;
  triangles_.reserve(count);
  first_triangle_.assign(1, 0);
  first_fan_.assign(1, 0);
  std::vector<std::uint16_t> place(node_count());
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    if (r % 1024 == 0) execution.check();
    for (std::uint32_t link = first_up_[r]; link < first_up_[r + 1]; ++link) {
      place[up_[link]] = static_cast<std::uint16_t>(link - first_up_[r]);
    }
    for (std::uint32_t i = all.first[r]; i < all.first[r + 1]; ++i) {
      const Fan fan = all.fans[i];
      if (!is_small(fan)) fans_.push_back(fan);
      for (std::uint32_t other = fan.side + 1; is_small(fan) && other < fan.last; ++other) {
        triangles_.push_back({fan.side, static_cast<std::uint16_t>(other - fan.side), place[up_[other]]});
      }
    }
    first_triangle_.push_back(triangles_.size());
    first_fan_.push_back(static_cast<std::uint32_t>(fans_.size()));
  }
}

void Hierarchy::measure_depth() {
  depth_.assign(node_count(), 0);
  for (auto r = static_cast<std::uint32_t>(node_count()); r-- > 0;) {
    if (parent(r) != r) depth_[r] = depth_[parent(r)] + 1;
    height_ = std::max<std::size_t>(height_, depth_[r] + 1);
  }
}

/// Subtrees of more nodes than a share are cut: their roots go to later stages, each path of them, up to
/// where two meet, as one range: the biggest child has the rank before its parent's.
void Hierarchy::cut_stages() {
  const std::size_t most = std::max(kSmallSubtree, node_count() / kSubtreeShare);
  stages_.assign(1, {});
  std::vector<std::uint32_t> stage(node_count(), 0);
  for (std::uint32_t r = 0; r < node_count(); ++r) {
    if (r + 1 - first_below_[r] <= most) {
      const std::uint32_t above = parent(r);
      if (above == r || above + 1 - first_below_[above] > most) stages_[0].push_back(subtree(r));
      continue;
    }
    std::uint32_t paths = 0;
    for (std::uint32_t child = r; child > first_below_[r]; child = first_below_[child - 1]) {
      paths += stage[child - 1] > 0 ? 1 : 0;
      stage[r] = std::max(stage[r], stage[child - 1]);
    }
    if (paths == 1) {
      ++stages_[stage[r]].back().last;
    } else {
      ++stage[r];
      stages_.resize(std::max<std::size_t>(stages_.size(), stage[r] + 1));
      stages_[stage[r]].push_back({r, r + 1});
    }
  }
}

std::uint32_t Hierarchy::link(std::uint32_t low, std::uint32_t high) const {
  const auto begin = up_.begin() + first_up_[low], end = up_.begin() + first_up_[low + 1];
  const auto found = std::lower_bound(begin, end, high);
  if (found == end || *found != high) return static_cast<std::uint32_t>(up_.size());
  return static_cast<std::uint32_t>(found - up_.begin());
}

}  // namespace waywarden
