#include "waywarden/hotspots/getis_ord.h"

#include <algorithm>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kGrain = 1024;

HotspotClass hotspot_class(std::optional<double> z, std::optional<double> q,
                           const std::optional<Tails>& tails) {
  if (!z || !q || !tails) return HotspotClass::undefined;
  const bool hot = *z > 0.0 && tails->upper < tails->lower;
  const bool cold = *z < 0.0 && tails->lower < tails->upper;
  if ((!hot && !cold) || *q > 0.10) return HotspotClass::not_significant;
  if (*q > 0.05) return hot ? HotspotClass::hot_90 : HotspotClass::cold_90;
  if (*q > 0.01) return hot ? HotspotClass::hot_95 : HotspotClass::cold_95;
  return hot ? HotspotClass::hot_99 : HotspotClass::cold_99;
}

GetisOrdResult sized_result(std::size_t cells) {
  GetisOrdResult result;
  result.state.resize(cells);
  result.z.resize(cells);
  result.p.resize(cells);
  result.p_error.resize(cells);
  result.neighbours.resize(cells);
  return result;
}

}  // namespace

std::string name(HotspotClass hotspot) {
  switch (hotspot) {
    case HotspotClass::hot_99:
      return "hot_99";
    case HotspotClass::hot_95:
      return "hot_95";
    case HotspotClass::hot_90:
      return "hot_90";
    case HotspotClass::not_significant:
      return "not_significant";
    case HotspotClass::cold_90:
      return "cold_90";
    case HotspotClass::cold_95:
      return "cold_95";
    case HotspotClass::cold_99:
      return "cold_99";
    case HotspotClass::undefined:
      return "undefined";
  }
  throw OptionError("no such class of hotspot");
}

std::string GetisOrdResult::p_name() const {
  return method == ProbabilityMethod::exact ? "p_exact" : "p_sim";
}

std::size_t GetisOrdResult::count(LocalState which) const {
  return static_cast<std::size_t>(std::count(state.begin(), state.end(), which));
}

std::size_t GetisOrdResult::count(HotspotClass which) const {
  return static_cast<std::size_t>(std::count(hotspot.begin(), hotspot.end(), which));
}

GetisOrdResult getis_ord(std::span<const double> values, const Weights& weights,
                         const GetisOrdOptions& options, const Execution& execution) {
  require_fitting(values, weights);
  const bool star = options.statistic == LocalStatistic::gi_star;
  // A copy of a million rows takes longer than to see that none is needed.
  const bool alone = is_without_self(weights);
  const Weights left = alone ? Weights() : without_self(weights);
  const Weights& others = alone ? weights : left;
  const DistinctValues distinct = distinct_values(values);
  const Population population(distinct);
  const LocalSummer summer(values, population, distinct, star ? weights : others, Summand::value,
                           star ? Own::counted : Own::as_listed);
  GetisOrdResult result = sized_result(values.size());
  const auto standardise = [&](std::size_t i) {
    result.neighbours[i] = static_cast<std::uint32_t>(others.neighbours(i).size());
    const auto compared = star ? population.all() : population.others(distinct.group[i], Summand::value);
    const Standardised sum = standardised(summer.of(i), compared);
    result.state[i] = result.neighbours[i] == 0 ? LocalState::island : state_of(sum.why);
    if (result.state[i] == LocalState::defined) result.z[i] = sum.z;
  };
  parallel_for(values.size(), execution, standardise, kGrain);

  const LocalTestOptions test = {options.method, options.alternative, options.permutations,
                                 options.adjustment};
  const auto [tails, method] = find_tails(values, others, Summand::value, test, execution);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!result.z[i] || !tails[i]) continue;
    result.p[i] = tails[i]->p(options.alternative);
    result.p_error[i] = tails[i]->standard_error(options.alternative);
  }
  result.method = method;
  result.adjustment = options.adjustment;
  result.q = adjusted(result.p, options.adjustment);
  result.hotspot.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.hotspot.push_back(hotspot_class(result.z[i], result.q[i], tails[i]));
  }
  return result;
}

}  // namespace waywarden
