#include "waywarden/network_interdiction/attack_sites.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kTolerance = 1e-9;

void check_costs(const AttackSites& sites) {
  if (sites.state.size() != sites.cost.size()) {
    throw OptionError("there are " + std::to_string(sites.cost.size()) + " costs of sites and " +
                      std::to_string(sites.state.size()) + " states");
  }
  for (const double cost : sites.cost) {
    if (!(cost >= 0.0) || !std::isfinite(cost)) {
      throw OptionError("the cost of a site is " + std::to_string(cost) + ", not a finite number >= 0");
    }
  }
}

double cost_of_required(const AttackSites& sites) {
  double cost = 0.0;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (sites.state[i] == SiteState::required) cost += sites.cost[i];
  }
  return cost;
}

}  // namespace

AttackSites one_site_per_arc(std::size_t arcs) {
  AttackSites sites{{}, std::vector<double>(arcs, 1.0), std::vector<SiteState>(arcs, SiteState::candidate)};
  sites.site_of_arc.reserve(arcs);
  for (std::size_t a = 0; a < arcs; ++a) sites.site_of_arc.emplace_back(a);
  return sites;
}

void check_arcs(std::size_t nodes, ArcColumns arcs) {
  if (arcs.tail.size() != arcs.head.size()) throw OptionError("arcs have not as many tails as heads");
  const auto outside = [nodes](std::uint32_t node) { return node >= nodes; };
  if (std::any_of(arcs.tail.begin(), arcs.tail.end(), outside) ||
      std::any_of(arcs.head.begin(), arcs.head.end(), outside)) {
    throw OptionError("an arc ends at a node that does not exist: there are " + std::to_string(nodes));
  }
}

void check_sites(const AttackSites& sites, std::size_t arcs, double budget) {
  check_costs(sites);
  if (sites.site_of_arc.size() != arcs) {
    throw OptionError(std::to_string(sites.site_of_arc.size()) + " arcs have a site, there are " +
                      std::to_string(arcs));
  }
  for (const SiteId site : sites.site_of_arc) {
    if (site.exists() && site.index() >= sites.size()) throw OptionError("an arc belongs to no known site");
  }
  if (!(budget >= 0.0)) throw OptionError("the budget is " + std::to_string(budget) + ", not >= 0");
  if (!affordable(cost_of_required(sites), budget)) {
    throw OptionError("the required sites cost more than the budget");
  }
}

void check_per_arc(std::span<const double> values, std::size_t arcs, const char* what) {
  if (values.size() != arcs) throw OptionError(std::string("not one ") + what + " per arc");
  for (const double value : values) {
    if (!(value >= 0.0)) throw OptionError(std::string("a ") + what + " is negative or not a number");
  }
}

bool affordable(double cost, double budget) { return cost <= budget + kTolerance * std::max(1.0, budget); }

double cost_of(const AttackSites& sites, std::span<const SiteId> placement) {
  const std::vector<std::uint8_t> flags = flags_of(sites, placement);
  double cost = 0.0;
  for (std::size_t i = 0; i < flags.size(); ++i) cost += flags[i] != 0 ? sites.cost[i] : 0.0;
  return cost;
}

std::vector<std::uint8_t> flags_of(const AttackSites& sites, std::span<const SiteId> placement) {
  std::vector<std::uint8_t> flags(sites.size(), 0);
  for (const SiteId site : placement) {
    if (!site.exists() || site.index() >= sites.size()) throw OptionError("a site does not exist");
    flags[site.index()] = 1;
  }
  return flags;
}

std::vector<SiteId> placement_of(std::span<const std::uint8_t> flags) {
  std::vector<SiteId> placement;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i] != 0) placement.emplace_back(i);
  }
  return placement;
}

}  // namespace waywarden
