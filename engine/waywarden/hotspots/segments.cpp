#include "waywarden/hotspots/segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Edges met first in the next step out from `rim`; `seen` says which were met for `self`.
std::vector<std::uint32_t> next_rim(const LinearNetwork& network, const std::vector<std::uint32_t>& rim,
                                    std::uint32_t self, std::vector<std::uint32_t>& seen) {
  std::vector<std::uint32_t> next;
  for (const std::uint32_t e : rim) {
    for (const std::uint32_t node : {network.edge(e).first, network.edge(e).second}) {
      for (const auto& branch : network.branches(node)) {
        if (seen[branch.edge] == self + 1) continue;
        seen[branch.edge] = self + 1;
        next.push_back(branch.edge);
      }
    }
  }
  return next;
}

/// In the order of their content, so that sums do not depend on the order of rows.
std::vector<std::pair<std::uint32_t, double>> placed(std::span<const std::optional<LinePosition>> positions,
                                                     std::span<const double> weights) {
  constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::pair<std::uint32_t, double>> rows;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    if (!(weight >= 0.0) || !std::isfinite(weight)) {
      throw InputError("weight " + std::to_string(i) + " is not a finite number of at least 0");
    }
    rows.emplace_back(positions[i] ? positions[i]->edge : kNowhere, weight);
  }
  std::ranges::sort(rows);
  return rows;
}

}  // namespace

Weights segment_neighbours(const LinearNetwork& network, unsigned steps) {
  std::vector<std::vector<std::uint32_t>> lists(network.edge_count());
  std::vector<std::uint32_t> seen(network.edge_count());
  for (std::uint32_t e = 0; e < network.edge_count(); ++e) {
    seen[e] = e + 1;
    std::vector<std::uint32_t> rim = {e};
    for (unsigned step = 0; step < steps && !rim.empty(); ++step) {
      rim = next_rim(network, rim, e, seen);
      lists[e].insert(lists[e].end(), rim.begin(), rim.end());
    }
  }
  return binary_weights(std::move(lists));
}

SegmentCounts count_by_segment(const LinearNetwork& network,
                               std::span<const std::optional<LinePosition>> positions,
                               std::span<const double> weights) {
  if (!weights.empty() && weights.size() != positions.size()) {
    throw InputError("there must be as many weights as positions");
  }
  for (const auto& position : positions) {
    if (position) require_on(network, {&*position, 1});
  }
  SegmentCounts counts;
  counts.count.resize(network.edge_count());
  for (const auto& [edge, weight] : placed(positions, weights)) {
    (edge < network.edge_count() ? counts.count[edge] : counts.unassigned) += weight;
  }
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const double length = network.edge(e).length;
    counts.per_km.emplace_back();
    if (length > 0.0) counts.per_km.back() = counts.count[e] / length * 1000.0;
  }
  return counts;
}

}  // namespace waywarden
