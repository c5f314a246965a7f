#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "placement.h"
#include "run.h"
#include "waywarden/displacement/displacement.h"
#include "waywarden/displacement/response.h"
#include "waywarden/judgement/evader_models.h"
#include "waywarden/judgement/sensitivity.h"

namespace waywarden::bindings {
namespace {

using Probabilities = std::map<std::string, double>;

/// Per site the id of the first one of its group.
std::vector<std::string> groups_out(const Sites& s) {
  std::vector<std::string> ids;
  for (const SiteId group : s.group) ids.push_back(s.id[group.index()]);
  return ids;
}

/// One row per edge and site.
py::dict edges_out(const Sites& s) {
  std::vector<EdgeId> edges;
  std::vector<SiteId> sites;
  for (std::size_t e = 0; e < s.site_of_edge.edge_count(); ++e) {
    for (const SiteId site : s.site_of_edge.on(EdgeId(e))) {
      edges.emplace_back(e);
      sites.push_back(site);
    }
  }
  return py::dict("edge"_a = positions(edges), "site"_a = positions(sites));
}

/// (id, name, positions of edges or nodes, detection)
using NamedRow = std::tuple<std::string, std::string, std::vector<std::size_t>, double>;

template <class Id>
std::vector<Id> ids_in(const std::vector<std::size_t>& positions) {
  return {positions.begin(), positions.end()};
}

std::vector<NamedSite> named_in(const std::vector<NamedRow>& edges, const std::vector<NamedRow>& nodes) {
  std::vector<NamedSite> sites;
  for (const auto& [id, name, where, detection] : edges)
    sites.push_back({id, name, SiteKind::edge, ids_in<EdgeId>(where), {}, detection});
  for (const auto& [id, name, where, detection] : nodes)
    sites.push_back({id, name, SiteKind::node, {}, ids_in<NodeId>(where), detection});
  return sites;
}

py::dict sites_out(const Sites& s) {
  return py::dict("id"_a = s.id, "name"_a = s.name, "kind"_a = names(s.kind), "mode"_a = names(s.mode),
                  "status"_a = names(s.status), "country_a"_a = s.country_a, "country_b"_a = s.country_b,
                  "detection"_a = to_numpy(std::vector<double>(s.detection)), "state"_a = names(s.state),
                  "hours"_a = to_numpy(std::vector<double>(s.hours)),
                  "cost"_a = to_numpy(std::vector<double>(s.cost)), "group"_a = groups_out(s),
                  "point"_a = to_numpy(s.point));
}

py::dict outcomes_out(const Outcomes& o) {
  return py::dict("placed_for"_a = names(o.placed_for), "facing"_a = names(o.facing),
                  "caught"_a = to_numpy(std::vector<double>(o.caught)),
                  "caught_error"_a = to_numpy(std::vector<double>(o.caught_error)),
                  "share"_a = to_numpy(std::vector<double>(o.share)),
                  "regret"_a = to_numpy(std::vector<double>(o.regret)),
                  "bound"_a = to_numpy(std::vector<double>(o.bound)));
}

py::dict displaced_out(const Displaced& d) {
  return py::dict("before"_a = to_numpy(std::vector<double>(d.before)),
                  "after"_a = to_numpy(std::vector<double>(d.after)),
                  "change"_a = to_numpy(std::vector<double>(d.change)),
                  "change_error"_a = to_numpy(std::vector<double>(d.change_error)),
                  "increased"_a = flags(d.increased));
}

py::dict displacement_out(const Displacement& d) {
  return py::dict("edge"_a = displaced_out(d.edge), "crossing"_a = displaced_out(d.crossing),
                  "site"_a = displaced_out(d.site), "mode_km"_a = displaced_out(d.mode_km),
                  "country_km"_a = displaced_out(d.country_km),
                  "country_inflow"_a = displaced_out(d.country_inflow));
}

py::dict ranges_out(const Sensitivity& s) {
  std::vector<std::int64_t> low;
  std::vector<std::optional<double>> high;
  for (const std::size_t rank : s.rank_low) low.push_back(static_cast<std::int64_t>(rank));
  for (const auto& rank : s.rank_high)
    high.push_back(rank ? std::optional(static_cast<double>(*rank)) : std::nullopt);
  return py::dict("rank_low"_a = to_numpy(std::move(low)), "rank_high"_a = to_numpy(high));
}

EvaderModel model_in(const std::string& word) {
  for (const EvaderModel model : kPerceivingModels) {
    if (name(model) == word) return model;
  }
  throw OptionError("no evader model '" + word + "'; there are: unaware, partly_aware");
}

void bind_sites(py::module_& m) {
  py::class_<Sites>(m, "Sites", "Where teams can be placed.")
      .def("columns", &sites_out)
      .def("edges", &edges_out)
      .def("__len__", &Sites::size);
  const SiteOptions defaults;
  m.def(
      "find_sites",
      [](const Network& network, std::optional<double> listed_crossing,
         std::optional<double> informal_crossing, std::optional<double> hub, const Probabilities& detection,
         const std::vector<std::string>& required, const std::vector<std::string>& forbidden,
         const std::vector<NamedRow>& edges, const std::vector<NamedRow>& nodes, const Probabilities& cost,
         const Probabilities& hours, const std::map<std::string, std::string>& group) {
        return find_sites(network, SiteOptions{.listed_crossing = listed_crossing,
                                               .informal_crossing = informal_crossing,
                                               .hub = hub,
                                               .named = named_in(edges, nodes),
                                               .detection = {detection.begin(), detection.end()},
                                               .required = required,
                                               .forbidden = forbidden,
                                               .cost = {cost.begin(), cost.end()},
                                               .hours = {hours.begin(), hours.end()},
                                               .group = {group.begin(), group.end()}});
      },
      "network"_a, py::kw_only(), "listed_crossing"_a = defaults.listed_crossing,
      "informal_crossing"_a = defaults.informal_crossing, "hub"_a = defaults.hub,
      "detection"_a = Probabilities(), "required"_a = std::vector<std::string>(),
      "forbidden"_a = std::vector<std::string>(), "edges"_a = std::vector<NamedRow>(),
      "nodes"_a = std::vector<NamedRow>(), "cost"_a = Probabilities(), "hours"_a = Probabilities(),
      "group"_a = std::map<std::string, std::string>());
}

void bind_placements(py::module_& m) {
  py::class_<Placements>(m, "Placements", "Teams placed for each kind of evader.")
      .def(
          "placed_for",
          [](const Placements& p, const std::string& model) {
            return placement_out(p.placed_for(model_in(model)));
          },
          "model"_a)
      .def("outcomes", [](const Placements& p) { return outcomes_out(p.outcomes); });
  m.def(
      "place_teams",
      [](const Moving& moving, const Loading& loading, std::optional<std::size_t> teams,
         std::optional<double> budget, const Stops& stops, double aware_share, double risk_aversion,
         std::size_t evaluated, std::uint32_t selection_draws, const py::object& report, unsigned threads) {
        const PartlyAwareOptions options{limits_in(moving.sites, teams, budget, stops), evaluated,
                                         selection_draws};
        return run(report, threads, [&](const Execution& execution) {
          return place_teams(moving.movement(), loading, moving.sites, {aware_share, risk_aversion}, options,
                             execution);
        });
      },
      "moving"_a, "loading"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(),
      "stops"_a = py::none(), "aware_share"_a = Awareness{}.share,
      "risk_aversion"_a = Awareness{}.risk_aversion, "evaluated"_a = PartlyAwareOptions{}.evaluated,
      "selection_draws"_a = PartlyAwareOptions{}.selection_draws, "report"_a = py::none(), "threads"_a = 0);
}

void bind_consequences(py::module_& m) {
  m.def(
      "displacement",
      [](const Moving& moving, const Loading& before, const std::vector<std::size_t>& placement,
         double aware_share, double risk_aversion, const py::object& report, unsigned threads) {
        const Displacement d = run(report, threads, [&](const Execution& execution) {
          return displacement(moving.movement(), before, moving.sites, site_ids_in(placement),
                              {aware_share, risk_aversion}, execution);
        });
        return displacement_out(d);
      },
      "moving"_a, "before"_a, "placement"_a, py::kw_only(), "aware_share"_a = Awareness{}.share,
      "risk_aversion"_a = Awareness{}.risk_aversion, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "responding_displacement",
      [](const Moving& moving, const Loading& before, const std::vector<std::size_t>& placement,
         double aware_share, double risk_aversion, const std::string& function, double decay,
         const std::string& constraint, std::optional<double> total, const py::object& report,
         unsigned threads) {
        const GravityOptions gravity{decay_in(function), decay, constraint_in(constraint), total};
        return displacement_out(run(report, threads, [&](const Execution& execution) {
                                  return responding_displacement(
                                      moving.movement(), before, moving.sites, site_ids_in(placement),
                                      {aware_share, risk_aversion}, gravity, execution);
                                }).displacement);
      },
      "moving"_a, "before"_a, "placement"_a, py::kw_only(), "aware_share"_a = Awareness{}.share,
      "risk_aversion"_a = Awareness{}.risk_aversion, "function"_a = "exponential",
      "decay"_a = GravityOptions{}.decay, "constraint"_a = "none", "total"_a = py::none(),
      "report"_a = py::none(), "threads"_a = 0);
  const SensitivityOptions defaults;
  m.def(
      "rank_ranges",
      [](const Moving& moving, const Placements& placements, const std::string& model, double aware_share,
         double risk_aversion, double factor, std::uint32_t draws, std::optional<std::size_t> teams,
         std::optional<double> budget, const Stops& stops, const py::object& report, unsigned threads) {
        SensitivityOptions options{
            .factor = factor, .draws = draws, .model = model_in(model), .placement = {}};
        options.placement.limits = limits_in(moving.sites, teams, budget, stops);
        return ranges_out(run(report, threads, [&](const Execution& execution) {
          return rank_ranges(moving.movement(), moving.sites, {aware_share, risk_aversion},
                             placements.placed_for(options.model), options, execution);
        }));
      },
      "moving"_a, "placements"_a, py::kw_only(), "model"_a = std::string(name(defaults.model)),
      "aware_share"_a = Awareness{}.share, "risk_aversion"_a = Awareness{}.risk_aversion,
      "factor"_a = defaults.factor, "draws"_a = defaults.draws, "teams"_a = py::none(),
      "budget"_a = py::none(), "stops"_a = py::none(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_interdiction(py::module_& m) {
  bind_sites(m);
  bind_placements(m);
  bind_consequences(m);
}

}  // namespace waywarden::bindings
