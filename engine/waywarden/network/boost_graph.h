#pragma once

/// A `Network` as a Boost.Graph: a model of VertexListGraph, EdgeListGraph and BidirectionalGraph, so that
/// any of its algorithms runs on a network without a copy. Vertices are node numbers, edges are `EdgeId`s;
/// property maps are made from columns, e.g.
///
///     boost::make_function_property_map<EdgeId>([&](EdgeId e) { return costs[e.index()]; })
///
/// The only public header that mentions Boost.

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "waywarden/network/network.h"

namespace waywarden::boost_graph {

struct Category : boost::bidirectional_graph_tag, boost::vertex_list_graph_tag, boost::edge_list_graph_tag {};

struct ToEdge {
  EdgeId operator()(std::size_t index) const { return EdgeId(index); }
};
using VertexIterator = boost::counting_iterator<std::size_t>;
using EdgeIterator = boost::transform_iterator<ToEdge, boost::counting_iterator<std::size_t>, EdgeId, EdgeId>;

inline std::pair<EdgeIterator, EdgeIterator> edge_range(std::size_t begin, std::size_t end) {
  return {EdgeIterator(boost::counting_iterator<std::size_t>(begin), ToEdge()),
          EdgeIterator(boost::counting_iterator<std::size_t>(end), ToEdge())};
}

}  // namespace waywarden::boost_graph

namespace boost {

template <>
struct graph_traits<waywarden::Network> {
  using vertex_descriptor = std::size_t;
  using edge_descriptor = waywarden::EdgeId;
  using directed_category = directed_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = waywarden::boost_graph::Category;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = waywarden::boost_graph::VertexIterator;
  using edge_iterator = waywarden::boost_graph::EdgeIterator;
  using out_edge_iterator = waywarden::boost_graph::EdgeIterator;
  using in_edge_iterator = const waywarden::EdgeId*;
  static vertex_descriptor null_vertex() { return static_cast<std::size_t>(-1); }
};

// Some algorithms take the graph by non-const reference and deduce the const type.
template <>
struct graph_traits<const waywarden::Network> : graph_traits<waywarden::Network> {};

template <>
struct property_map<waywarden::Network, vertex_index_t> {
  using type = identity_property_map;
  using const_type = identity_property_map;
};

}  // namespace boost

namespace waywarden {

// Boost.Graph finds these by argument-dependent lookup.
inline std::pair<boost_graph::VertexIterator, boost_graph::VertexIterator> vertices(const Network& g) {
  return {boost_graph::VertexIterator(0), boost_graph::VertexIterator(g.node_count())};
}
inline std::size_t num_vertices(const Network& g) { return g.node_count(); }
inline std::pair<boost_graph::EdgeIterator, boost_graph::EdgeIterator> edges(const Network& g) {
  return boost_graph::edge_range(0, g.edge_count());
}
inline std::size_t num_edges(const Network& g) { return g.edge_count(); }
inline std::size_t source(EdgeId e, const Network& g) { return g.tail(e).index(); }
inline std::size_t target(EdgeId e, const Network& g) { return g.head(e).index(); }
inline std::pair<boost_graph::EdgeIterator, boost_graph::EdgeIterator> out_edges(std::size_t v,
                                                                                 const Network& g) {
  return boost_graph::edge_range(g.first_out()[v], g.first_out()[v + 1]);
}
inline std::size_t out_degree(std::size_t v, const Network& g) {
  return g.first_out()[v + 1] - g.first_out()[v];
}
inline std::pair<const EdgeId*, const EdgeId*> in_edges(std::size_t v, const Network& g) {
  return {g.in_edges().data() + g.first_in()[v], g.in_edges().data() + g.first_in()[v + 1]};
}
inline std::size_t in_degree(std::size_t v, const Network& g) {
  return g.first_in()[v + 1] - g.first_in()[v];
}
inline std::size_t degree(std::size_t v, const Network& g) { return out_degree(v, g) + in_degree(v, g); }
inline boost::identity_property_map get(boost::vertex_index_t, const Network&) { return {}; }
inline std::size_t get(boost::vertex_index_t, const Network&, std::size_t v) { return v; }

}  // namespace waywarden
