#pragma once

/// A movement that owns its parts, so that Python can hand it from call to call. Parts are copied once;
/// loading costs hundreds of times more.

#include <string>

#include "waywarden/flow/count_regression.h"
#include "waywarden/flow/gravity.h"
#include "waywarden/flow/loading.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden::bindings {

struct Moving {
  Network network;
  Core core;
  EdgeCosts costs;
  Demand demand;
  Places places;
  Perception perception;
  Sites sites;

  Movement movement() const { return {network, core, costs, demand, places, perception, sites.site_of_edge}; }
};

/// Options of a gravity model, by name.
Decay decay_in(const std::string& word);
DemandConstraint constraint_in(const std::string& word);
CountDistribution distribution_in(const std::string& word);

}  // namespace waywarden::bindings
