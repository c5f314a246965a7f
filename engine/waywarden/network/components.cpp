#include "waywarden/network/components.h"

#include <algorithm>
#include <boost/graph/incremental_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/disjoint_sets.hpp>

#include "waywarden/network/boost_graph.h"

namespace waywarden {
namespace {

struct Found {
  std::uint32_t size = 0;
  std::size_t first_node = 0;
  std::uint32_t label = 0;
};

/// Renumbers arbitrary labels by (size descending, first node).
Components by_size(const std::vector<std::size_t>& label, std::size_t count) {
  std::vector<Found> found(count);
  for (std::size_t v = label.size(); v-- > 0;) {
    ++found[label[v]].size;
    found[label[v]].first_node = v;
    found[label[v]].label = static_cast<std::uint32_t>(label[v]);
  }
  std::erase_if(found, [](const Found& f) { return f.size == 0; });
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.size != b.size ? a.size > b.size : a.first_node < b.first_node;
  });
  std::vector<std::uint32_t> rank(count);
  Components out;
  for (const Found& f : found) {
    rank[f.label] = static_cast<std::uint32_t>(out.size.size());
    out.size.push_back(f.size);
  }
  for (const std::size_t l : label) out.of_node.push_back(rank[l]);
  return out;
}

}  // namespace

Components weak_components(const Network& network) {
  const std::size_t n = network.node_count();
  std::vector<std::size_t> rank(n), parent(n);
  boost::disjoint_sets<std::size_t*, std::size_t*> sets(rank.data(), parent.data());
  boost::initialize_incremental_components(network, sets);
  boost::incremental_components(network, sets);
  std::vector<std::size_t> label;
  for (std::size_t v = 0; v < n; ++v) label.push_back(sets.find_set(v));
  return by_size(label, n);
}

Components strong_components(const Network& network) {
  std::vector<std::size_t> label(network.node_count());
  const std::size_t count = boost::strong_components(
      network, boost::make_iterator_property_map(label.begin(), boost::identity_property_map()));
  return by_size(label, count);
}

}  // namespace waywarden
