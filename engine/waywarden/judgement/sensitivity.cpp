#include "waywarden/judgement/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"
#include "waywarden/interdiction/greedy.h"

namespace waywarden {
namespace {

void check(const SensitivityOptions& options) {
  if (!std::isfinite(options.factor) || options.factor <= 1.0)
    throw OptionError("the factor must be finite and > 1");
  // Standard errors need two.
  if (options.draws < 2) throw OptionError("variants need at least two draws");
}

/// The generalised cost is linear in risk aversion and in hazard: either one changes it the same way.
void scale_risk(EdgeCosts& costs, double risk_aversion, double factor) {
  for (std::size_t e = 0; e < costs.generalised.size(); ++e) {
    costs.generalised[e] =
        std::max(0.0, costs.generalised[e] + (factor - 1.0) * risk_aversion * costs.hazard[e]);
  }
}

/// With `factor` times the hazard.
double scaled_detection(double detection, double factor) {
  return std::min(-std::expm1(factor * std::log1p(-detection)), kLargestProbability);
}

std::vector<SiteId> ranking(const Movement& movement, const Variant& variant,
                            const SensitivityOptions& options, const Execution& execution) {
  const Movement changed{movement.network, movement.core,      variant.costs,        movement.demand,
                         movement.places,  variant.perception, movement.site_of_edge};
  const Rerouting rerouting(changed, variant.sites, variant.awareness);
  const KnownRoutes routes =
      rerouting.unaware(std::min(options.draws, changed.perception.draws()), execution);
  if (options.model == EvaderModel::partly_aware) {
    return partly_aware_placement(rerouting, routes, variant.sites, options.placement, execution).site;
  }
  return greedy_placement(routes.site_trees, routes.draws(), journeys_on(routes), variant.sites,
                          options.placement.limits, execution)
      .site;
}

std::optional<std::size_t> rank_in(const std::vector<SiteId>& ranking, SiteId site) {
  const auto found = std::find(ranking.begin(), ranking.end(), site);
  if (found == ranking.end()) return std::nullopt;
  return static_cast<std::size_t>(found - ranking.begin()) + 1;
}

void add_site(Sensitivity& result, const Placement& placement, std::size_t row,
              const std::vector<std::vector<SiteId>>& rankings) {
  std::size_t low = row + 1;
  std::optional<std::size_t> high = row + 1;
  std::vector<std::optional<std::size_t>> ranks;
  for (const std::vector<SiteId>& other : rankings) {
    const auto rank = rank_in(other, placement.site[row]);
    low = std::min(low, rank.value_or(low));
    high = rank && high ? std::optional(std::max(*high, *rank)) : std::nullopt;
    ranks.push_back(rank);
  }
  result.rank.push_back(std::move(ranks));
  result.rank_low.push_back(low);
  result.rank_high.push_back(high);
}

}  // namespace

std::string_view name(Assumption assumption) {
  if (assumption == Assumption::detection) return "detection";
  return assumption == Assumption::route_noise ? "route_noise" : "risk_aversion";
}

Variant variant_of(const Movement& movement, const Sites& sites, const Awareness& awareness,
                   Assumption assumption, double factor) {
  Variant variant{movement.costs, movement.perception, sites, awareness};
  if (assumption == Assumption::route_noise) {
    variant.perception = movement.perception.with_deviation(factor * movement.perception.deviation());
    return variant;
  }
  scale_risk(variant.costs, awareness.risk_aversion, factor);
  if (assumption == Assumption::risk_aversion) variant.awareness.risk_aversion *= factor;
  if (assumption == Assumption::detection) {
    for (double& detection : variant.sites.detection) detection = scaled_detection(detection, factor);
    for (double& hazard : variant.costs.hazard) hazard *= factor;
  }
  return variant;
}

Sensitivity rank_ranges(const Movement& movement, const Sites& sites, const Awareness& awareness,
                        const Placement& placement, const SensitivityOptions& options,
                        const Execution& execution) {
  check(options);
  Sensitivity result;
  result.draws = std::min(options.draws, movement.perception.draws());
  std::vector<std::vector<SiteId>> rankings;
  for (const Assumption assumption : kAssumptions) {
    for (const double factor : {1.0 / options.factor, options.factor}) {
      execution.start("ranking with other " + std::string(name(assumption)), result.draws);
      result.assumption.push_back(assumption);
      result.factor.push_back(factor);
      const Variant variant = variant_of(movement, sites, awareness, assumption, factor);
      rankings.push_back(ranking(movement, variant, options, execution));
    }
  }
  for (std::size_t row = 0; row < placement.site.size(); ++row) add_site(result, placement, row, rankings);
  return result;
}

}  // namespace waywarden
