#include "waywarden/network_interdiction/worst_case.h"

#include <chrono>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/detail/worst_case_search.h"

namespace waywarden {
namespace {

void check(const WorstCaseOptions& options) {
  if (!(options.gap >= 0.0 && options.gap < 1.0)) throw OptionError("the gap must be at least 0 and below 1");
  if (!(options.seconds >= 0.0)) throw OptionError("the limit of time is negative or not a number");
}

std::vector<SiteId> placed(const detail::Watched& watched) {
  std::vector<SiteId> sites;
  for (std::size_t site = 0; site < watched.size(); ++site) {
    if (watched[site]) sites.emplace_back(site);
  }
  return sites;
}

/// Teams that change nothing by the levels go home, if the paths agree.
detail::Watched without_idle_teams(const detail::WorstCaseSearch& search, detail::EvasionLevels& levels,
                                   const Execution& execution) {
  const detail::PlacementSearch placements(levels, execution);
  detail::Watched trimmed = placements.trimmed(search.best());
  return levels.confirm(trimmed, execution).evasion <= search.value() ? trimmed : search.best();
}

/// What evaluation on the network says of the placement found.
void evaluate(WorstCasePlacement& placement, const WorstCaseProblem& problem, const Execution& execution) {
  placement.evasion = greatest_evasion(problem, placement.site, execution);
  placement.value = std::inner_product(placement.evasion.begin(), placement.evasion.end(),
                                       problem.pairs.weight.begin(), 0.0);
  for (const SiteId site : placement.site) placement.cost += problem.cost[site.index()];
}

Status status_of(const WorstCasePlacement& placement, const detail::WorstCaseSearch& search) {
  const double open = placement.value - placement.bound;
  if (open <= 1e-9 * placement.value) return Status::optimal;
  return search.is_unfinished() ? Status::limit : Status::gap;
}

}  // namespace

WorstCasePlacement worst_case_placement(const WorstCaseProblem& problem, const WorstCaseOptions& options,
                                        const Execution& execution) {
  const auto began = std::chrono::steady_clock::now();
  check(problem);
  check(options);
  detail::EvasionLevels levels(problem, execution);
  detail::WorstCaseSearch search(levels, options, execution);
  search.run();
  WorstCasePlacement placement{.site = placed(without_idle_teams(search, levels, execution)), .evasion = {}};
  evaluate(placement, problem, execution);
  placement.bound = std::min(search.bound(), placement.value);
  placement.status = status_of(placement, search);
  placement.nodes = search.nodes();
  placement.cuts = search.cuts();
  placement.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return placement;
}

}  // namespace waywarden
