#include "waywarden/study/network_tables.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "waywarden/study/table_builder.h"

namespace waywarden {
namespace {

std::string role(double source, double destination) {
  if (source > 0.0 && destination > 0.0) return "source+destination";
  if (source > 0.0) return "source";
  return destination > 0.0 ? "destination" : "transit";
}

std::string mode_list(std::uint32_t modes) {
  std::string list;
  for (std::size_t i = 0; i < kModeCount; ++i) {
    if ((modes & (1U << i)) != 0) list += (list.empty() ? "" : "+") + std::string(kModeNames[i]);
  }
  return list;
}

}  // namespace

std::string edge_name(EdgeId e) {
  char text[16];
  std::snprintf(text, sizeof(text), "E%07zu", e.index());
  return text;
}

double both(const std::vector<double>& per_edge, EdgeId e, EdgeId twin) {
  return per_edge[e.index()] + (twin.exists() ? per_edge[twin.index()] : 0.0);
}

std::string exposure_class(double exposure, double journeys) {
  static constexpr std::array<std::pair<double, const char*>, 4> kBounds = {
      {{0.001, "under 0.1 %"}, {0.01, "0.1 to 1 %"}, {0.03, "1 to 3 %"}, {0.1, "3 to 10 %"}}};
  if (exposure <= 0.0 || journeys <= 0.0) return "none";
  for (const auto& [bound, words] : kBounds) {
    if (exposure / journeys < bound) return words;
  }
  return "10 % and more";
}

FeatureTable edge_table(const Network& network, const Loading& loading) {
  const NetworkColumns& c = network.columns();
  const Estimates& journeys = loading.exposure.edge;
  TableBuilder table("edges");
  for (std::size_t i = 0; i < network.edge_count(); ++i) {
    const EdgeId e(i), twin = c.twin[i];
    if (twin.exists() && twin < e) continue;
    if (network.kind(e) == EdgeKind::crossing) continue;  // points: in the table of crossings
    const double exposure = both(journeys.mean, e, twin);
    table.row(edge_name(e), Geometry::of_line(network.polyline(e)));
    table.text("edge", edge_name(e))
        .text("source", network.source(e).id)
        .text("layer", network.source(e).layer)
        .text("mode", name(network.mode(e)))
        .text("kind", name(network.kind(e)))
        .text("country", network.country(network.head(e)))
        .real("length_m", c.length_m[i])
        .real("exposure", exposure)
        .real("exposure_se", both(journeys.standard_error, e, twin))
        .text("exposure_class", exposure_class(exposure, loading.journeys));
  }
  return table.take();
}

FeatureTable crossing_table(const Network& network, const Loading& loading) {
  const Crossings& c = network.crossings();
  TableBuilder table("crossings");
  for (std::size_t i = 0; i < c.size(); ++i) {
    table.row(c.id[i], Geometry::of_point(c.point[i]));
    table.text("id", c.id[i])
        .text("name", c.name[i])
        .text("country_a", c.country_a[i])
        .text("country_b", c.country_b[i])
        .text("mode", name(c.mode[i]))
        .text("status", c.status[i] == CrossingStatus::listed ? "listed" : "informal")
        .real("exposure", loading.exposure.crossing.mean[i])
        .real("exposure_se", loading.exposure.crossing.standard_error[i])
        .text("exposure_class", exposure_class(loading.exposure.crossing.mean[i], loading.journeys))
        .real("border_accuracy_m", c.border_accuracy_m[i])
        .real("post_distance_m",
              c.status[i] == CrossingStatus::listed ? std::optional(c.post_distance_m[i]) : std::nullopt);
  }
  return table.take();
}

FeatureTable hub_table(const Network& network, const Loading& loading) {
  const Hubs& h = network.hubs();
  TableBuilder table("hubs");
  for (std::size_t i = 0; i < h.size(); ++i) {
    const std::size_t node = h.node[i].index();
    table.row(h.id[i], Geometry::of_point(h.point[i]));
    table.text("id", h.id[i])
        .text("name", h.name[i])
        .text("kind", h.kind[i])
        .text("country", h.country[i])
        .text("modes", mode_list(h.modes[i]))
        .real("exposure", loading.exposure.node.mean[node])
        .real("exposure_se", loading.exposure.node.standard_error[node])
        .text("exposure_class", exposure_class(loading.exposure.node.mean[node], loading.journeys));
  }
  return table.take();
}

FeatureTable place_table(const Places& p) {
  TableBuilder table("places");
  for (std::size_t i = 0; i < p.size(); ++i) {
    table.row(p.id[i], Geometry::of_point(p.point[i]));
    table.text("id", p.id[i])
        .text("name", p.name[i])
        .text("country", p.country[i])
        .text("role", role(p.source_weight[i], p.destination_weight[i]))
        .real("population", p.population[i])
        .real("source_weight", p.source_weight[i])
        .real("destination_weight", p.destination_weight[i])
        .real("access_m", p.node[i].exists() ? std::optional(p.access_m[i]) : std::nullopt);
  }
  return table.take();
}

}  // namespace waywarden
