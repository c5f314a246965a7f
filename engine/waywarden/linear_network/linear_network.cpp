#include "waywarden/linear_network/linear_network.h"

#include <cmath>
#include <limits>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void require_valid(const LinearNetwork::Edge& edge, std::size_t nodes, std::size_t e) {
  if (edge.first >= nodes || edge.second >= nodes) {
    throw InputError("edge " + std::to_string(e) + " has a node that does not exist");
  }
  if (!(edge.length >= 0.0) || !std::isfinite(edge.length)) {
    throw InputError("edge " + std::to_string(e) + " has no finite length of at least 0");
  }
}

}  // namespace

LinearNetwork::LinearNetwork(std::size_t nodes, std::vector<Edge> edges)
    : edges_(std::move(edges)), branches_(2 * edges_.size()), first_branch_(nodes + 1) {
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max() / 2;
  if (edges_.size() > kMost || nodes > kMost) throw InputError("a network has at most 2^31 nodes and edges");
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    require_valid(edges_[e], nodes, e);
    ++first_branch_[edges_[e].first + 1];
    ++first_branch_[edges_[e].second + 1];
    total_length_ += edges_[e].length;
  }
  if (!std::isfinite(total_length_)) throw InputError("the lengths of the edges have no finite sum");
  for (std::size_t n = 0; n < nodes; ++n) first_branch_[n + 1] += first_branch_[n];
  std::vector<std::size_t> next(first_branch_.begin(), first_branch_.end() - 1);
  for (std::uint32_t e = 0; e < edges_.size(); ++e) {
    const auto& [first, second, length] = edges_[e];
    branches_[next[first]++] = {e, second, length, 2 * e};
    branches_[next[second]++] = {e, first, length, 2 * e + 1};
  }
}

void require_on(const LinearNetwork& network, std::span<const LinePosition> positions) {
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto& [edge, along] = positions[i];
    const bool on = edge < network.edge_count() && along >= 0.0 && along <= network.edge(edge).length;
    if (!on) throw InputError("position " + std::to_string(i) + " is not on the network");
  }
}

}  // namespace waywarden
