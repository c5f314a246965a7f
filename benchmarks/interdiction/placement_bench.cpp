/// Loading and placement on a folder that prepare.py has made, step by step, in milliseconds of CPU time on
/// one thread; and all of it on two, in milliseconds of wall-clock time.
///
///   placement_bench FOLDER [PLACES [CANDIDATES [TEAMS [DRAWS]]]]

#include <cstdio>
#include <cstdlib>

#include "../routing/measuring.h"
#include "street_study.h"
#include "waywarden/flow/cheapest_routes.h"
#include "waywarden/flow/forest.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/interdiction/evader_models.h"
#include "waywarden/interdiction/greedy.h"

namespace {

using namespace bench;

EdgeCosts costs_of(const Network& network, const Graph&) {
  EdgeCosts costs;
  costs.generalised = network.columns().length_m;
  return costs;
}

void print(const char* what, double value) {
  std::printf("%-40s %10.2f\n", what, value);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::fputs("usage: placement_bench FOLDER ...\n", stderr), 2;
  const auto argument = [&](int i, std::size_t otherwise) {
    return count > i ? static_cast<std::size_t>(std::atoll(arguments[i])) : otherwise;
  };
  const std::size_t place_count = argument(2, 100), candidates = argument(3, 2000), teams = argument(4, 20);
  const auto draws = static_cast<std::uint32_t>(argument(5, 64));
  const Graph graph(arguments[1]);
  const Network network = street_network(graph);
  const Places places = street_places(graph, network, place_count);
  const Demand demand = street_demand(places);
  double start = cpu_ms();
  const Core core(network, places.node);
  print("core, ms", cpu_ms() - start);
  print("core nodes", static_cast<double>(core.node_count()));
  print("core links", static_cast<double>(core.hierarchy().link_count()));
  const EdgeCosts costs = costs_of(network, graph);
  const auto groups = by_destination(demand, places, core);
  const double unit = weight_unit(costs.generalised);
  const Execution one{.threads = 1};
  std::optional<CoreMetric> metric;
  const auto weights = agreed_weights(costs.generalised, unit);
  print("weights, ms", median_ms(9, [&](std::size_t) { agreed_weights(costs.generalised, unit); }));
  print("customize, ms", median_ms(9, [&](std::size_t) { metric.emplace(core, weights); }));
  std::vector<FlowTree> trees(groups.size());
  TreeGrower grower(core);
  print("trees, ms", median_ms(9, [&](std::size_t) {
          for (std::size_t first = 0; first < groups.size(); first += CoreSweep::kMostRoots) {
            const std::size_t last = std::min(first + CoreSweep::kMostRoots, groups.size());
            std::vector<const DestinationDemand*> some;
            for (std::size_t d = first; d < last; ++d) some.push_back(&groups[d]);
            std::ranges::move(grower.grow(some, *metric), trees.begin() + static_cast<std::ptrdiff_t>(first));
          }
        }));
  std::vector<double> journeys(network.edge_count(), 0.0);
  std::size_t nodes = 0;
  for (const FlowTree& tree : trees) {
    nodes += tree.size();
    for (std::size_t i = 0; i < tree.size(); ++i) {
      for (const EdgeId e : core.edges(tree.arc[i])) journeys[e.index()] += tree.journeys[i];
    }
  }
  print("core nodes per tree", static_cast<double>(nodes) / static_cast<double>(trees.size()));
  const Sites sites = street_sites(network, journeys, candidates);
  std::vector<SiteTree> site_trees(2 * trees.size());
  print("sites on arcs, ms", median_ms(9, [&](std::size_t) { ArcSites(core, sites.site_of_edge); }));
  const ArcSites on_arcs(core, sites.site_of_edge);
  print("contracted to sites, ms", median_ms(9, [&](std::size_t) {
          for (std::size_t d = 0; d < trees.size(); ++d)
            site_trees[d] = contracted(trees[d], groups[d], 0, on_arcs);
        }));
  for (std::size_t d = 0; d < trees.size(); ++d) {
    site_trees[trees.size() + d] = site_trees[d];
    site_trees[trees.size() + d].draw = 1;
  }
  Placement placement;
  print("greedy (twice the trees), ms", median_ms(9, [&](std::size_t) {
          placement = greedy_placement(site_trees, 2, demand.total(), sites, teams, one);
        }));
  print("share caught", placement.share.back());
  print("bound, share", placement.bound / demand.total());

  start = cpu_ms();
  const TripScale scale =
      trip_scale(cheapest_routes(network, core, costs.generalised, unit, groups, one), demand);
  print("cheapest routes, ms", cpu_ms() - start);
  start = cpu_ms();
  const Perception drawn(network, costs, scale, {.draws = draws}, one);
  print("perception drawn, ms", cpu_ms() - start);
  const Perception perception = drawn.with_deviation(0.45);
  print("weights of a draw, ms", median_ms(5, [&](std::size_t i) {
          perception.weights(static_cast<std::uint32_t>(i), costs.generalised);
        }));
  start = cpu_ms();
  const Forest forest = grow_forest({core, perception, costs.generalised, {}}, groups, draws, one);
  print("forest, ms", cpu_ms() - start);
  const Movement movement{network, core, costs, demand, places, perception, sites.site_of_edge};
  start = cpu_ms();
  const Loading loading = load_flows(movement, {}, one);
  print("loading, ms", cpu_ms() - start);
  start = cpu_ms();
  const Placement sampled = greedy_placement(loading.site_trees, draws, loading.journeys, sites, teams, one);
  print("greedy on draws, ms", cpu_ms() - start);
  start = wall_ms();
  {
    const Loading again = load_flows(movement, {}, {.threads = 2});
    greedy_placement(again.site_trees, draws, again.journeys, sites, teams, {.threads = 2});
  }
  print("both on two threads, wall ms", wall_ms() - start);
  start = cpu_ms();
  const Rerouting rerouting(movement, sites, {1.0, 200.0});
  const KnownRoutes unaware = first_draws(rerouting.unaware(loading, one), 2);
  partly_aware_placement(rerouting, unaware, sites, {.teams = teams}, one);
  print("partly aware, 2 draws, ms", cpu_ms() - start);
}
