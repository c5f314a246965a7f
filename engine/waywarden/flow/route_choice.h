#pragma once

/// Which routes journeys take, by the model that the caller names, and what that puts where: one entry for
/// all models, one form of answer.
///
/// | model             | routes of a pair                               | answers                        |
/// |-------------------|------------------------------------------------|--------------------------------|
/// | cheapest          | one                                            | certain                        |
/// | most_evasive      | one: least hazard, then cheapest               | certain                        |
/// | sampled_perception| the cheapest of each draw (perception.h)       | means with errors over draws   |
/// | path_size_logit   | a few that differ (path_size_logit.h)          | expected                       |
/// | acyclic_logit     | all that come ever closer (acyclic_logit.h)    | expected                       |
/// | recursive_logit   | all, circles too (recursive_logit.h)           | expected; need not exist       |
///
/// theta is relative: per destination `ChoiceOptions::theta` over the demand-weighted median of the cheapest
/// costs to it, so that 10 means the same in a city and on a continent. Standard errors are 0 where nothing
/// is drawn. Results have the same bits for any number of threads.

#include <cstdint>
#include <vector>

#include "waywarden/flow/chosen_routes.h"
#include "waywarden/flow/perception.h"
#include "waywarden/network/places.h"
#include "waywarden/risk/edge_costs.h"

namespace waywarden {

enum class RouteChoice : std::uint8_t {
  cheapest,
  most_evasive,
  sampled_perception,
  path_size_logit,
  acyclic_logit,
  recursive_logit,
};

/// Who travels where, on what. Holds references only.
struct Travel {
  const Network& network;
  /// With the places' nodes among its terminals.
  const Core& core;
  /// Costs without teams.
  const EdgeCosts& costs;
  const Demand& demand;
  const Places& places;
  /// What evaders believe: needed for sampled perception alone.
  const Perception* perception = nullptr;
};

struct ChoiceOptions {
  RouteChoice model = RouteChoice::sampled_perception;
  /// Of the logit models, relative; above 0.
  double theta = 10.0;
  PathSizeOptions path_size = {};
};

/// Per pair of the demand. Costs are generalised ones as everyone agrees on them; evasion is the probability
/// that a journey is never detected on its way by what is there already, the product of 1 - p.
struct PairOutcomes {
  /// Whether any route joins the pair; the other columns are 0 where none does.
  std::vector<std::uint8_t> joined;
  std::vector<double> cheapest_cost;
  Estimates cost;
  Estimates evasion;
  /// Of all journeys with a route: per journey; spread as in spread.h.
  Estimate mean_cost;
  Estimate spread;
  Estimate mean_evasion;
};

struct ChosenFlows {
  RouteChoice model = RouteChoice::sampled_perception;
  Exposure exposure;
  PairOutcomes pairs;
  /// Journeys with and without a route.
  double journeys = 0.0;
  double unrouted_journeys = 0.0;
  std::size_t unrouted_pairs = 0;
  /// What `select_link` starts from.
  std::vector<DestinationDemand> demand;
  ChosenRoutes routes;
};

/// Throws `OptionError` when the parts of the travel do not fit each other or options make no sense, and
/// `NoValueFunction` (recursive_logit.h) for the first destination that has none.
ChosenFlows choose_routes(const Travel& travel, const ChoiceOptions& options, const Execution& execution);

/// The same of routes that were chosen before, such as the forest of a `Loading` of the same travel.
ChosenFlows flows_on(const Travel& travel, RouteChoice model, ChosenRoutes routes,
                     const Execution& execution);

}  // namespace waywarden
