#include "waywarden/displacement/partly_aware.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/interdiction/greedy.h"
#include "waywarden/interdiction/interception.h"

namespace waywarden {
namespace {

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Routes of evaders who know of all teams placed, and what these stop of them.
struct Aware {
  KnownRoutes routes;
  WatchedTrees trees;
};

class Search {
 public:
  Search(const Rerouting& rerouting, const KnownRoutes& unaware, const Sites& sites,
         const PartlyAwareOptions& options, const Execution& execution)
      : rerouting_(rerouting),
        share_(rerouting.awareness().share),
        sites_(sites),
        options_(options),
        execution_(execution),
        aware_(watched(unaware)),
        unaware_(aware_.trees) {
    if (has_groups(sites)) alone_.emplace(unaware.site_trees, unaware.draws(), sites.detection, execution);
    placement_.journeys = journeys_on(unaware);
    placement_.bound = placement_.journeys;
  }

  Placement place(Order order) {
    order_ = order;
    for (const SiteId site : required_sites(sites_, sites_.size())) take(site, with(aware_, site));
    do {
      lower_bound();
    } while (take_best());
    placement_.status = status_of(placement_.total_caught(), placement_.bound);
    return std::move(placement_);
  }

 private:
  /// What a site's gain is compared by.
  double use_of(SiteId site) const {
    return order_ == Order::gain ? 1.0 : scarcest_use(options_.limits, site);
  }

  Aware watched(KnownRoutes routes) const {
    WatchedTrees trees(routes.site_trees, routes.draws(), sites_.detection, execution_, sites_.group);
    for (const SiteId team : routes.teams) trees.watch(team, execution_);
    return {std::move(routes), std::move(trees)};
  }

  Aware with(const Aware& aware, SiteId site) const {
    return watched(rerouting_.with(aware.routes, std::span(&site, 1), execution_));
  }

  /// Whether a team was placed: not where the best adds nothing.
  bool take_best() {
    execution_.start("team " + std::to_string(placement_.site.size() + 1) + " against partly aware evaders",
                     aware_.routes.draws() + options_.evaluated * options_.selection_draws);
    const SiteId site = best_of(shortlist());
    if (!site.exists()) return false;
    Aware next = with(aware_, site);
    if (mean(caught_with(site, next)) <= mean(caught())) return false;
    take(site, std::move(next));
    return true;
  }

  /// Candidates in the order of how much they promise, by turns before anybody reacts and if all who can
  /// react escape.
  std::vector<SiteId> shortlist() const {
    std::vector<SiteId> open = fitting_sites(sites_, options_.limits, placement_.site);
    const std::vector<double> unaware = unaware_.gains(), aware = aware_.trees.gains();
    std::vector<double> at_most, at_least;
    for (const SiteId site : open) {
      at_least.push_back((1.0 - share_) * unaware[site.index()] / use_of(site));
      at_most.push_back(at_least.back() + share_ * aware[site.index()] / use_of(site));
    }
    std::vector<SiteId> list;
    while (list.size() < options_.evaluated && !open.empty()) {
      const std::size_t next = *first_of_largest(list.size() % 2 == 0 ? at_most : at_least);
      if (at_most[next] > 0.0) list.push_back(open[next]);
      for (auto* column : {&at_most, &at_least})
        column->erase(column->begin() + static_cast<std::ptrdiff_t>(next));
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(next));
    }
    return list;
  }

  /// The one that adds most, with all reactions, on the draws for selection; none if there is none.
  SiteId best_of(std::vector<SiteId> list) const {
    if (list.size() < 2) return list.empty() ? SiteId::none() : list.front();
    std::sort(list.begin(), list.end());
    const std::vector<double> unaware = unaware_.gains();
    const Aware sample = watched(first_draws(aware_.routes, options_.selection_draws));
    const double before = sample.trees.caught();
    std::vector<double> gain;
    for (const SiteId site : list) {
      const double reaction = with(sample, site).trees.caught() - before;
      gain.push_back(((1.0 - share_) * unaware[site.index()] + share_ * reaction) / use_of(site));
    }
    return list[*first_of_largest(gain)];
  }

  /// Journeys stopped of both kinds of evaders, per draw: by the teams placed, and with one more.
  std::vector<double> caught() const {
    return mixed(unaware_.caught_per_draw(), aware_.trees.caught_per_draw(), share_);
  }
  std::vector<double> caught_with(SiteId site, const Aware& next) const {
    std::vector<double> unaware = unaware_.caught_per_draw();
    const std::vector<double> gain = unaware_.gain_per_draw(site);
    for (std::size_t draw = 0; draw < unaware.size(); ++draw) unaware[draw] += gain[draw];
    return mixed(unaware, next.trees.caught_per_draw(), share_);
  }

  void take(SiteId site, Aware next) {
    const std::vector<double> before = caught();
    unaware_.watch(site, execution_);
    if (alone_) alone_->watch(site, execution_);
    aware_ = std::move(next);
    add_team(placement_, site, before, caught());
  }

  void lower_bound() {
    const WatchedTrees& trees = alone_ ? *alone_ : unaware_;
    const double bound =
        submodular_bound(trees.caught(), trees.gains(), sites_, placement_.site, options_.limits);
    placement_.bound = std::min(placement_.bound, bound);
  }

  const Rerouting& rerouting_;
  double share_;
  const Sites& sites_;
  const PartlyAwareOptions& options_;
  const Execution& execution_;
  Aware aware_;
  WatchedTrees unaware_;
  /// The same with every site alone, where there are groups: evaders who know of teams mind each of them,
  /// even where a group detects only once.
  std::optional<WatchedTrees> alone_;
  Placement placement_;
  Order order_ = Order::gain;
};

}  // namespace

Placement partly_aware_placement(const Rerouting& rerouting, const KnownRoutes& unaware, const Sites& sites,
                                 const PartlyAwareOptions& options, const Execution& execution) {
  if (options.evaluated == 0) throw OptionError("at least one candidate must be evaluated at each step");
  if (options.selection_draws == 0) throw OptionError("candidates must be compared on at least one draw");
  check_limits(options.limits, sites);
  const auto place = [&](Order order) {
    return Search(rerouting, unaware, sites, options, execution).place(order);
  };
  Placement best = place(Order::gain);
  return all_alike(options.limits) ? best : better_of(std::move(best), place(Order::gain_per_use));
}

std::vector<double> aware_interceptions_per_draw(const Rerouting& rerouting, const KnownRoutes& unaware,
                                                 const Sites& sites, std::span<const SiteId> placement,
                                                 const Execution& execution) {
  const KnownRoutes aware = rerouting.with(unaware, placement, execution);
  return interceptions_per_draw(aware.site_trees, aware.draws(), sites.detection, placement, execution,
                                sites.group);
}

std::vector<double> mixed(std::span<const double> unaware, std::span<const double> aware, double share) {
  std::vector<double> both(unaware.size());
  for (std::size_t draw = 0; draw < both.size(); ++draw) {
    both[draw] = (1.0 - share) * unaware[draw] + share * aware[draw];
  }
  return both;
}

}  // namespace waywarden
