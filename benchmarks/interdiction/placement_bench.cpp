/// Loading and placement on a folder that routing/prepare.py has made: CPU time of one thread, and wall-clock
/// time of the whole on two. Writes the question into the folder, so that placement.py can put it to other
/// libraries.
///
///   placement_bench FOLDER [PLACES [CANDIDATES [TEAMS [DRAWS]]]]
///
/// Without draws it asks for the cheapest routes alone.

#include <array>
#include <cstdlib>
#include <optional>

#include "../routing/measuring.h"
#include "street_study.h"
#include "waywarden/flow/acyclic_logit.h"
#include "waywarden/flow/cheapest_routes.h"
#include "waywarden/flow/forest.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/flow/tree_growers.h"
#include "waywarden/interdiction/greedy.h"
#include "waywarden/interdiction/site_routes.h"
#include "waywarden/judgement/evader_models.h"

namespace {

using namespace bench;

constexpr std::size_t kRuns = 9;
constexpr Execution kOne{.threads = 1}, kTwo{.threads = 2};

struct Size {
  std::size_t places = 100;
  std::size_t candidates = 2000;
  std::size_t teams = 20;
  std::uint32_t draws = 64;
};

void say(const char* task, double figure, std::size_t runs = 1) { report(task, "waywarden", figure, runs); }

template <class Body>
double cpu_ms_of(const Body& body) {
  return median_ms(1, [&](std::size_t) { body(); });
}

EdgeCosts costs_of(const Network& network) {
  EdgeCosts costs;
  costs.generalised = network.columns().length_m;
  return costs;
}

/// Everything before the first cost is known.
struct Prepared {
  explicit Prepared(const Graph& graph, const Size& size)
      : network(street_network(graph)),
        places(street_places(graph, network, size.places)),
        demand(street_demand(places)),
        core(network, places.node),
        groups(by_destination(demand, places, core)),
        costs(costs_of(network)),
        unit(weight_unit(costs.generalised)) {}

  Network network;
  Places places;
  Demand demand;
  Core core;
  std::vector<DestinationDemand> groups;
  EdgeCosts costs;
  double unit;
};

/// Cheapest routes of everybody.
std::vector<FlowTree> cheapest_trees(const Prepared& p, const Execution& execution) {
  const CoreMetric metric(p.core, agreed_weights(p.costs.generalised, p.unit), execution);
  std::vector<FlowTree> trees(p.groups.size());
  std::vector<TreeTask> tasks;
  for (const DestinationDemand& one : p.groups) tasks.push_back({&one, &metric});
  TreeGrowers(p.core, execution).grow(tasks, [&](std::size_t d, FlowTree tree) {
    trees[d] = std::move(tree);
  });
  return trees;
}

std::vector<double> journeys_per_edge(const Prepared& p, const std::vector<FlowTree>& trees) {
  std::vector<double> journeys(p.network.edge_count(), 0.0);
  for (const FlowTree& tree : trees) {
    for (std::size_t i = 0; i < tree.size(); ++i) {
      for (const EdgeId e : p.core.edges(tree.arc[i])) journeys[e.index()] += tree.journeys[i];
    }
  }
  return journeys;
}

SiteRoutes site_trees(const Prepared& p, const std::vector<FlowTree>& trees, const Sites& sites) {
  const ArcSites on_arcs(p.core, sites.site_of_edge);
  SiteTrees found;
  for (std::size_t d = 0; d < trees.size(); ++d)
    found.trees.push_back(contracted(trees[d], p.groups[d], 0, on_arcs));
  return found;
}

Placement place(const Prepared& p, const SiteRoutes& routes, const Sites& sites, const Size& size,
                const Execution& execution) {
  return greedy_placement(routes, p.demand.total(), sites, {team_limit(sites, size.teams)}, execution);
}

Placement cheapest_placement(const Prepared& p, const Sites& sites, const Size& size,
                             const Execution& execution) {
  return place(p, site_trees(p, cheapest_trees(p, execution), sites), sites, size, execution);
}

void write_question(const std::string& folder, const Prepared& p, const Sites& sites, const Size& size) {
  Column origin, destination, candidate{static_cast<std::uint32_t>(size.teams)};
  for (std::size_t i = 0; i < p.demand.size(); ++i) {
    origin.push_back(static_cast<std::uint32_t>(p.places.node[p.demand.origin[i].index()].index()));
    destination.push_back(static_cast<std::uint32_t>(p.places.node[p.demand.destination[i].index()].index()));
  }
  for (const std::string& id : sites.id) {
    const EdgeId edge(static_cast<std::uint32_t>(std::stoul(id)));
    candidate.push_back(static_cast<std::uint32_t>(p.network.tail(edge).index()));
    candidate.push_back(static_cast<std::uint32_t>(p.network.head(edge).index()));
  }
  write_column(folder + "/placement.origin", origin);
  write_column(folder + "/placement.destination", destination);
  write_column(folder + "/placement.journeys", p.demand.journeys);
  write_column(folder + "/placement.candidates", candidate);
  write_column(folder + "/placement.detection", sites.detection);
}

void measure_cheapest(const Prepared& p, const Sites& sites, const Size& size) {
  std::vector<FlowTree> trees;
  Placement placement;
  say("cheapest_trees", median_ms(kRuns, [&](std::size_t) { trees = cheapest_trees(p, kOne); }), kRuns);
  const SiteRoutes routes = site_trees(p, trees, sites);
  say("greedy", median_ms(kRuns, [&](std::size_t) { placement = place(p, routes, sites, size, kOne); }),
      kRuns);
  const auto whole = [&](const Execution& execution, double (*clock)()) {
    return median_ms(
        kRuns, [&](std::size_t) { cheapest_placement(p, sites, size, execution); }, clock);
  };
  say("cheapest_placement", whole(kOne, cpu_ms), kRuns);
  say("cheapest_placement_wall_2_threads", whole(kTwo, wall_ms), kRuns);
  say("share_caught", placement.share.back());
  say("bound_share", placement.bound / p.demand.total());
}

/// Dial's logit at theta 10 per median trip, from costs to nets.
std::vector<FlowNet> logit_nets(const Prepared& p, std::span<const double> medians,
                                const Execution& execution) {
  const CoreMetric order(p.core, agreed_weights(p.costs.generalised, p.unit), execution);
  const std::vector<double> cost = arc_sums(p.core, p.costs.generalised);
  std::vector<LogitTask> tasks;
  for (std::size_t d = 0; d < p.groups.size(); ++d)
    tasks.push_back({&p.groups[d], {cost, p.unit, 10.0 / medians[d]}});
  return acyclic_logit(p.core, tasks, order, execution);
}

Placement logit_placement(const Prepared& p, std::span<const double> medians, const Sites& sites,
                          const Size& size, const Execution& execution) {
  const ChosenRoutes chosen = logit_nets(p, medians, execution);
  return place(p, site_routes(p.core, chosen, p.groups, sites, execution), sites, size, execution);
}

/// What loading leaves to do, step by step.
void measure_logit_steps(const Prepared& p, std::span<const double> medians, const Sites& sites,
                         const Size& size) {
  const ChosenRoutes chosen = logit_nets(p, medians, kOne);
  SiteRoutes routes;
  const auto contraction = [&](std::size_t) { routes = site_routes(p.core, chosen, p.groups, sites, kOne); };
  say("logit_contraction", median_ms(kRuns, contraction), kRuns);
  say("logit_greedy", median_ms(kRuns, [&](std::size_t) { place(p, routes, sites, size, kOne); }), kRuns);
  std::size_t nodes = 0, kept = 0;
  for (const FlowNet& net : std::get<std::vector<FlowNet>>(chosen)) nodes += net.size();
  for (const SiteNet& net : std::get<std::vector<SiteNet>>(routes)) kept += net.size();
  say("logit_nodes", static_cast<double>(nodes));
  say("logit_nodes_kept", static_cast<double>(kept));
}

void measure_logit(const Prepared& p, const Sites& sites, const Size& size) {
  const std::vector<double> medians =
      median_costs(cheapest_routes(p.network, p.core, p.costs.generalised, p.unit, p.groups, kOne), p.groups);
  const auto load = [&](const Execution& execution, double (*clock)()) {
    return median_ms(
        kRuns, [&](std::size_t) { journeys_on_arcs(p.core, logit_nets(p, medians, execution)); }, clock);
  };
  say("acyclic_logit", load(kOne, cpu_ms), kRuns);
  say("acyclic_logit_wall_2_threads", load(kTwo, wall_ms), kRuns);
  Placement placement;
  const auto whole = [&](const Execution& execution, double (*clock)()) {
    return median_ms(
        kRuns, [&](std::size_t) { placement = logit_placement(p, medians, sites, size, execution); }, clock);
  };
  say("logit_placement", whole(kOne, cpu_ms), kRuns);
  say("logit_placement_wall_2_threads", whole(kTwo, wall_ms), kRuns);
  say("logit_share_caught", placement.share.back());
  say("logit_bound_share", placement.bound / p.demand.total());
  measure_logit_steps(p, medians, sites, size);
}

Perception perception_of(const Prepared& p, std::uint32_t draws) {
  const TripScale scale =
      trip_scale(cheapest_routes(p.network, p.core, p.costs.generalised, p.unit, p.groups, kOne), p.demand);
  return Perception(p.network, p.costs, scale, {.draws = draws}, kOne).with_deviation(0.45);
}

void measure_sampled(const Prepared& p, const Sites& sites, const Size& size) {
  std::optional<Perception> perception;
  say("perception", cpu_ms_of([&] { perception = perception_of(p, size.draws); }));
  const Movement movement{p.network, p.core, p.costs, p.demand, p.places, *perception, sites.site_of_edge};
  std::optional<Loading> loading;
  const Ground ground{p.core, *perception, p.costs.generalised, {}};
  say("sampled_trees", cpu_ms_of([&] { grow_forest(ground, p.groups, size.draws, kOne); }));
  say("sampled_loading", cpu_ms_of([&] { loading = load_flows(movement, {}, kOne); }));
  say("sampled_greedy", cpu_ms_of([&] {
        greedy_placement(loading->site_trees, size.draws, loading->journeys, sites, size.teams, kOne);
      }));
}

/// Two draws, the fewest there can be; all evaders know of every team.
void measure_aware(const Prepared& p, const Sites& sites, const Size& size) {
  const Perception perception = perception_of(p, 2);
  const Movement movement{p.network, p.core, p.costs, p.demand, p.places, perception, sites.site_of_edge};
  const Rerouting rerouting(movement, sites, {1.0, 200.0});
  say("aware_placement_2_draws", cpu_ms_of([&] {
        const KnownRoutes unaware = rerouting.unaware(2, kOne);
        partly_aware_placement(rerouting, unaware, sites,
                               {.limits = {team_limit(sites, size.teams)}, .evaluated = 1}, kOne);
      }));
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::fputs("usage: placement_bench FOLDER ...\n", stderr), 2;
  const auto number = [&](int i, std::size_t otherwise) {
    return count > i ? static_cast<std::size_t>(std::atoll(arguments[i])) : otherwise;
  };
  const Size size{number(2, 100), number(3, 2000), number(4, 20), static_cast<std::uint32_t>(number(5, 64))};
  const Graph graph(arguments[1]);
  const Prepared prepared(graph, size);
  say("core_nodes", static_cast<double>(prepared.core.node_count()));
  const std::vector<double> journeys = journeys_per_edge(prepared, cheapest_trees(prepared, kOne));
  const Sites sites = street_sites(prepared.network, journeys, size.candidates);
  write_question(arguments[1], prepared, sites, size);
  measure_cheapest(prepared, sites, size);
  measure_logit(prepared, sites, size);
  if (size.draws == 0) return 0;
  measure_sampled(prepared, sites, size);
  measure_aware(prepared, sites, size);
}
