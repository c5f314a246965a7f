#include "waywarden/interdiction/capture.h"

#include <algorithm>

#include "waywarden/interdiction/greedy.h"
#include "waywarden/interdiction/swaps.h"

namespace waywarden {
namespace {

std::vector<std::uint8_t> flags(std::size_t sites, std::span<const SiteId> chosen) {
  std::vector<std::uint8_t> set(sites, 0);
  for (const SiteId site : chosen) set[site.index()] = 1;
  return set;
}

std::vector<SiteId> sites_of(const std::vector<std::uint8_t>& chosen) {
  std::vector<SiteId> sites;
  for (std::size_t site = 0; site < chosen.size(); ++site) {
    if (chosen[site] != 0) sites.emplace_back(site);
  }
  return sites;
}

Status status_after(const Placement& placement, const Certificate& proof, const CertificateLimits& search) {
  const Status status = status_of(placement.total_caught(), placement.bound);
  if (status == Status::optimal || search.nodes == 0) return status;
  return proof.status;
}

}  // namespace

Placement capture_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                            const Sites& sites, const Limits& limits, const CaptureOptions& options,
                            const Execution& execution) {
  Placement greedy = greedy_placement(trees, draws, journeys, sites, limits, execution);
  if (greedy.status == Status::optimal) return greedy;
  const SiteWays ways = ways_of(trees, draws, sites);
  const std::vector<std::uint8_t> fixed = flags(sites.size(), required_sites(sites, sites.size()));
  const Swapped swapped =
      swap_sites(ways, limits, flags(sites.size(), greedy.site), fixed, options.exchanges, execution);
  const Certificate proof = certify(ways, limits, swapped.chosen, fixed, options.search, execution);
  Placement placement = in_order_of_gain(trees, draws, journeys, sites, sites_of(proof.chosen), execution);
  // Never below the value but for rounding: sums over ways and over trees round differently.
  placement.bound = std::max(std::min(greedy.bound, proof.bound), placement.total_caught());
  placement.status = status_after(placement, proof, options.search);
  return placement;
}

}  // namespace waywarden
