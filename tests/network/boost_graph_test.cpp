#include "waywarden/network/boost_graph.h"

#include <gtest/gtest.h>

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>

#include "waywarden/network/draft.h"

namespace waywarden {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Network, std::size_t, boost::vertex_index_t>));

Network path() {
  NetworkDraft draft;
  for (int i = 0; i < 4; ++i) {
    DraftEdge edge;
    edge.from.point = {i * 0.1, 0};
    edge.to.point = {(i + 1) * 0.1, 0};
    edge.line = {edge.from.point, edge.to.point};
    draft.edges.push_back(edge);
  }
  return Network(number(draft).columns);
}

TEST(BoostGraph, ShowsTheSameEdges) {
  const Network network = path();
  std::size_t seen = 0;
  for (auto [v, end] = vertices(network); v != end; ++v) {
    for (auto [e, last] = out_edges(*v, network); e != last; ++e, ++seen) EXPECT_EQ(source(*e, network), *v);
    for (auto [e, last] = in_edges(*v, network); e != last; ++e) EXPECT_EQ(target(*e, network), *v);
    EXPECT_EQ(degree(*v, network), out_degree(*v, network) + in_degree(*v, network));
  }
  EXPECT_EQ(seen, num_edges(network));
}

TEST(BoostGraph, RunsItsAlgorithms) {
  const Network network = path();
  std::vector<int> hops(network.node_count(), 0);
  const auto record = boost::record_distances(
      boost::make_iterator_property_map(hops.begin(), boost::identity_property_map()), boost::on_tree_edge());
  boost::breadth_first_search(network, std::size_t{0}, boost::visitor(boost::make_bfs_visitor(record)));
  EXPECT_EQ(*std::max_element(hops.begin(), hops.end()), 4);
}

}  // namespace
}  // namespace waywarden
