#include "waywarden/network/network.h"

#include "convert.h"
#include "modes.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/network/builder.h"
#include "waywarden/network/layers.h"

namespace waywarden::bindings {
namespace {

std::string name(CrossingStatus status) { return status == CrossingStatus::listed ? "listed" : "informal"; }

py::list statuses(const std::vector<CrossingStatus>& values) {
  py::list out;
  for (const CrossingStatus status : values) out.append(name(status));
  return out;
}

std::vector<std::string> mode_lists(const std::vector<std::uint32_t>& bits) {
  std::vector<std::string> out;
  for (const std::uint32_t set : bits) {
    std::string list;
    for (std::size_t mode = 0; mode < kModeCount; ++mode) {
      if ((set >> mode & 1U) != 0) list += (list.empty() ? "" : ",") + std::string(kModeNames[mode]);
    }
    out.push_back(list);
  }
  return out;
}

std::vector<std::string> node_countries(const Network& network) {
  std::vector<std::string> out;
  for (std::size_t node = 0; node < network.node_count(); ++node)
    out.push_back(network.country(NodeId(node)));
  return out;
}

std::vector<std::optional<double>> stated_speeds(const std::vector<double>& speeds) {
  std::vector<std::optional<double>> out;
  for (const double speed : speeds)
    out.push_back(speed > kSpeedNotStated ? std::optional(speed) : std::nullopt);
  return out;
}

py::object edge_lines(const Network& network) {
  std::vector<Geometry> lines;
  for (std::size_t e = 0; e < network.edge_count(); ++e)
    lines.push_back(Geometry::of_line(network.polyline(EdgeId(e))));
  return to_wkb_arrays(lines);
}

template <std::string SourceFeature::*part>
std::vector<std::string> edge_sources(const Network& network) {
  std::vector<std::string> out;
  for (std::size_t e = 0; e < network.edge_count(); ++e) out.push_back(network.source(EdgeId(e)).*part);
  return out;
}

template <class T>
py::array_t<T> copied(std::vector<T> column) {
  return to_numpy(std::move(column));
}

py::dict nodes_out(const Network& network) {
  const NetworkColumns& columns = network.columns();
  return py::dict("point"_a = to_numpy(columns.node_point), "mode"_a = names(columns.node_mode),
                  "country"_a = node_countries(network));
}

py::dict edges_out(const Network& network) {
  const NetworkColumns& columns = network.columns();
  return py::dict(
      "tail"_a = positions(columns.tail), "head"_a = positions(columns.head), "mode"_a = names(columns.mode),
      "kind"_a = names(columns.kind), "length_m"_a = copied(columns.length_m),
      "speed_kmh"_a = to_numpy(stated_speeds(columns.speed_kmh)), "wait_s"_a = copied(columns.wait_s),
      "money"_a = copied(columns.money), "detection"_a = copied(columns.detection),
      "twin"_a = positions(columns.twin), "layer"_a = edge_sources<&SourceFeature::layer>(network),
      "feature"_a = edge_sources<&SourceFeature::id>(network), "wkb"_a = edge_lines(network));
}

py::dict crossings_out(const Network& network) {
  const Crossings& c = network.crossings();
  return py::dict("id"_a = c.id, "post"_a = c.post, "name"_a = c.name, "country_a"_a = c.country_a,
                  "country_b"_a = c.country_b, "mode"_a = names(c.mode), "status"_a = statuses(c.status),
                  "a_to_b"_a = positions(c.a_to_b), "b_to_a"_a = positions(c.b_to_a),
                  "border_accuracy_m"_a = copied(c.border_accuracy_m),
                  "post_distance_m"_a = copied(c.post_distance_m), "point"_a = to_numpy(c.point));
}

py::dict hubs_out(const Network& network) {
  const Hubs& h = network.hubs();
  return py::dict("id"_a = h.id, "name"_a = h.name, "kind"_a = h.kind, "country"_a = h.country,
                  "node"_a = positions(h.node), "modes"_a = mode_lists(h.modes),
                  "point"_a = to_numpy(h.point));
}

py::dict places_out(const Places& p) {
  return py::dict("id"_a = p.id, "name"_a = p.name, "country"_a = p.country, "node"_a = positions(p.node),
                  "access_m"_a = copied(p.access_m), "population"_a = copied(p.population),
                  "source_weight"_a = copied(p.source_weight),
                  "destination_weight"_a = copied(p.destination_weight), "point"_a = to_numpy(p.point));
}

AtCrossings at_crossings_in(const std::string& word) {
  if (word == "pass") return AtCrossings::pass;
  if (word == "join") return AtCrossings::join;
  throw OptionError("lines that cross 'pass' or 'join'");
}

void bind_link_and_hub_layers(py::module_& m) {
  py::class_<LinkLayer>(m, "LinkLayer")
      .def(py::init([](const FeatureTable& table, const std::string& mode, const std::string& speed_column,
                       const std::string& oneway_column, const std::string& detection_column,
                       const std::string& level_column, const std::string& at_crossings) {
             return LinkLayer{.table = table,
                              .mode = mode_in(mode),
                              .speed_column = speed_column,
                              .oneway_column = oneway_column,
                              .detection_column = detection_column,
                              .level_column = level_column,
                              .at_crossings = at_crossings_in(at_crossings)};
           }),
           "table"_a, py::kw_only(), "mode"_a, "speed_column"_a = "", "oneway_column"_a = "",
           "detection_column"_a = "", "level_column"_a = "", "at_crossings"_a = "pass");
  const HubLayer hub;
  py::class_<HubLayer>(m, "HubLayer")
      .def(py::init([](const FeatureTable& table, const std::string& name_column,
                       const std::string& country_column, const std::vector<std::string>& modes,
                       double radius_m, double wait_s, double money, double detection) {
             return HubLayer{.table = table,
                             .name_column = name_column,
                             .country_column = country_column,
                             .modes = modes_in(modes),
                             .radius = {radius_m},
                             .wait = {wait_s},
                             .money = money,
                             .detection = detection};
           }),
           "table"_a, py::kw_only(), "name_column"_a = "", "country_column"_a = "", "modes"_a,
           "radius_m"_a = hub.radius.value, "wait_s"_a = hub.wait.value, "money"_a = hub.money,
           "detection"_a = hub.detection);
}

void bind_border_layers(py::module_& m) {
  py::class_<CountryLayer>(m, "CountryLayer")
      .def(
          py::init([](const FeatureTable& table, const std::string& code_column,
                      const std::string& name_column, const std::string& accuracy_column, double accuracy_m) {
            return CountryLayer{.table = table,
                                .code_column = code_column,
                                .name_column = name_column,
                                .accuracy_column = accuracy_column,
                                .accuracy = {accuracy_m}};
          }),
          "table"_a, py::kw_only(), "code_column"_a, "name_column"_a = "", "accuracy_column"_a = "",
          "accuracy_m"_a = CountryLayer{}.accuracy.value);
  py::class_<PostLayer>(m, "PostLayer")
      .def(py::init([](const FeatureTable& table, const std::string& name_column,
                       const std::string& country_a_column, const std::string& country_b_column,
                       const std::string& mode_column, const std::string& detection_column,
                       const std::string& wait_column, double tolerance_m) {
             return PostLayer{.table = table,
                              .name_column = name_column,
                              .country_a_column = country_a_column,
                              .country_b_column = country_b_column,
                              .mode_column = mode_column,
                              .detection_column = detection_column,
                              .wait_column = wait_column,
                              .tolerance = {tolerance_m}};
           }),
           "table"_a, py::kw_only(), "name_column"_a = "", "country_a_column"_a, "country_b_column"_a,
           "mode_column"_a = "", "detection_column"_a = "", "wait_column"_a = "",
           "tolerance_m"_a = PostLayer{}.tolerance.value);
}

void bind_place_layer(py::module_& m) {
  const PlaceLayer place;
  py::class_<PlaceLayer>(m, "PlaceLayer")
      .def(py::init([](const FeatureTable& table, const std::string& name_column,
                       const std::string& country_column, const std::string& population_column,
                       const std::string& vulnerability_column, const std::string& source_weight_column,
                       const std::string& destination_weight_column, const std::vector<std::string>& modes,
                       double radius_m) {
             return PlaceLayer{.table = table,
                               .name_column = name_column,
                               .country_column = country_column,
                               .population_column = population_column,
                               .vulnerability_column = vulnerability_column,
                               .source_weight_column = source_weight_column,
                               .destination_weight_column = destination_weight_column,
                               .modes = modes_in(modes),
                               .radius = {radius_m}};
           }),
           "table"_a, py::kw_only(), "name_column"_a = "", "country_column"_a = "",
           "population_column"_a = "", "vulnerability_column"_a = "", "source_weight_column"_a = "",
           "destination_weight_column"_a = "", "modes"_a = modes_out(place.modes),
           "radius_m"_a = place.radius.value);
}

void bind_built_network(py::module_& m) {
  py::class_<Network>(m, "Network", "A directed multimodal network.")
      .def_property_readonly("node_count", &Network::node_count)
      .def_property_readonly("edge_count", &Network::edge_count)
      .def_property_readonly("countries", [](const Network& network) { return network.columns().countries; })
      .def("nodes", &nodes_out)
      .def("edges", &edges_out)
      .def("crossings", &crossings_out)
      .def("hubs", &hubs_out);
  py::class_<Places>(m, "Places", "Places attached to a network.")
      .def("columns", &places_out)
      .def("__len__", &Places::size);
  py::class_<BuiltNetwork>(m, "BuiltNetwork")
      .def_readonly("network", &BuiltNetwork::network)
      .def_readonly("places", &BuiltNetwork::places)
      .def("report", [](const BuiltNetwork& built) { return to_exchange(built.report); });
}

}  // namespace

void bind_network(py::module_& m) {
  bind_link_and_hub_layers(m);
  bind_border_layers(m);
  bind_place_layer(m);
  bind_built_network(m);
  constexpr NetworkOptions defaults;
  m.def(
      "build_network",
      [](std::vector<LinkLayer> links, std::vector<HubLayer> hubs, std::optional<CountryLayer> countries,
         std::optional<PostLayer> posts, std::optional<PlaceLayer> places, double snap_tolerance_m,
         double informal_detection, double informal_wait_s, double listed_detection, double listed_wait_s,
         double access_speed_kmh, const py::object& report, unsigned threads) {
        const NetworkLayers layers{std::move(links), std::move(hubs), std::move(countries), std::move(posts),
                                   std::move(places)};
        const NetworkOptions options{{snap_tolerance_m}, informal_detection, {informal_wait_s},
                                     listed_detection,   {listed_wait_s},    access_speed_kmh};
        return run(report, threads,
                   [&](const Execution& execution) { return build_network(layers, options, execution); });
      },
      "links"_a, py::kw_only(), "hubs"_a = std::vector<HubLayer>(), "countries"_a = py::none(),
      "posts"_a = py::none(), "places"_a = py::none(), "snap_tolerance_m"_a = defaults.snap_tolerance.value,
      "informal_detection"_a = defaults.informal_detection,
      "informal_wait_s"_a = defaults.informal_wait.value, "listed_detection"_a = defaults.listed_detection,
      "listed_wait_s"_a = defaults.listed_wait.value, "access_speed_kmh"_a = defaults.access_speed_kmh,
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
