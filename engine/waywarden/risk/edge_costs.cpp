#include "waywarden/risk/edge_costs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"

namespace waywarden {
namespace {

void require_amount(double value, const char* what) {
  if (!std::isfinite(value) || value < 0.0) throw OptionError(std::string(what) + " must be finite and >= 0");
}

void check(const CostAssumptions& a, const Scenario& scenario) {
  require_amount(a.value_of_time, "value_of_time");
  require_amount(a.risk_aversion, "risk_aversion");
  for (std::size_t mode = 0; mode < kModeCount; ++mode) {
    require_amount(a.money_per_km[mode], "money_per_km");
    require_amount(a.speed_kmh[mode], "speed_kmh");
    require_amount(scenario.time_factor[mode], "time_factor");
    if (a.speed_kmh[mode] == 0.0) throw OptionError("speed_kmh must be > 0");
  }
}

double seconds(const NetworkColumns& c, std::size_t e, const CostAssumptions& a, const Scenario& scenario) {
  const auto mode = static_cast<std::size_t>(c.mode[e]);
  const double speed = c.speed_kmh[e] > kSpeedNotStated ? c.speed_kmh[e] : a.speed_kmh[mode];
  return scenario.time_factor[mode] * (c.length_m[e] * 3.6 / speed) + c.wait_s[e];
}

std::vector<double> detection(const Network& network, const Scenario& scenario) {
  std::vector<double> p = network.columns().detection;
  for (const auto& [edge, probability] : scenario.detection) {
    if (edge.index() >= p.size())
      throw OptionError("scenario changes an edge that the network does not have");
    p[edge.index()] = probability;
  }
  return p;
}

}  // namespace

double hazard(double probability) {
  if (!(probability >= 0.0 && probability <= 1.0)) throw OptionError("probability outside [0, 1]");
  return -std::log1p(-std::min(probability, kLargestProbability));
}

EdgeCosts edge_costs(const Network& network, const CostAssumptions& assumptions, const Scenario& scenario) {
  check(assumptions, scenario);
  const NetworkColumns& c = network.columns();
  const std::vector<double> p = detection(network, scenario);
  const std::vector<std::uint8_t> closed = closed_edges(network, scenario);
  EdgeCosts costs;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const auto mode = static_cast<std::size_t>(c.mode[e]);
    costs.time_s.push_back(seconds(c, e, assumptions, scenario));
    costs.money.push_back(c.money[e] + assumptions.money_per_km[mode] * c.length_m[e] / 1000.0);
    costs.hazard.push_back(hazard(p[e]));
    costs.clamped += p[e] > kLargestProbability;
    const double cost = assumptions.value_of_time * costs.time_s[e] / 3600.0 + costs.money[e] +
                        assumptions.risk_aversion * costs.hazard[e];
    costs.generalised.push_back(closed[e] != 0 ? std::numeric_limits<double>::infinity() : cost);
  }
  return costs;
}

}  // namespace waywarden
