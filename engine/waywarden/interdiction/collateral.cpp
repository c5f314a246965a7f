#include "waywarden/interdiction/collateral.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/interdiction/greedy.h"

namespace waywarden {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("collateral load: ") + what);
}

/// Placements by gain less what stops cost, and what bounds all others.
class Sweep {
 public:
  Sweep(WatchedRoutes routes, const Sites& sites, const Limits& limits, std::span<const double> stops,
        const Execution& execution)
      : sites_(sites), limits_(limits), stops_(stops), execution_(execution), unwatched_(std::move(routes)) {}

  /// The most that a stop can be worth.
  double highest_price() const {
    const std::vector<double> gains = unwatched_.gains();
    double highest = 0.0;
    for (std::size_t site = 0; site < gains.size(); ++site) {
      if (stops_[site] > 0.0) highest = std::max(highest, gains[site] / stops_[site]);
    }
    return highest;
  }

  /// Adds a point, and what each of its steps says about the bound.
  void add(double price, CollateralFrontier& points) {
    WatchedRoutes routes = unwatched_;
    std::vector<SiteId> placed;
    for (const SiteId site : required_sites(sites_, sites_.size())) watch(routes, placed, site);
    while (true) {
      execution_.check();
      known_.push_back({routes.caught(), routes.gains(), placed});
      const SiteId next = best(known_.back(), price);
      if (!next.exists()) break;
      watch(routes, placed, next);
    }
    points.price.push_back(price);
    points.caught.push_back(routes.caught());
    points.stops.push_back(stops_of(placed));
    points.stops_per_capture.push_back(routes.caught() > 0.0 ? stops_of(placed) / routes.caught() : 0.0);
    points.sites.push_back(std::move(placed));
  }

  /// The least bound that any placement met says of those with so few stops.
  double bound(double stops) const {
    Limits limits = limits_;
    limits.push_back(stop_limit({stops_.begin(), stops_.end()}, stops));
    double least = std::numeric_limits<double>::max();
    for (const Known& known : known_) {
      least = std::min(least, submodular_bound(known.caught, known.gains, sites_, known.placed, limits));
    }
    return least;
  }

 private:
  struct Known {
    double caught;
    std::vector<double> gains;
    std::vector<SiteId> placed;
  };

  void watch(WatchedRoutes& routes, std::vector<SiteId>& placed, SiteId site) const {
    routes.watch(site, execution_);
    placed.push_back(site);
  }

  SiteId best(const Known& known, double price) const {
    const std::vector<double> used = used_by(limits_, known.placed);
    std::vector<SiteId> open = open_sites(sites_, known.placed);
    std::erase_if(open, [&](SiteId site) { return !fits(limits_, used, site); });
    std::vector<double> worth;
    for (const SiteId site : open)
      worth.push_back((known.gains[site.index()] - price * stops_[site.index()]) /
                      scarcest_use(limits_, site));
    const auto choice = first_of_largest(worth);
    return choice && worth[*choice] > 0.0 ? open[*choice] : SiteId::none();
  }

  double stops_of(std::span<const SiteId> placed) const {
    double sum = 0.0;
    for (const SiteId site : placed) sum += stops_[site.index()];
    return sum;
  }

  const Sites& sites_;
  const Limits& limits_;
  std::span<const double> stops_;
  const Execution& execution_;
  WatchedRoutes unwatched_;
  std::vector<Known> known_;
};

/// Rows that no other row beats in both columns, by stops; of equals the first.
std::vector<std::size_t> undominated(const CollateralFrontier& points) {
  std::vector<std::size_t> order(points.price.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return points.stops[a] != points.stops[b] ? points.stops[a] < points.stops[b]
                                              : points.caught[a] > points.caught[b];
  });
  std::vector<std::size_t> kept;
  for (const std::size_t i : order) {
    if (kept.empty() || points.caught[i] > points.caught[kept.back()]) kept.push_back(i);
  }
  return kept;
}

CollateralFrontier rows_of(const CollateralFrontier& points, const std::vector<std::size_t>& rows) {
  CollateralFrontier kept;
  for (const std::size_t i : rows) {
    kept.price.push_back(points.price[i]);
    kept.sites.push_back(points.sites[i]);
    kept.caught.push_back(points.caught[i]);
    kept.stops.push_back(points.stops[i]);
    kept.stops_per_capture.push_back(points.stops_per_capture[i]);
  }
  return kept;
}

CollateralFrontier frontier_of(WatchedRoutes routes, const Sites& sites, const Limits& limits,
                               std::span<const double> stops, std::size_t points,
                               const Execution& execution) {
  Sweep sweep(std::move(routes), sites, limits, stops, execution);
  CollateralFrontier all;
  const double highest = sweep.highest_price();
  for (std::size_t i = 0; i + 1 < points; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(points - 1);
    sweep.add(highest * std::pow(1e-4, part), all);
  }
  sweep.add(0.0, all);
  CollateralFrontier frontier = rows_of(all, undominated(all));
  for (const double most : frontier.stops) frontier.bound.push_back(sweep.bound(most));
  return frontier;
}

void check(const Sites& sites, const Limits& limits, std::span<const double> stops, std::size_t points) {
  check_limits(limits, sites);
  require(stops.size() == sites.size(), "stops must be one per site");
  require(points >= 2, "a frontier needs at least two points");
}

}  // namespace

std::vector<double> lawful_stops(const Sites& sites, std::span<const double> passing, double specificity) {
  require(specificity >= 0.0 && specificity <= 1.0, "specificity is outside [0, 1]");
  require(passing.size() == sites.size(), "travellers must be one number per site");
  std::vector<double> stops;
  for (std::size_t site = 0; site < passing.size(); ++site) {
    require(std::isfinite(passing[site]) && passing[site] >= 0.0, "travellers must be finite and >= 0");
    stops.push_back(passing[site] * sites.hours[site] * (1.0 - specificity));
  }
  return stops;
}

Limit stop_limit(std::vector<double> stops, double most) { return {std::move(stops), most}; }

CollateralFrontier collateral_frontier(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites,
                                       const Limits& limits, std::span<const double> stops,
                                       std::size_t points, const Execution& execution) {
  check(sites, limits, stops, points);
  return frontier_of({trees, draws, sites, execution}, sites, limits, stops, points, execution);
}

CollateralFrontier collateral_frontier(const SiteRoutes& routes, const Sites& sites, const Limits& limits,
                                       std::span<const double> stops, std::size_t points,
                                       const Execution& execution) {
  check(sites, limits, stops, points);
  return frontier_of({routes, sites, execution}, sites, limits, stops, points, execution);
}

}  // namespace waywarden
