#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "run.h"
#include "waywarden/interdiction/profit.h"
#include "waywarden/patrols/roster.h"

namespace waywarden::bindings {
namespace {

/// Lists of sites one after the other: positions, and where each list ends.
struct SiteLists {
  std::vector<std::int64_t> site;
  std::vector<std::int64_t> end;

  void add(const std::vector<SiteId>& sites) {
    for (const SiteId id : sites) site.push_back(static_cast<std::int64_t>(id.index()));
    end.push_back(static_cast<std::int64_t>(site.size()));
  }
};

template <class Value>
std::vector<std::int64_t> whole(const std::vector<Value>& values) {
  return {values.begin(), values.end()};
}

/// Below 0 means none.
std::vector<SiteId> sites_in(const Integers& positions) {
  std::vector<SiteId> ids;
  for (const std::int64_t position : view(positions))
    ids.push_back(position < 0 ? SiteId::none() : SiteId(static_cast<std::size_t>(position)));
  return ids;
}

std::vector<std::uint32_t> nodes_in(const Integers& positions) {
  std::vector<std::uint32_t> nodes;
  for (const std::int64_t position : view(positions)) nodes.push_back(static_cast<std::uint32_t>(position));
  return nodes;
}

ShiftChoice choice_in(const std::string& word) {
  if (word == "given") return ShiftChoice::given;
  if (word == "chosen") return ShiftChoice::chosen;
  throw OptionError("no shift choice '" + word + "'; there are: given, chosen");
}

SiteState state_in(const std::string& word) {
  for (const SiteState state : {SiteState::candidate, SiteState::required, SiteState::forbidden})
    if (name(state) == word) return state;
  throw OptionError("no state of sites '" + word + "'; there are: candidate, required, forbidden");
}

py::dict schedules_out(const MixedPatrol& patrol) {
  std::vector<std::int64_t> schedule, shift, team;
  std::vector<double> probability;
  std::vector<SiteId> site;
  for (std::size_t s = 0; s < patrol.schedule.size(); ++s)
    for (std::size_t t = 0; t < patrol.schedule[s].size(); ++t)
      for (std::size_t k = 0; k < patrol.schedule[s][t].size(); ++k) {
        schedule.push_back(static_cast<std::int64_t>(s));
        shift.push_back(static_cast<std::int64_t>(t));
        team.push_back(static_cast<std::int64_t>(k));
        probability.push_back(patrol.probability[s]);
        site.push_back(patrol.schedule[s][t][k]);
      }
  return py::dict("schedule"_a = to_numpy(std::move(schedule)),
                  "probability"_a = to_numpy(std::move(probability)), "shift"_a = to_numpy(std::move(shift)),
                  "team"_a = to_numpy(std::move(team)), "site"_a = positions(site));
}

py::dict patrolled_routes_out(const MixedPatrol& patrol) {
  std::vector<std::int64_t> pair, shift;
  std::vector<double> probability;
  SiteLists lists;
  for (const PatrolledRoute& route : patrol.routes) {
    pair.push_back(static_cast<std::int64_t>(route.pair));
    shift.push_back(static_cast<std::int64_t>(route.shift));
    probability.push_back(route.probability);
    lists.add(route.sites);
  }
  return py::dict("pair"_a = to_numpy(std::move(pair)), "shift"_a = to_numpy(std::move(shift)),
                  "probability"_a = to_numpy(std::move(probability)),
                  "site"_a = to_numpy(std::move(lists.site)), "end"_a = to_numpy(std::move(lists.end)));
}

py::dict roster_out(const Roster& roster) {
  return py::dict("day"_a = to_numpy(whole(roster.day)), "shift"_a = to_numpy(whole(roster.shift)),
                  "team"_a = to_numpy(whole(roster.team)), "site"_a = positions(roster.site));
}

py::dict watched_movement(const Moving& moving) {
  const WatchedGraph graph =
      watched_graph(moving.network, moving.costs.generalised, moving.sites.site_of_edge);
  std::vector<NodeId> origin, destination;
  for (const PlaceId place : moving.demand.origin) origin.push_back(moving.places.node[place.index()]);
  for (const PlaceId place : moving.demand.destination)
    destination.push_back(moving.places.node[place.index()]);
  return py::dict("tail"_a = to_numpy(whole(graph.tail)), "head"_a = to_numpy(whole(graph.head)),
                  "site"_a = positions(graph.site), "origin"_a = positions(origin),
                  "destination"_a = positions(destination),
                  "journeys"_a = to_numpy(std::vector<double>(moving.demand.journeys)));
}

py::dict pair_routes_out(const PairRoutes& routes) {
  SiteLists lists;
  for (const auto& sites : routes.sites) lists.add(sites);
  return py::dict("pair"_a = to_numpy(whole(routes.pair)),
                  "probability"_a = to_numpy(std::vector<double>(routes.probability)),
                  "site"_a = to_numpy(std::move(lists.site)), "end"_a = to_numpy(std::move(lists.end)));
}

PairRoutes pair_routes_in(const Integers& pair, const Doubles& probability,
                          const std::vector<std::vector<std::size_t>>& sites) {
  PairRoutes routes;
  for (const std::int64_t one : view(pair)) routes.pair.push_back(static_cast<std::size_t>(one));
  routes.probability = to_vector(probability);
  for (const auto& own : sites) {
    std::vector<SiteId>& ids = routes.sites.emplace_back();
    for (const std::size_t site : own) ids.emplace_back(site);
  }
  return routes;
}

py::dict profit_out(const ProfitPlan& plan) {
  return py::dict("site"_a = positions(plan.site), "cost"_a = plan.cost,
                  "broken_journeys"_a = plan.broken_journeys, "bound"_a = plan.bound,
                  "status"_a = std::string(name(plan.status)),
                  "pairs"_a = py::dict("state"_a = names(plan.state),
                                       "interception"_a = to_numpy(std::vector<double>(plan.interception)),
                                       "needed"_a = to_numpy(std::vector<double>(plan.needed)),
                                       "profit"_a = to_numpy(std::vector<double>(plan.profit))));
}

void bind_mixed_patrol(py::module_& m) {
  py::class_<MixedPatrol>(m, "MixedPatrol", "How often which schedule is used, and how good that is.")
      .def_readonly("journeys", &MixedPatrol::journeys)
      .def_readonly("lower", &MixedPatrol::lower)
      .def_readonly("upper", &MixedPatrol::upper)
      .def_readonly("rounds", &MixedPatrol::rounds)
      .def_property_readonly("status", [](const MixedPatrol& p) { return std::string(name(p.status)); })
      .def("schedules", &schedules_out)
      .def("routes", &patrolled_routes_out)
      .def("coverage", [](const MixedPatrol& p) { return to_numpy(std::vector<double>(p.coverage)); })
      .def("pairs",
           [](const MixedPatrol& p) {
             return py::dict("detection"_a = to_numpy(std::vector<double>(p.detection)),
                             "routed"_a = flags(p.routed));
           })
      .def(
          "roster",
          [](const MixedPatrol& p, std::uint64_t seed, std::size_t days) {
            return roster_out(sample_roster(p, seed, days));
          },
          py::kw_only(), "seed"_a, "days"_a);
  const PatrolOptions defaults;
  m.def(
      "mixed_patrol",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Integers& site,
         const Doubles& detection, const Integers& origin, const Integers& destination,
         const Doubles& journeys, std::size_t teams, const std::vector<double>& shift_share,
         const std::string& shift_choice, const std::vector<std::uint32_t>& room, const Doubles& travel_time,
         double longest_move, double tolerance, std::size_t rounds, std::size_t labels, std::size_t branches,
         double time_limit, const py::object& report, unsigned threads) {
        const WatchedGraph graph{nodes, nodes_in(tail), nodes_in(head), sites_in(site)};
        const JourneyPairs pairs{nodes_in(origin), nodes_in(destination), to_vector(journeys)};
        const PatrolOptions options{teams,
                                    shift_share,
                                    choice_in(shift_choice),
                                    room,
                                    to_vector(travel_time),
                                    longest_move,
                                    tolerance,
                                    rounds,
                                    labels,
                                    branches,
                                    time_limit};
        const std::vector<double> chances = to_vector(detection);
        return run(report, threads, [&](const Execution& execution) {
          return mixed_patrol(graph, chances, pairs, options, execution);
        });
      },
      "nodes"_a, "tail"_a, "head"_a, "site"_a, "detection"_a, "origin"_a, "destination"_a, "journeys"_a,
      py::kw_only(), "teams"_a = defaults.teams, "shift_share"_a = defaults.shift_share,
      "shift_choice"_a = "given", "room"_a = defaults.room, "travel_time"_a, "longest_move"_a,
      "tolerance"_a = defaults.tolerance, "rounds"_a = defaults.rounds, "labels"_a = defaults.labels,
      "branches"_a = defaults.branches, "time_limit"_a = defaults.seconds, "report"_a = py::none(),
      "threads"_a = 0);
  m.def("watched_movement", &watched_movement, "moving"_a);
}

void bind_profit(py::module_& m) {
  m.def(
      "pair_routes",
      [](const Moving& moving, const Loading& loading, const py::object& report, unsigned threads) {
        return pair_routes_out(run(report, threads, [&](const Execution& execution) {
          return pair_routes(moving.movement(), loading, execution);
        }));
      },
      "moving"_a, "loading"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "break_profit",
      [](const Integers& pair, const Doubles& probability, const std::vector<std::vector<std::size_t>>& sites,
         const Doubles& journeys, const Doubles& revenue, const Doubles& cost, const Doubles& loss,
         const Doubles& detection, const Doubles& site_cost, const std::vector<std::string>& state,
         double budget, std::size_t branches, const py::object& report, unsigned threads) {
        const PairRoutes routes = pair_routes_in(pair, probability, sites);
        const Trade trade{to_vector(journeys), to_vector(revenue), to_vector(cost), to_vector(loss)};
        TeamCosts teams{to_vector(detection), to_vector(site_cost), {}};
        for (const std::string& word : state) teams.state.push_back(state_in(word));
        return profit_out(run(report, threads, [&](const Execution& execution) {
          return break_profit(routes, trade, teams, {budget, branches}, execution);
        }));
      },
      "pair"_a, "probability"_a, "sites"_a, "journeys"_a, "revenue"_a, "cost"_a, "loss"_a, "detection"_a,
      "site_cost"_a, "state"_a, py::kw_only(), "budget"_a, "branches"_a = ProfitOptions{}.branches,
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_patrols(py::module_& m) {
  bind_mixed_patrol(m);
  bind_profit(m);
}

}  // namespace waywarden::bindings
