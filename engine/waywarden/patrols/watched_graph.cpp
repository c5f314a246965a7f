#include "waywarden/patrols/watched_graph.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <cmath>
#include <limits>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Arc = std::tuple<std::uint32_t, std::uint32_t, SiteId>;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("watched graph: ") + what);
}

void check(const WatchedGraph& graph, std::size_t sites) {
  const std::size_t arcs = graph.tail.size();
  require(graph.head.size() == arcs && graph.site.size() == arcs, "columns differ in length");
  for (std::size_t a = 0; a < arcs; ++a) {
    require(graph.tail[a] < graph.nodes && graph.head[a] < graph.nodes, "an arc names an unknown node");
    require(!graph.site[a].exists() || graph.site[a].index() < sites, "an arc names an unknown site");
  }
}

std::vector<std::size_t> free_components(const WatchedGraph& graph) {
  std::vector<std::pair<std::size_t, std::size_t>> arcs;
  for (std::size_t a = 0; a < graph.tail.size(); ++a)
    if (!graph.site[a].exists()) arcs.emplace_back(graph.tail[a], graph.head[a]);
  const boost::compressed_sparse_row_graph<boost::directedS> free(boost::edges_are_unsorted_multi_pass,
                                                                  arcs.begin(), arcs.end(), graph.nodes);
  std::vector<std::size_t> label(graph.nodes);
  if (graph.nodes > 0)
    boost::strong_components(
        free, boost::make_iterator_property_map(label.begin(), get(boost::vertex_index, free)));
  return label;
}

std::vector<std::uint32_t> numbered_by_first(const std::vector<std::size_t>& label) {
  constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> number(label.size(), kUnseen), part;
  std::uint32_t parts = 0;
  for (const std::size_t l : label) {
    if (number[l] == kUnseen) number[l] = parts++;
    part.push_back(number[l]);
  }
  return part;
}

std::vector<Arc> arcs_between(const WatchedGraph& graph, const std::vector<std::uint32_t>& part) {
  std::vector<Arc> arcs;
  for (std::size_t a = 0; a < graph.tail.size(); ++a) {
    const std::uint32_t from = part[graph.tail[a]], to = part[graph.head[a]];
    if (from != to) arcs.emplace_back(from, to, graph.site[a]);
  }
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  return arcs;
}

/// Whether no simple path holds both.
bool exclude_each_other(const Arc& a, const Arc& b) {
  const auto [from_a, to_a, site_a] = a;
  const auto [from_b, to_b, site_b] = b;
  return from_a == from_b || to_a == to_b || (from_a == to_b && to_a == from_b);
}

bool any_two_on_a_path(const std::vector<Arc>& arcs) {
  for (std::size_t i = 0; i < arcs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!exclude_each_other(arcs[i], arcs[j])) return true;
  return false;
}

std::vector<std::uint8_t> passed_twice(const std::vector<Arc>& arcs, std::size_t sites) {
  std::vector<std::vector<Arc>> of_site(sites);
  for (const Arc& arc : arcs)
    if (std::get<2>(arc).exists()) of_site[std::get<2>(arc).index()].push_back(arc);
  std::vector<std::uint8_t> twice;
  for (const auto& own : of_site) twice.push_back(any_two_on_a_path(own) ? 1 : 0);
  return twice;
}

}  // namespace

WatchedGraph watched_graph(const Network& network, std::span<const double> costs, const EdgeSites& sites) {
  require(costs.size() == network.edge_count() && sites.edge_count() == network.edge_count(),
          "costs and sites need an entry per edge");
  WatchedGraph graph{network.node_count(), {}, {}, {}};
  const auto add = [&](std::size_t tail, std::size_t head, SiteId site) {
    graph.tail.push_back(static_cast<std::uint32_t>(tail));
    graph.head.push_back(static_cast<std::uint32_t>(head));
    graph.site.push_back(site);
  };
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (!std::isfinite(costs[e])) continue;
    const std::span<const SiteId> on = sites.on(EdgeId(e));
    std::size_t tail = network.tail(EdgeId(e)).index();
    for (std::size_t i = 0; i + 1 < on.size(); ++i) {
      add(tail, graph.nodes, on[i]);
      tail = graph.nodes++;
    }
    add(tail, network.head(EdgeId(e)).index(), on.empty() ? SiteId::none() : on.back());
  }
  return graph;
}

std::vector<double> watched_costs(std::span<const double> costs, const EdgeSites& sites) {
  require(costs.size() == sites.edge_count(), "costs and sites need an entry per edge");
  std::vector<double> cost_of_arc;
  for (std::size_t e = 0; e < costs.size(); ++e) {
    if (!std::isfinite(costs[e])) continue;
    const std::size_t on = sites.on(EdgeId(e)).size();
    if (on > 1) cost_of_arc.insert(cost_of_arc.end(), on - 1, 0.0);
    cost_of_arc.push_back(costs[e]);
  }
  return cost_of_arc;
}

SiteGraph site_graph(const WatchedGraph& graph, std::size_t sites) {
  check(graph, sites);
  SiteGraph result;
  result.part_of_node = numbered_by_first(free_components(graph));
  const std::size_t parts =
      graph.nodes == 0 ? 0 : 1 + *std::max_element(result.part_of_node.begin(), result.part_of_node.end());
  const std::vector<Arc> arcs = arcs_between(graph, result.part_of_node);
  result.first_out.assign(parts + 1, 0);
  for (const auto& [from, to, site] : arcs) {
    result.tail.push_back(from);
    result.head.push_back(to);
    result.site.push_back(site);
    ++result.first_out[from + 1];
  }
  for (std::size_t v = 0; v < parts; ++v) result.first_out[v + 1] += result.first_out[v];
  result.passed_twice = passed_twice(arcs, sites);
  return result;
}

}  // namespace waywarden
