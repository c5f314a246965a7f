#pragma once

/// A movement on a folder of streets that `routing/prepare.py` has made: places at its sources and targets,
/// journeys between all of them, candidates drawn among the edges that journeys use.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "../routing/graph.h"
#include "waywarden/base/random.h"
#include "waywarden/flow/demand.h"
#include "waywarden/interdiction/sites.h"
#include "waywarden/network/network.h"
#include "waywarden/network/places.h"
#include "waywarden/routing/core.h"

namespace bench {

using namespace waywarden;

/// Metres around a point on the equator, as degrees.
inline Point degrees(float x, float y) { return {x / 111'320.0, y / 110'574.0}; }

/// Each arc a road that is a straight line, as long as it takes seconds at 50 km/h.
inline Network street_network(const Graph& graph) {
  std::vector<std::uint32_t> arcs(graph.tail.size());
  std::iota(arcs.begin(), arcs.end(), 0U);
  std::stable_sort(arcs.begin(), arcs.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(graph.tail[a], graph.head[a]) < std::pair(graph.tail[b], graph.head[b]);
  });
  NetworkColumns c;
  for (std::uint32_t n = 0; n < graph.nodes; ++n) {
    c.node_point.push_back(graph.x.empty() ? Point{} : degrees(graph.x[n], graph.y[n]));
  }
  c.node_mode.assign(graph.nodes, Mode::road);
  c.node_country.assign(graph.nodes, kNoCountry);
  c.sources.push_back({"streets", "0"});
  for (const std::uint32_t arc : arcs) {
    c.tail.push_back(NodeId(graph.tail[arc]));
    c.head.push_back(NodeId(graph.head[arc]));
    c.length_m.push_back(graph.weight[arc] * 50 / 3.6);
    c.shape.push_back(static_cast<std::uint32_t>(c.shape.size()));
    c.shape_vertices.push_back(c.node_point[graph.tail[arc]]);
    c.shape_vertices.push_back(c.node_point[graph.head[arc]]);
    c.shape_ends.push_back(static_cast<std::uint32_t>(c.shape_vertices.size()));
  }
  const std::size_t edges = arcs.size();
  c.mode.assign(edges, Mode::road);
  c.kind.assign(edges, EdgeKind::link);
  c.speed_kmh.assign(edges, kSpeedNotStated);
  c.wait_s.assign(edges, 0.0);
  c.money.assign(edges, 0.0);
  c.detection.assign(edges, 0.0);
  c.twin.assign(edges, EdgeId::none());
  c.source.assign(edges, 0);
  return Network(std::move(c));
}

/// The first `count` sources, then as many targets.
inline Places street_places(const Graph& graph, const Network& network, std::size_t count) {
  Places places;
  for (const Column* column : {&graph.sources, &graph.targets}) {
    for (std::size_t i = 0; i < count; ++i) {
      const NodeId node((*column)[i]);
      places.id.push_back(std::to_string(places.id.size()));
      places.name.push_back(places.id.back());
      places.country.emplace_back();
      places.node.push_back(node);
      places.point.push_back(network.point(node));
    }
  }
  places.access_m.assign(2 * count, 0.0);
  places.population = places.source_weight = places.destination_weight = std::vector<double>(2 * count, 1.0);
  return places;
}

/// From each of the first half of the places to each of the second, 1 to 10 journeys.
inline Demand street_demand(const Places& places) {
  const std::size_t count = places.size() / 2;
  Demand demand;
  RandomStream random(1, 0, 90);
  for (std::size_t to = 0; to < count; ++to) {
    for (std::size_t from = 0; from < count; ++from) {
      if (places.node[from] == places.node[count + to]) continue;
      demand.origin.push_back(PlaceId(from));
      demand.destination.push_back(PlaceId(count + to));
      demand.journeys.push_back(1.0 + random.below(10));
    }
  }
  return demand;
}

/// Edges that are candidates, drawn among those that carry `journeys`, each a site of its own.
inline Sites street_sites(const Network& network, std::span<const double> journeys, std::size_t count) {
  std::vector<std::uint32_t> used;
  for (std::uint32_t e = 0; e < journeys.size(); ++e) {
    if (journeys[e] > 0.0) used.push_back(e);
  }
  RandomStream random(1, 1, 90);
  Sites sites;
  std::vector<SiteId> site_of_edge(network.edge_count());
  for (std::size_t left = std::min(count, used.size()); left > 0; --left) {
    const std::uint32_t i = random.below(static_cast<std::uint32_t>(used.size()));
    site_of_edge[used[i]] = SiteId(sites.id.size());
    sites.id.push_back(std::to_string(used[i]));
    sites.detection.push_back(0.3 + 0.2 * random.uniform());
    used[i] = used.back();
    used.pop_back();
  }
  sites.site_of_edge = EdgeSites(site_of_edge);
  sites.name = sites.id;
  sites.kind.assign(sites.size(), SiteKind::crossing);
  sites.mode.assign(sites.size(), Mode::road);
  sites.status.assign(sites.size(), SiteStatus::listed);
  sites.country_a.resize(sites.size());
  sites.country_b.resize(sites.size());
  sites.point.resize(sites.size());
  sites.state.assign(sites.size(), SiteState::candidate);
  sites.hours.assign(sites.size(), 1.0);
  sites.cost.assign(sites.size(), 1.0);
  for (std::size_t s = 0; s < sites.size(); ++s) sites.group.push_back(SiteId(s));
  return sites;
}

}  // namespace bench
