#include "waywarden/interdiction/placement.h"

#include <algorithm>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/flow/exposure.h"

namespace waywarden {
namespace {

constexpr double kTolerance = 1e-9;

}  // namespace

std::string_view name(Status status) {
  if (status == Status::optimal) return "optimal";
  return status == Status::gap ? "gap" : "limit";
}

std::vector<SiteId> required_sites(const Sites& sites, std::size_t teams) {
  std::vector<SiteId> required;
  for (std::size_t site = 0; site < sites.size(); ++site) {
    if (sites.state[site] == SiteState::required) required.push_back(SiteId(site));
  }
  if (required.size() > teams) {
    throw OptionError(std::to_string(required.size()) + " sites require a team, but there are " +
                      std::to_string(teams) + " teams");
  }
  return required;
}

std::vector<SiteId> open_sites(const Sites& sites, std::span<const SiteId> placed) {
  std::vector<SiteId> open;
  for (std::size_t site = 0; site < sites.size(); ++site) {
    const bool taken = std::find(placed.begin(), placed.end(), SiteId(site)) != placed.end();
    if (!taken && sites.state[site] == SiteState::candidate) open.push_back(SiteId(site));
  }
  return open;
}

std::optional<std::size_t> first_of_largest(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  const double largest = *std::max_element(values.begin(), values.end());
  const double enough = largest - kTolerance * std::abs(largest);
  const auto first =
      std::find_if(values.begin(), values.end(), [&](double value) { return value >= enough; });
  return static_cast<std::size_t>(first - values.begin());
}

void add_team(Placement& placement, SiteId site, std::span<const double> before,
              std::span<const double> after) {
  std::vector<double> added(after.begin(), after.end());
  for (std::size_t draw = 0; draw < added.size(); ++draw) added[draw] -= before[draw];
  const Estimate gain = estimate(added);
  const Estimate caught = estimate(after);
  placement.site.push_back(site);
  placement.gain.push_back(gain.mean);
  placement.gain_error.push_back(gain.standard_error);
  placement.caught.push_back(caught.mean);
  placement.caught_error.push_back(caught.standard_error);
  placement.share.push_back(placement.journeys > 0.0 ? caught.mean / placement.journeys : 0.0);
}

Status status_of(double value, double bound) {
  return bound <= value * (1.0 + kTolerance) ? Status::optimal : Status::gap;
}

Placement better_of(Placement first, Placement second) {
  const double bound = std::min(first.bound, second.bound);
  Placement better = second.total_caught() > first.total_caught() ? std::move(second) : std::move(first);
  better.bound = bound;
  better.status = status_of(better.total_caught(), bound);
  return better;
}

}  // namespace waywarden
