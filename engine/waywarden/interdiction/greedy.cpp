#include "waywarden/interdiction/greedy.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<double> gains_of(std::span<const double> gains, std::span<const SiteId> sites) {
  std::vector<double> values;
  values.reserve(sites.size());
  for (const SiteId site : sites) values.push_back(gains[site.index()]);
  return values;
}

class Greedy {
 public:
  Greedy(std::span<const SiteTree> trees, std::size_t draws, double journeys, const Sites& sites,
         std::size_t teams, const Execution& execution)
      : sites_(sites),
        teams_(teams),
        execution_(execution),
        trees_(trees, draws, sites.detection, execution) {
    placement_.journeys = journeys;
    placement_.bound = journeys;
  }

  Placement place() {
    for (const SiteId site : required_sites(sites_, teams_)) add(site);
    while (true) {
      execution_.check();
      const std::vector<double> gains = trees_.gains();
      lower_bound(gains);
      const SiteId next = best(gains);
      if (placement_.site.size() == teams_ || !next.exists()) break;
      add(next);
    }
    placement_.status = status_of(placement_.total_caught(), placement_.bound);
    return std::move(placement_);
  }

 private:
  /// None where nothing adds anything.
  SiteId best(const std::vector<double>& gains) const {
    const std::vector<SiteId> open = open_sites(sites_, placement_.site);
    const std::vector<double> of_open = gains_of(gains, open);
    const auto choice = first_of_largest(of_open);
    return choice && of_open[*choice] > 0.0 ? open[*choice] : SiteId::none();
  }

  void add(SiteId site) {
    const std::vector<double> before = trees_.caught_per_draw();
    trees_.watch(site, execution_);
    add_team(placement_, site, before, trees_.caught_per_draw());
  }

  void lower_bound(const std::vector<double>& gains) {
    const double bound = submodular_bound(trees_.caught(), gains, sites_, placement_.site, teams_);
    placement_.bound = std::min(placement_.bound, bound);
  }

  const Sites& sites_;
  std::size_t teams_;
  const Execution& execution_;
  WatchedTrees trees_;
  Placement placement_;
};

}  // namespace

Placement greedy_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, std::size_t teams, const Execution& execution) {
  if (draws < 2) throw OptionError("standard errors need at least two draws");
  return Greedy(trees, draws, journeys, sites, teams, execution).place();
}

double submodular_bound(double caught, std::span<const double> gains, const Sites& sites,
                        std::span<const SiteId> placed, std::size_t teams) {
  const std::size_t required = required_sites(sites, teams).size();
  return caught + sum_of_largest(gains_of(gains, open_sites(sites, placed)), teams - required);
}

}  // namespace waywarden
