#include "waywarden/routing/detail/unpacking.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace waywarden::detail {
namespace {

/// A link that is travelled in one direction.
struct Step {
  std::uint32_t link = 0;
  bool is_up = false;
};

Cost cost(const Metric& metric, Step step) { return (step.is_up ? metric.up() : metric.down())[step.link]; }

std::optional<std::uint32_t> arc(const Metric& metric, Step step) {
  const Hierarchy& hierarchy = metric.hierarchy();
  const std::uint32_t low = hierarchy.low(step.link);
  const std::size_t slot = step.link + (step.is_up ? 0 : hierarchy.link_count());
  for (std::uint32_t i = hierarchy.first_placed()[low]; i < hierarchy.first_placed()[low + 1]; ++i) {
    const Hierarchy::Placed placed = hierarchy.placed()[i];
    if (placed.slot == slot && metric.weights()[placed.arc] == cost(metric, step)) return placed.arc;
  }
  return std::nullopt;
}

/// The steps over a lower rank, in travel order.
std::pair<Step, Step> steps_over(Step step, std::uint32_t side, std::uint32_t other) {
  const Step to_low{side, !step.is_up}, to_high{other, step.is_up};
  return step.is_up ? std::pair(to_low, to_high) : std::pair(to_high, to_low);
}

bool cost_as_much(const Metric& metric, Step step, std::pair<Step, Step> over) {
  return cost(metric, over.first) + cost(metric, over.second) == cost(metric, step);
}

/// The link from the lower end of a fan's side to a rank that is third in a triangle; nothing where there is
/// none. The rank that the side leads to is linked to all that the fan's links lead to: so `third` is there
/// at most as far on as it is among that rank's links.
std::optional<std::uint32_t> other_of_fan(const Hierarchy& h, Hierarchy::Fan fan, std::uint32_t third,
                                          std::uint32_t high) {
  std::uint32_t other = std::min(fan.side + 1 + third, fan.last - 1);
  while (other > fan.side && h.up()[other] > high) --other;
  return h.up()[other] == high ? std::optional(other) : std::nullopt;
}

/// The two steps over a lower rank that cost as much, the lowest such rank: there is one where no arc does.
/// With any other choice, ways that cost nothing might be unpacked into exponentially long walks. With this
/// one no node is met twice: what joins the ends by way of one node on both sides would have a highest node,
/// lower than this rank, over which they are joined at the same cost.
std::pair<Step, Step> halves(const Metric& metric, Step step) {
  const Hierarchy& h = metric.hierarchy();
  const std::uint32_t low = h.low(step.link), high = h.up()[step.link], third = step.link - h.first_up()[low];
  std::uint32_t side = static_cast<std::uint32_t>(h.link_count());
  std::pair<Step, Step> lowest;
  for (std::uint64_t t = h.first_triangle()[low]; t < h.first_triangle()[low + 1]; ++t) {
    const Hierarchy::Triangle triangle = h.triangles()[t];
    if (triangle.third != third) continue;
    lowest = steps_over(step, triangle.side, triangle.side + triangle.other);
    if (!cost_as_much(metric, step, lowest)) continue;
    side = triangle.side;
    break;
  }
  for (std::uint32_t i = h.first_fan()[low]; i < h.first_fan()[low + 1] && h.fans()[i].side < side; ++i) {
    const auto other = other_of_fan(h, h.fans()[i], third, high);
    if (!other) continue;
    const auto over = steps_over(step, h.fans()[i].side, *other);
    if (cost_as_much(metric, step, over)) return over;
  }
  return lowest;
}

void append(const Metric& metric, Step step, std::vector<std::uint32_t>& arcs) {
  std::vector<Step> left = {step};
  while (!left.empty()) {
    const Step next = left.back();
    left.pop_back();
    if (const auto found = arc(metric, next)) {
      arcs.push_back(*found);
      continue;
    }
    const auto [first, second] = halves(metric, next);
    left.push_back(second);
    left.push_back(first);
  }
}

}  // namespace

std::vector<std::uint32_t> climb(const SearchLinks& links, const Hierarchy& hierarchy, std::uint32_t rank,
                                 std::uint32_t top, std::vector<Cost>& costs) {
  std::vector<std::uint32_t> walk;
  costs[rank] = 0;
  for (std::uint32_t at = rank; at < top; at = hierarchy.parent(at)) {
    walk.push_back(at);
    for (std::uint32_t link = links.first[at]; link < links.first[at + 1]; ++link) {
      Cost& above = costs[links.high[link]];
      above = std::min(above, costs[at] + links.cost[link]);
    }
  }
  // Back from the top: the highest rank from which the step is exactly as long as the costs say.
  std::vector<std::uint32_t> way = {top};
  for (std::size_t i = walk.size(); i-- > 0;) {
    const auto begin = links.high.begin() + links.first[walk[i]],
               end = links.high.begin() + links.first[walk[i] + 1];
    const auto found = std::lower_bound(begin, end, way.back());
    if (found == end || *found != way.back() || costs[walk[i]] == kNoWay) continue;
    const auto link = static_cast<std::size_t>(found - links.high.begin());
    if (costs[walk[i]] + links.cost[link] == costs[way.back()]) way.push_back(walk[i]);
  }
  for (std::uint32_t at = rank;; at = hierarchy.parent(at)) {
    costs[at] = kNoWay;
    if (hierarchy.parent(at) == at) break;
  }
  std::reverse(way.begin(), way.end());
  return way;
}

void append_up(const Metric& metric, std::uint32_t low, std::uint32_t high,
               std::vector<std::uint32_t>& arcs) {
  append(metric, {metric.hierarchy().link(low, high), true}, arcs);
}

void append_down(const Metric& metric, std::uint32_t high, std::uint32_t low,
                 std::vector<std::uint32_t>& arcs) {
  append(metric, {metric.hierarchy().link(low, high), false}, arcs);
}

}  // namespace waywarden::detail
