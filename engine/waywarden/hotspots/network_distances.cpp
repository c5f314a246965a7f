#include "waywarden/hotspots/network_distances.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/linear_network/line_search.h"

namespace waywarden {
namespace {

using Entry = NeighbourDistances::Entry;

/// Which positions lie on each edge.
struct ByEdge {
  std::vector<std::size_t> first;
  std::vector<std::uint32_t> position;

  ByEdge(std::size_t edges, std::span<const LinePosition> positions) : first(edges + 1, 0) {
    for (const LinePosition& p : positions) {
      if (p.edge >= edges) throw InputError("a position is not on the network");
      ++first[p.edge + 1];
    }
    for (std::size_t e = 0; e < edges; ++e) first[e + 1] += first[e];
    position.resize(positions.size());
    std::vector<std::size_t> next = first;
    for (std::uint32_t i = 0; i < positions.size(); ++i) position[next[positions[i].edge]++] = i;
  }
};

/// Asks outwards from one position at a time.
class Around {
 public:
  Around(const LinearNetwork& network, std::span<const LinePosition> positions, const ByEdge& by_edge)
      : network_(&network), positions_(positions), by_edge_(&by_edge), search_(network) {}

  /// Everything within the limit.
  std::vector<Entry> within(std::uint32_t origin, double limit) {
    const auto reached = search_.from(positions_[origin], limit);
    std::vector<std::uint32_t> edges = {positions_[origin].edge};
    for (const auto& node : reached) {
      for (const auto& branch : network_->branches(node.node)) edges.push_back(branch.edge);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::vector<Entry> found;
    for (const std::uint32_t edge : edges) collect(edge, origin, limit, found);
    return found;
  }

  std::vector<Entry> nearest(std::uint32_t origin, std::size_t k, double guess) {
    std::vector<Entry> found;
    // Far enough for any two positions that can reach each other.
    const double far = network_->total_length();
    for (double limit = std::min(guess, far);; limit = std::min(2.0 * limit, far)) {
      found = within(origin, limit);
      if (found.size() >= k || limit >= far) break;
    }
    std::sort(found.begin(), found.end(),
              [&](const Entry& a, const Entry& b) { return order(a) < order(b); });
    found.resize(std::min(k, found.size()));
    return found;
  }

 private:
  std::tuple<double, std::uint32_t, double, std::uint32_t> order(const Entry& entry) const {
    const LinePosition& at = positions_[entry.neighbour];
    return {entry.distance, at.edge, at.along, entry.neighbour};
  }

  void collect(std::uint32_t edge, std::uint32_t origin, double limit, std::vector<Entry>& found) const {
    for (std::size_t e = by_edge_->first[edge]; e < by_edge_->first[edge + 1]; ++e) {
      const std::uint32_t other = by_edge_->position[e];
      const double distance = other == origin ? LineSearch::kFar : search_.distance_to(positions_[other]);
      if (distance <= limit) found.push_back({other, distance});
    }
  }

  const LinearNetwork* network_;
  std::span<const LinePosition> positions_;
  const ByEdge* by_edge_;
  LineSearch search_;
};

}  // namespace

NeighbourDistances network_distances_within(const LinearNetwork& network,
                                            std::span<const LinePosition> positions, Metres limit,
                                            const Execution& execution) {
  if (!(limit.value >= 0.0) || !std::isfinite(limit.value))
    throw OptionError("a limit must be a number that is not negative");
  const ByEdge by_edge(network.edge_count(), positions);
  std::vector<Around> searches(workspaces(execution), Around(network, positions, by_edge));
  return distances_by_row(positions.size(), execution, [&](std::size_t workspace, std::size_t i) {
    return searches[workspace].within(static_cast<std::uint32_t>(i), limit.value);
  });
}

NeighbourDistances nearest_network_distances(const LinearNetwork& network,
                                             std::span<const LinePosition> positions, std::size_t k,
                                             const Execution& execution) {
  const ByEdge by_edge(network.edge_count(), positions);
  // As far as k positions lie apart where they are spread evenly.
  const double even =
      network.total_length() / static_cast<double>(std::max<std::size_t>(positions.size(), 1));
  const double guess = even * static_cast<double>(k + 1);
  std::vector<Around> searches(workspaces(execution), Around(network, positions, by_edge));
  return distances_by_row(positions.size(), execution, [&](std::size_t workspace, std::size_t i) {
    return searches[workspace].nearest(static_cast<std::uint32_t>(i), k, guess);
  });
}

}  // namespace waywarden
