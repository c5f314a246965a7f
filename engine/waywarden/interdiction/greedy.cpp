#include "waywarden/interdiction/greedy.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

class Greedy {
 public:
  Greedy(WatchedRoutes routes, double journeys, const Sites& sites, const Limits& limits,
         const Execution& execution)
      : sites_(sites), limits_(limits), execution_(execution), routes_(std::move(routes)) {
    placement_.journeys = journeys;
    placement_.bound = journeys;
  }

  Placement place(Order order) {
    for (const SiteId site : required_sites(sites_, sites_.size())) add(site);
    while (true) {
      execution_.check();
      const std::vector<double> gains = routes_.gains();
      lower_bound(gains);
      const SiteId next = best(gains, order, fitting_sites(sites_, limits_, placement_.site));
      if (!next.exists()) break;
      add(next);
    }
    // Gains and what they add up to round differently.
    placement_.bound = std::max(placement_.bound, placement_.total_caught());
    placement_.status = status_of(placement_.total_caught(), placement_.bound);
    return std::move(placement_);
  }

  /// The sites given, required ones first.
  Placement arrange(std::vector<SiteId> left) {
    for (const SiteId site : required_sites(sites_, sites_.size())) {
      if (std::erase(left, site) > 0) add(site);
    }
    std::ranges::sort(left);
    while (!left.empty()) {
      const SiteId next = best(routes_.gains(), Order::gain, left);
      add(next.exists() ? next : left.front());
      std::erase(left, placement_.site.back());
    }
    return std::move(placement_);
  }

 private:
  /// None where nothing adds anything.
  SiteId best(const std::vector<double>& gains, Order order, const std::vector<SiteId>& open) const {
    std::vector<double> worth;
    for (const SiteId site : open) {
      const double use = order == Order::gain ? 1.0 : scarcest_use(limits_, site);
      worth.push_back(gains[site.index()] / use);
    }
    const auto choice = first_of_largest(worth);
    return choice && worth[*choice] > 0.0 ? open[*choice] : SiteId::none();
  }

  void add(SiteId site) {
    const std::vector<double> before = routes_.caught_per_draw();
    routes_.watch(site, execution_);
    add_team(placement_, site, before, routes_.caught_per_draw());
  }

  void lower_bound(const std::vector<double>& gains) {
    const double bound = submodular_bound(routes_.caught(), gains, sites_, placement_.site, limits_);
    placement_.bound = std::min(placement_.bound, bound);
  }

  const Sites& sites_;
  const Limits& limits_;
  const Execution& execution_;
  WatchedRoutes routes_;
  Placement placement_;
};

/// In every order that makes a difference.
Placement best_of_orders(WatchedRoutes routes, double journeys, const Sites& sites, const Limits& limits,
                         const Execution& execution) {
  Greedy greedy(std::move(routes), journeys, sites, limits, execution);
  if (all_alike(limits)) return greedy.place(Order::gain);
  Placement best = Greedy(greedy).place(Order::gain);
  return better_of(std::move(best), greedy.place(Order::gain_per_use));
}

Placement arranged(WatchedRoutes routes, double journeys, const Sites& sites,
                   std::span<const SiteId> placement, const Execution& execution) {
  const Limits all = {team_limit(sites, sites.size())};
  return Greedy(std::move(routes), journeys, sites, all, execution)
      .arrange({placement.begin(), placement.end()});
}

}  // namespace

Placement greedy_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, std::size_t teams, const Execution& execution) {
  required_sites(sites, teams);  // says how many teams are missing
  return greedy_placement(trees, draws, journeys, sites, {team_limit(sites, teams)}, execution);
}

Placement greedy_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, const Limits& limits, const Execution& execution) {
  if (draws < 2) throw OptionError("standard errors need at least two draws");
  check_limits(limits, sites);
  return best_of_orders({trees, draws, sites, execution}, journeys, sites, limits, execution);
}

Placement greedy_placement(const SiteRoutes& routes, double journeys, const Sites& sites,
                           const Limits& limits, const Execution& execution) {
  check_limits(limits, sites);
  return best_of_orders({routes, sites, execution}, journeys, sites, limits, execution);
}

Placement in_order_of_gain(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, std::span<const SiteId> placement,
                           const Execution& execution) {
  if (draws < 2) throw OptionError("standard errors need at least two draws");
  return arranged({trees, draws, sites, execution}, journeys, sites, placement, execution);
}

Placement in_order_of_gain(const SiteRoutes& routes, double journeys, const Sites& sites,
                           std::span<const SiteId> placement, const Execution& execution) {
  return arranged({routes, sites, execution}, journeys, sites, placement, execution);
}

double submodular_bound(double caught, std::span<const double> gains, const Sites& sites,
                        std::span<const SiteId> placed, std::size_t teams) {
  return submodular_bound(caught, gains, sites, placed, {team_limit(sites, teams)});
}

double submodular_bound(double caught, std::span<const double> gains, const Sites& sites,
                        std::span<const SiteId> placed, const Limits& limits) {
  const std::vector<double> used = used_by(limits, required_sites(sites, sites.size()));
  return caught + largest_sum(gains, open_sites(sites, placed), limits, used);
}

}  // namespace waywarden
