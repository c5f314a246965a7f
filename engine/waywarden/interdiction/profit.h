#pragma once

/// Where teams make trafficking stop paying. A journey of a pair brings `revenue`, takes `cost`, and loses
/// `loss` (on top of the revenue) when it is intercepted, so its profit is (1 - P) * revenue - cost - P *
/// loss, and the pair is broken as soon as P reaches (revenue - cost) / (revenue + loss) (design.md, 5). Two
/// questions: the cheapest sites that break every pair that can be broken, and the sites within a budget that
/// break most journeys' pairs.
///
/// Method: interception is monotone and submodular in the set of sites, so what a site adds to what is
/// watched bounds what it can add later, and each pair becomes a row of a covering program (gains cut at what
/// the pair still lacks). Its linear relaxation bounds every branch; rounding it gives placements, beside
/// Wolsey's greedy cover (1982). Branch and bound, the most promising branch first.
///
/// Guarantee: `bound` holds up to 1e-7 of itself (rounding of the linear program): no placement that breaks
/// all costs less, or none within the budget breaks more. Journeys do not react here: routes are those
/// loaded. A pair counts as broken when it lacks at most 1e-12. For some hundred sites and pairs (dense
/// simplex); beyond that the limit on branches ends the search with its bound.

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/pair_routes.h"
#include "waywarden/interdiction/placement.h"

namespace waywarden {

/// Per pair, in one currency: all >= 0.
struct Trade {
  std::vector<double> journeys;
  std::vector<double> revenue;
  std::vector<double> cost;
  std::vector<double> loss;

  std::size_t size() const { return journeys.size(); }
};

/// Per site.
struct TeamCosts {
  std::vector<double> detection;
  std::vector<double> cost;
  std::vector<SiteState> state;

  std::size_t size() const { return detection.size(); }
};

enum class PairState : std::uint8_t {
  never_paid,   ///< unprofitable without any team
  broken,       ///< the placement makes it unprofitable
  pays,         ///< still profitable, but more teams could break it
  unbreakable,  ///< profitable even if every site that may be watched were
};

std::string_view name(PairState state);

struct ProfitOptions {
  /// What the sites may cost together. Infinite: break every pair that can be, as cheaply as possible.
  double budget = std::numeric_limits<double>::infinity();
  std::size_t branches = 5000;
};

struct ProfitPlan {
  /// Ascending.
  std::vector<SiteId> site;
  double cost = 0.0;
  /// Journeys of the pairs that the placement breaks.
  double broken_journeys = 0.0;
  /// With a budget, the most journeys whose pairs could be broken; without, the least cost of breaking all.
  double bound = 0.0;
  Status status = Status::gap;

  // per pair
  std::vector<PairState> state;
  std::vector<double> interception;
  /// Interception at which the pair stops paying; 0 where it never paid.
  std::vector<double> needed;
  /// Of a journey attempted, with this placement.
  std::vector<double> profit;
};

/// Throws `OptionError` when lengths differ, a number is out of its domain, a route names an unknown pair or
/// site, a pair's probabilities sum to more than 1, or the required sites cost more than the budget.
ProfitPlan break_profit(const PairRoutes& routes, const Trade& trade, const TeamCosts& sites,
                        const ProfitOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
