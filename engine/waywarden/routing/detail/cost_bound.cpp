#include "waywarden/routing/detail/cost_bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/routing/metric.h"

namespace waywarden {
namespace {

/// Sums over nodes of the largest value among the arcs that leave, and that enter; the smaller of the two.
/// Loops and what is not finite do not count.
template <class Value, class Sum, class IsOpen>
Sum smaller_sum(const Hierarchy& hierarchy, std::span<const Value> per_arc, const IsOpen& is_open) {
  std::vector<Value> leaving(hierarchy.node_count(), Value{0}), entering(hierarchy.node_count(), Value{0});
  const auto links = static_cast<std::uint32_t>(hierarchy.link_count());
  for (const Hierarchy::Placed placed : hierarchy.placed()) {
    const Value value = per_arc[placed.arc];
    if (!is_open(value)) continue;
    const bool is_up = placed.slot < links;
    const std::uint32_t link = is_up ? placed.slot : placed.slot - links;
    Value& at_low = (is_up ? leaving : entering)[hierarchy.low(link)];
    Value& at_high = (is_up ? entering : leaving)[hierarchy.up()[link]];
    at_low = std::max(at_low, value);
    at_high = std::max(at_high, value);
  }
  return std::min(std::accumulate(leaving.begin(), leaving.end(), Sum{0}),
                  std::accumulate(entering.begin(), entering.end(), Sum{0}));
}

std::uint64_t total(std::span<const Weight> weights) {
  std::uint64_t sum = 0;
  for (const Weight weight : weights) sum += weight == kClosed ? 0 : weight;
  return sum;
}

/// The largest weight of each run of arcs with one tail. Where arcs are sorted by tail, what leaves each node
/// is one run; otherwise there are more, and their sum is larger.
std::uint64_t by_runs(const Hierarchy& hierarchy, std::span<const Weight> weights) {
  std::uint64_t sum = 0;
  Weight largest = 0;
  for (std::size_t a = 0; a < weights.size(); ++a) {
    const Weight weight = weights[a] == kClosed ? 0 : weights[a];
    const bool is_new = hierarchy.new_tail()[a] != 0;
    sum += is_new ? largest : 0;
    largest = std::max(is_new ? 0 : largest, weight);
  }
  return sum + largest;
}

}  // namespace

std::uint64_t way_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc) {
  return smaller_sum<Weight, std::uint64_t>(hierarchy, per_arc, [](Weight w) { return w != kClosed; });
}

double way_weight_unit(const Hierarchy& hierarchy, std::span<const double> costs, double headroom) {
  if (costs.size() != hierarchy.arc_count()) throw OptionError("costs must have one entry per arc");
  for (const double cost : costs) {
    if (std::isnan(cost) || cost < 0.0) throw OptionError("edge costs must be >= 0");
  }
  const auto sum = smaller_sum<double, double>(hierarchy, costs, [](double c) { return std::isfinite(c); });
  // Rounding adds at most one unit per arc of the way.
  const double units =
      static_cast<double>(kNoWay - 1) / headroom - static_cast<double>(hierarchy.node_count());
  if (!(units >= 1.0)) throw OptionError("no unit leaves that much headroom");
  // A power of two: scaling is exact, and nearly equal inputs get the same unit.
  return sum == 0.0 ? 1.0 : std::exp2(std::ceil(std::log2(sum / units)));
}

namespace detail {

void check_weight_count(const Hierarchy& hierarchy, std::span<const Weight> per_arc) {
  if (per_arc.size() != hierarchy.arc_count()) throw OptionError("weights must have one entry per arc");
}

std::uint64_t fitting_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc) {
  const std::uint64_t sum = total(per_arc);
  return sum < kNoWay ? sum : fitting_cost_bound(hierarchy, per_arc, by_runs(hierarchy, per_arc));
}

std::uint64_t fitting_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc,
                                 std::uint64_t quick_bound) {
  const std::uint64_t bound = quick_bound < kNoWay ? quick_bound : way_cost_bound(hierarchy, per_arc);
  check_cost_bound(bound);
  return bound;
}

void check_cost_bound(std::uint64_t bound) {
  if (bound < kNoWay) return;
  throw OptionError("ways may cost up to " + std::to_string(bound) + " units, and less than " +
                    std::to_string(kNoWay) + " are allowed: use a unit " +
                    std::to_string(bound / (kNoWay - 1) + 1) + " times as large (way_weight_unit)");
}

}  // namespace detail
}  // namespace waywarden
