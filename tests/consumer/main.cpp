// The main job through the public headers: from the layers of a GeoPackage to the places where teams stop
// most journeys.
//
//   consumer region.gpkg
//
// Prints one line per team. Exits with 1, and a message, when something is wrong.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

#include "waywarden/flow/calibration.h"
#include "waywarden/flow/gravity.h"
#include "waywarden/flow/loading.h"
#include "waywarden/flow/skim.h"
#include "waywarden/interdiction/greedy.h"
#include "waywarden/interdiction/sites.h"
#include "waywarden/io/read.h"
#include "waywarden/network/builder.h"
#include "waywarden/risk/edge_costs.h"
#include "waywarden/routing/core.h"

using namespace waywarden;

namespace {

constexpr std::size_t kTeams = 5;

FeatureTable layer(const std::string& file, const std::string& name) {
  return read_layer(file, {.layer = name, .id_column = name == "countries" ? "iso2" : "id"}).table;
}

NetworkLayers layers(const std::string& file) {
  NetworkLayers layers;
  layers.links.push_back({.table = layer(file, "roads"), .mode = Mode::road});
  layers.links.push_back({.table = layer(file, "railways"), .mode = Mode::rail});
  layers.hubs.push_back(
      {.table = layer(file, "stations"), .name_column = "name", .modes = {Mode::road, Mode::rail}});
  layers.countries = CountryLayer{
      .table = layer(file, "countries"), .code_column = "iso2", .accuracy_column = "border_accuracy_m"};
  layers.posts = PostLayer{.table = layer(file, "crossings"),
                           .name_column = "name",
                           .country_a_column = "country_a",
                           .country_b_column = "country_b",
                           .mode_column = "mode"};
  layers.places = PlaceLayer{.table = layer(file, "places"),
                             .name_column = "name",
                             .source_weight_column = "vulnerability",
                             .destination_weight_column = "demand"};
  return layers;
}

Placement best_placement(const BuiltNetwork& built, const Sites& sites) {
  const auto& [network, places, report] = built;
  const Execution execution;
  const Core core(network, places.node);
  const EdgeCosts costs = edge_costs(network, {});
  const Demand demand =
      gravity_demand(places, skim(core, costs, places, execution), {.total = 1000.0}, execution).demand;
  const Calibration calibration =
      calibrate(network, core, costs, demand, places, {.draws = 16}, {}, execution);
  const Movement movement{network, core, costs, demand, places, calibration.perception, sites.site_of_edge};
  const Loading loading = load_flows(movement, {}, execution);
  return greedy_placement(loading.site_trees, 16, loading.journeys, sites, kTeams, execution);
}

int rank_sites(const std::string& file) {
  const BuiltNetwork built = build_network(layers(file), {}, {});
  const Sites sites = find_sites(built.network);
  const Placement placement = best_placement(built, sites);
  for (std::size_t rank = 0; rank < placement.site.size(); ++rank) {
    const std::size_t site = placement.site[rank].index();
    std::printf("%zu. %s %s: %.1f journeys of %.0f\n", rank + 1, sites.id[site].c_str(),
                sites.name[site].c_str(), placement.gain[rank], placement.journeys);
  }
  const bool decreasing = std::is_sorted(placement.gain.rbegin(), placement.gain.rend());
  const bool bounded =
      placement.total_caught() > 0.0 && placement.total_caught() <= placement.bound * (1 + 1e-9);
  return placement.site.size() == kTeams && decreasing && bounded ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: consumer region.gpkg\n", stderr);
    return 2;
  }
  try {
    return rank_sites(arguments[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
