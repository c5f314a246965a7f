#include "waywarden/routing/detail/cost_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/routing/metric.h"

namespace waywarden {
namespace {

std::uint64_t total(std::span<const Weight> weights) {
  std::uint64_t sum = 0;
  for (const Weight weight : weights) sum += weight == kClosed ? 0 : weight;
  return sum;
}

/// The largest value of each run of arcs with one tail. Where arcs are sorted by tail, what leaves each node
/// is one run; otherwise there are more, and their sum is larger.
template <class Sum, class Value>
Sum by_runs(const Hierarchy& hierarchy, std::span<const Value> per_arc, Value closed) {
  Sum sum = 0;
  Value largest = 0;
  for (std::size_t a = 0; a < per_arc.size(); ++a) {
    const Value value = per_arc[a] == closed ? Value{0} : per_arc[a];
    const bool is_new = hierarchy.new_tail()[a] != 0;
    sum += is_new ? largest : Value{0};
    largest = std::max(is_new ? Value{0} : largest, value);
  }
  return sum + largest;
}

}  // namespace

std::uint64_t way_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc) {
  std::vector<Weight> leaving(hierarchy.node_count(), 0), entering(hierarchy.node_count(), 0);
  const auto links = static_cast<std::uint32_t>(hierarchy.link_count());
  for (const Hierarchy::Placed placed : hierarchy.placed()) {
    const Weight weight = per_arc[placed.arc];
    if (weight == kClosed) continue;
    const bool is_up = placed.slot < links;
    const std::uint32_t link = is_up ? placed.slot : placed.slot - links;
    Weight& at_low = (is_up ? leaving : entering)[hierarchy.low(link)];
    Weight& at_high = (is_up ? entering : leaving)[hierarchy.up()[link]];
    at_low = std::max(at_low, weight);
    at_high = std::max(at_high, weight);
  }
  return std::min(std::accumulate(leaving.begin(), leaving.end(), std::uint64_t{0}),
                  std::accumulate(entering.begin(), entering.end(), std::uint64_t{0}));
}

double way_weight_unit(const Hierarchy& hierarchy, std::span<const double> costs, double headroom) {
  if (costs.size() != hierarchy.arc_count()) throw OptionError("costs must have one entry per arc");
  // False for NaN too.
  const auto is_cost = [](double cost) { return cost >= 0.0; };
  if (!std::all_of(costs.begin(), costs.end(), is_cost)) throw OptionError("edge costs must be >= 0");
  const auto sum = by_runs<double, double>(hierarchy, costs, std::numeric_limits<double>::infinity());
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
  return sum < kNoWay
             ? sum
             : fitting_cost_bound(hierarchy, per_arc, by_runs<std::uint64_t>(hierarchy, per_arc, kClosed));
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
