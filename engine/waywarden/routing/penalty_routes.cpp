#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "waywarden/base/errors.h"
#include "waywarden/routing/alternatives.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/detail/chosen_routes.h"
#include "waywarden/routing/detail/incidence.h"

namespace waywarden {
namespace {

/// Changes to a metric that end with it.
class Penalties {
 public:
  Penalties(PartialCustomization& partial, Metric& metric) : partial_(partial), metric_(metric) {}
  Penalties(const Penalties&) = delete;
  Penalties& operator=(const Penalties&) = delete;
  ~Penalties() {
    for (std::size_t i = revisions_.size(); i-- > 0;) PartialCustomization::undo(metric_, revisions_[i]);
  }

  void apply(std::span<const WeightChange> changes) {
    revisions_.push_back(partial_.apply(metric_, changes));
  }

 private:
  PartialCustomization& partial_;
  Metric& metric_;
  std::vector<MetricRevision> revisions_;
};

/// Without the circles of weight 0 that a cheapest way may have: each node is left as when last visited.
std::vector<std::uint32_t> without_circles(std::span<const std::uint32_t> route, ArcColumns arcs,
                                           std::uint32_t source, std::uint32_t target) {
  std::unordered_map<std::uint32_t, std::uint32_t> last;
  for (const std::uint32_t a : route) last[arcs.tail[a]] = a;
  std::vector<std::uint32_t> kept;
  for (; source != target; source = arcs.head[kept.back()]) kept.push_back(last.at(source));
  return kept;
}

void check(const PenaltyOptions& options) {
  if (!(options.excess >= 0 && options.sharing >= 0)) {
    throw OptionError("bounds on alternative routes must not be below 0");
  }
  if (!(options.factor > 1)) throw OptionError("a penalty must be a factor above 1");
}

}  // namespace

PenaltyRoutes::PenaltyRoutes(ArcColumns arcs, const Metric& metric)
    : arcs_(arcs),
      weights_(metric.weights().begin(), metric.weights().end()),
      metric_(metric),
      partial_(metric_.hierarchy()),
      point_to_point_(metric_) {
  detail::check_arcs(metric.hierarchy(), arcs);
}

std::vector<std::uint32_t> PenaltyRoutes::route_between(std::uint32_t source, std::uint32_t target) {
  return without_circles(point_to_point_.arcs(source, target), arcs_, source, target);
}

std::vector<WeightChange> PenaltyRoutes::dearer(std::span<const std::uint32_t> route, double factor) const {
  std::vector<WeightChange> changes;
  for (const std::uint32_t a : route) {
    const double weight = metric_.weights()[a];
    const double more = std::min(std::max(std::ceil(weight * factor), weight + 1), double{kNoWay - 1});
    changes.push_back({a, static_cast<Weight>(more)});
  }
  return changes;
}

Alternatives PenaltyRoutes::between(std::uint32_t source, std::uint32_t target, const PenaltyOptions& options,
                                    const Execution& execution) {
  check(options);
  const Cost cheapest = point_to_point_.cost(source, target);
  if (cheapest == kNoWay || options.count == 0) return {};
  detail::ChosenRoutes chosen(weights_);
  std::vector<std::uint32_t> route = route_between(source, target);
  chosen.add(route);
  Penalties penalties(partial_, metric_);
  for (std::size_t i = 0; i < options.rounds && chosen.routes().size() < options.count; ++i) {
    execution.check();
    try {
      penalties.apply(dearer(route, options.factor));
    } catch (const OptionError&) {
      break;  // What this costs no longer fits; what has been found stands.
    }
    route = route_between(source, target);
    if (chosen.cost(route) <= cost_within(cheapest, options.excess) &&
        chosen.shared(route) <= options.sharing * cheapest && !chosen.contains(route)) {
      chosen.add(route);
    }
  }
  return chosen.routes();
}

}  // namespace waywarden
