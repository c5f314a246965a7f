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

struct Question {
  const Sites& sites;
  const Limits& limits;
  const CaptureOptions& options;
  const Execution& execution;
};

std::vector<std::uint8_t> fixed_sites(const Sites& sites) {
  return flags(sites.size(), required_sites(sites, sites.size()));
}

/// The best placement found from that of greedy, and what was proved of it.
Certificate proved(const SiteWays& ways, const Placement& greedy, const Question& q) {
  const std::vector<std::uint8_t> fixed = fixed_sites(q.sites);
  const Swapped swapped =
      swap_sites(ways, q.limits, flags(q.sites.size(), greedy.site), fixed, q.options.exchanges, q.execution);
  return certify(ways, q.limits, swapped.chosen, fixed, q.options.search, q.execution);
}

/// The same without a proof.
Certificate exchanged(const std::vector<SiteNet>& nets, const Placement& greedy, const Question& q) {
  const WatchedNets unwatched(nets, q.sites.detection, q.execution, q.sites.group);
  const std::vector<std::uint8_t> open = flags(q.sites.size(), open_sites(q.sites, {}));
  const Swapped swapped = swap_sites(unwatched, q.limits, flags(q.sites.size(), greedy.site),
                                     fixed_sites(q.sites), open, q.options.exchanges, q.execution);
  return {swapped.chosen, swapped.caught, greedy.bound, Status::gap, 0};
}

Certificate searched(const SiteRoutes& routes, const Placement& greedy, const Question& q) {
  if (const auto* trees = std::get_if<SiteTrees>(&routes))
    return proved(ways_of(trees->trees, trees->draws, q.sites), greedy, q);
  const auto& nets = std::get<std::vector<SiteNet>>(routes);
  const std::optional<SiteWays> ways = ways_of(nets, q.sites, q.options.listed);
  return ways ? proved(*ways, greedy, q) : exchanged(nets, greedy, q);
}

Status status_after(const Placement& placement, const Certificate& proof, const CertificateLimits& search) {
  const Status status = status_of(placement.total_caught(), placement.bound);
  if (status == Status::optimal || search.nodes == 0) return status;
  return proof.status;
}

/// The rows of the placement found, under the least bound. Never below the value but for rounding: sums over
/// ways and over trees round differently.
Placement judged(Placement rows, const Placement& greedy, const Certificate& proof,
                 const CertificateLimits& search) {
  rows.bound = std::max(std::min(greedy.bound, proof.bound), rows.total_caught());
  rows.status = status_after(rows, proof, search);
  return rows;
}

}  // namespace

Placement capture_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                            const Sites& sites, const Limits& limits, const CaptureOptions& options,
                            const Execution& execution) {
  const Question question{sites, limits, options, execution};
  Placement greedy = greedy_placement(trees, draws, journeys, sites, limits, execution);
  if (greedy.status == Status::optimal) return greedy;
  const Certificate proof = proved(ways_of(trees, draws, sites), greedy, question);
  Placement rows = in_order_of_gain(trees, draws, journeys, sites, sites_of(proof.chosen), execution);
  return judged(std::move(rows), greedy, proof, options.search);
}

Placement capture_placement(const SiteRoutes& routes, double journeys, const Sites& sites,
                            const Limits& limits, const CaptureOptions& options, const Execution& execution) {
  Placement greedy = greedy_placement(routes, journeys, sites, limits, execution);
  if (greedy.status == Status::optimal) return greedy;
  const Certificate proof = searched(routes, greedy, {sites, limits, options, execution});
  Placement rows = in_order_of_gain(routes, journeys, sites, sites_of(proof.chosen), execution);
  return judged(std::move(rows), greedy, proof, options.search);
}

}  // namespace waywarden
