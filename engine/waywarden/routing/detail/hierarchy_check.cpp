#include "waywarden/routing/detail/hierarchy_check.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace waywarden::detail {
namespace {

/// Where the pieces of a column begin: from 0 on, none before the last, up to all of it.
template <class Offset>
bool are_offsets(std::span<const Offset> first, std::size_t pieces, std::size_t items) {
  return first.size() == pieces + 1 && first.front() == 0 && first.back() == items &&
         std::is_sorted(first.begin(), first.end());
}

bool all_below(std::span<const std::uint32_t> numbers, std::size_t bound) {
  return std::all_of(numbers.begin(), numbers.end(), [&](std::uint32_t n) { return n < bound; });
}

class HierarchyCheck {
 public:
  HierarchyCheck(const HierarchySpans& columns, ArcColumns arcs) : c_(columns), arcs_(arcs) {}

  bool passes() const {
    return sizes_fit() && ranks_fit() && links_fit() && tree_fits() && subtrees_fit() && arcs_fit() &&
           placed_fit() && triangles_fit() && stages_fit();
  }

 private:
  std::size_t nodes() const { return c_.rank.size(); }
  std::size_t links() const { return c_.up.size(); }

  bool sizes_fit() const {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max() / 2;
    return nodes() <= most && links() <= most && c_.node.size() == nodes() &&
           c_.first_below.size() == nodes() && c_.depth.size() == nodes() && c_.low.size() == links() &&
           arcs_.tail.size() == arcs_.head.size() && c_.slot.size() == arcs_.tail.size() &&
           c_.new_tail.size() == c_.slot.size() && are_offsets(c_.first_up, nodes(), links()) &&
           are_offsets(c_.first_triangle, nodes(), c_.triangles.size()) &&
           are_offsets(c_.first_fan, nodes(), c_.fans.size()) &&
           are_offsets(c_.first_placed, nodes(), c_.placed.size()) && !c_.first_in_stage.empty() &&
           are_offsets(c_.first_in_stage, c_.first_in_stage.size() - 1, c_.stages.size());
  }

  bool ranks_fit() const {
    if (!all_below(c_.rank, nodes()) || !all_below(c_.node, nodes())) return false;
    for (std::size_t n = 0; n < nodes(); ++n) {
      if (c_.node[c_.rank[n]] != n) return false;
    }
    return true;
  }

  bool links_fit() const {
    for (std::uint32_t r = 0; r < nodes(); ++r) {
      for (std::uint32_t link = c_.first_up[r]; link < c_.first_up[r + 1]; ++link) {
        const std::uint32_t before = link == c_.first_up[r] ? r : c_.up[link - 1];
        if (c_.low[link] != r || c_.up[link] <= before || c_.up[link] >= nodes()) return false;
      }
    }
    return true;
  }

  /// From the highest rank down, so that a parent is known to be right before its children are.
  bool tree_fits() const {
    for (auto r = static_cast<std::uint32_t>(nodes()); r-- > 0;) {
      const std::uint32_t first = c_.first_up[r], last = c_.first_up[r + 1];
      if (c_.depth[r] != (first == last ? 0 : c_.depth[c_.up[first]] + 1)) return false;
      if (first == last) continue;
      const std::uint32_t parent = c_.up[first];
      // All other links of a rank are among its parent's.
      const auto above = c_.up.subspan(c_.first_up[parent], c_.first_up[parent + 1] - c_.first_up[parent]);
      const auto rest = c_.up.subspan(first + 1, last - first - 1);
      if (!std::includes(above.begin(), above.end(), rest.begin(), rest.end())) return false;
    }
    return true;
  }

  bool subtrees_fit() const {
    std::vector<std::uint32_t> below(nodes(), 0);
    for (std::uint32_t r = 0; r < nodes(); ++r) {
      if (c_.first_below[r] != r - below[r]) return false;
      if (c_.first_up[r] < c_.first_up[r + 1]) below[c_.up[c_.first_up[r]]] += below[r] + 1;
    }
    return true;
  }

  bool arcs_fit() const {
    if (!all_below(arcs_.tail, nodes()) || !all_below(arcs_.head, nodes())) return false;
    std::size_t loops = 0;
    for (std::size_t a = 0; a < arcs_.tail.size(); ++a) {
      const std::uint32_t tail = c_.rank[arcs_.tail[a]], head = c_.rank[arcs_.head[a]];
      loops += tail == head ? 1 : 0;
      const bool starts = a == 0 || arcs_.tail[a] != arcs_.tail[a - 1];
      if (c_.new_tail[a] != (starts ? 1 : 0) || !slot_fits(c_.slot[a], tail, head)) return false;
    }
    return c_.placed.size() + loops == arcs_.tail.size();
  }

  bool slot_fits(std::uint32_t slot, std::uint32_t tail, std::uint32_t head) const {
    if (tail == head || slot >= 2 * links()) return tail == head && slot == Hierarchy::kNoSlot;
    const bool goes_up = slot < links();
    const std::size_t link = goes_up ? slot : slot - links();
    return c_.low[link] == (goes_up ? tail : head) && c_.up[link] == (goes_up ? head : tail);
  }

  /// As many as there are arcs with a slot, no two the same since they ascend.
  bool placed_fit() const {
    std::pair<std::size_t, std::uint32_t> before;
    for (std::uint32_t i = 0; i < c_.placed.size(); ++i) {
      const auto [slot, arc] = c_.placed[i];
      if (arc >= c_.slot.size() || slot == Hierarchy::kNoSlot || c_.slot[arc] != slot) return false;
      const std::pair<std::size_t, std::uint32_t> here{slot % links(), arc};
      const std::uint32_t r = c_.low[here.first];
      if ((i > 0 && here <= before) || i < c_.first_placed[r] || i >= c_.first_placed[r + 1]) return false;
      before = here;
    }
    return true;
  }

  /// Each that is there is one, and there are as many as there can be, no two the same since they ascend.
  bool triangles_fit() const {
    std::uint64_t missing = 0;
    for (std::uint32_t r = 0; r < nodes(); ++r) {
      const std::uint64_t above = c_.first_up[r + 1] - c_.first_up[r];
      missing += above == 0 ? 0 : above * (above - 1) / 2;
    }
    for (std::uint32_t r = 0; r < nodes(); ++r) {
      if (!triangles_of_rank_fit(r) || !fans_of_rank_fit(r, missing)) return false;
    }
    return missing == c_.triangles.size();
  }

  bool triangles_of_rank_fit(std::uint32_t r) const {
    for (std::uint64_t t = c_.first_triangle[r]; t < c_.first_triangle[r + 1]; ++t) {
      const Hierarchy::Triangle triangle = c_.triangles[t];
      if (!triangle_fits(r, triangle)) return false;
      if (t == c_.first_triangle[r]) continue;
      const Hierarchy::Triangle before = c_.triangles[t - 1];
      if (std::pair(before.side, before.other) >= std::pair(triangle.side, triangle.other)) return false;
    }
    return true;
  }

  /// Takes what is in fans from what is missing.
  bool fans_of_rank_fit(std::uint32_t r, std::uint64_t& missing) const {
    for (std::uint32_t i = c_.first_fan[r]; i < c_.first_fan[r + 1]; ++i) {
      const Hierarchy::Fan fan = c_.fans[i];
      if (!fan_fits(r, fan) || (i > c_.first_fan[r] && c_.fans[i - 1].side >= fan.side)) return false;
      missing -= fan.last - fan.side - 1;
    }
    return true;
  }

  bool triangle_fits(std::uint32_t r, Hierarchy::Triangle triangle) const {
    if (triangle.side >= links() || c_.up[triangle.side] != r || triangle.other == 0) return false;
    const std::size_t other = std::size_t{triangle.side} + triangle.other;
    const std::size_t third = std::size_t{c_.first_up[r]} + triangle.third;
    return other < c_.first_up[c_.low[triangle.side] + 1] && third < c_.first_up[r + 1] &&
           c_.up[other] == c_.up[third] && !in_fan(r, triangle.side);
  }

  bool in_fan(std::uint32_t r, std::uint32_t side) const {
    const auto begin = c_.fans.begin() + c_.first_fan[r], end = c_.fans.begin() + c_.first_fan[r + 1];
    const auto found =
        std::lower_bound(begin, end, side, [](Hierarchy::Fan f, std::uint32_t s) { return f.side < s; });
    return found != end && found->side == side;
  }

  /// Its higher siblings lead to links of `r`, since the tree fits.
  bool fan_fits(std::uint32_t r, Hierarchy::Fan fan) const {
    return fan.side < links() && c_.up[fan.side] == r && fan.last == c_.first_up[c_.low[fan.side] + 1];
  }

  /// Every rank has one, and its parent comes after it: further on in its range, or in a later stage.
  bool stages_fit() const {
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> stage(nodes(), kNone), range_end(nodes(), 0);
    std::uint32_t number = 0;
    for (std::uint32_t i = 0; i < c_.stages.size(); ++i) {
      while (c_.first_in_stage[number + 1] <= i) ++number;
      const RankRange range = c_.stages[i];
      if (range.first > range.last || range.last > nodes()) return false;
      for (std::uint32_t r = range.first; r < range.last; ++r) {
        if (stage[r] != kNone) return false;
        stage[r] = number;
        range_end[r] = range.last;
      }
    }
    for (std::uint32_t r = 0; r < nodes(); ++r) {
      if (stage[r] == kNone) return false;
      if (c_.first_up[r] == c_.first_up[r + 1]) continue;
      const std::uint32_t parent = c_.up[c_.first_up[r]];
      if (parent >= range_end[r] && stage[parent] <= stage[r]) return false;
    }
    return true;
  }

  const HierarchySpans& c_;
  ArcColumns arcs_;
};

}  // namespace

bool is_hierarchy(const HierarchySpans& columns, ArcColumns arcs) {
  return HierarchyCheck(columns, arcs).passes();
}

}  // namespace waywarden::detail
