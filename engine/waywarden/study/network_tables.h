#pragma once

/// Tables of a study's network and of the movement expected on it, as they are released: edges, crossings,
/// hubs, places. Journeys are means over draws; `_se` is their standard error over draws.

#include "waywarden/features/feature_table.h"
#include "waywarden/flow/loading.h"
#include "waywarden/network/builder.h"

namespace waywarden {

/// Exposure as a share of all journeys, in words: "none", "under 0.1 %", ... "10 % and more".
std::string exposure_class(double exposure, double journeys);

/// "E0000123": stable for one set of layers and options.
std::string edge_name(EdgeId e);
/// A quantity of both directions of an edge.
double both(const std::vector<double>& per_edge, EdgeId e, EdgeId twin);

/// One row per road, railway or lane between two junctions, both directions together. `exposure_se` is at
/// most what is given: the two directions' errors are added.
FeatureTable edge_table(const Network& network, const Loading& loading);
FeatureTable crossing_table(const Network& network, const Loading& loading);
FeatureTable hub_table(const Network& network, const Loading& loading);
FeatureTable place_table(const Places& places);

}  // namespace waywarden
