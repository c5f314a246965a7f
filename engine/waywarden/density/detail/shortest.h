#pragma once

/// The kernel of the shortest distance: an edge is reached from both ends, and each point of it from the
/// nearer.

#include <algorithm>
#include <cmath>

#include "waywarden/density/detail/lixel_sums.h"
#include "waywarden/density/network_kde.h"
#include "waywarden/linear_network/line_search.h"

namespace waywarden::density_detail {

template <class Kernel>
class ShortestKernel {
 public:
  ShortestKernel(const JoinedLines& lines, const NetworkKdeOptions&, const Kernel& kernel)
      : network_(&lines.network), kernel_(kernel), search_(lines.network) {}

  /// As `EqualSplit::lay`.
  double lay(LinePosition incident, double weight, LixelSums& sums, const Execution& execution) {
    execution.check();
    integral_ = 0.0;
    weight_ = weight;
    const auto reached = search_.from(incident, kernel_.bandwidth());
    lay_own(incident, sums);
    for (const auto& [node, distance] : reached) {
      for (const auto& branch : network_->branches(node)) {
        if (branch.edge != incident.edge && is_first_end(node, distance, branch)) lay_edge(branch.edge, sums);
      }
    }
    return integral_;
  }

  std::uint64_t walks() const { return walks_; }

 private:
  /// Whether the search met this end of the edge before the other.
  bool is_first_end(std::uint32_t node, double distance, const LinearNetwork::Branch& branch) const {
    if (branch.node == node) return branch.way % 2 == 0;
    const double other = search_.distance_to_node(branch.node);
    return distance < other || (distance == other && node < branch.node);
  }

  void lay_own(LinePosition incident, LixelSums& sums) {
    const double along = incident.along, length = network_->edge(incident.edge).length, left = length - along;
    const auto& edge = network_->edge(incident.edge);
    const double first = std::min(along, search_.distance_to_node(edge.first));
    const double second = std::min(left, search_.distance_to_node(edge.second));
    const std::uint32_t way = 2 * incident.edge;
    const double forward = (along + second + length) / 2.0, backward = (along - first) / 2.0;
    lay_stretch({way, -along, along, forward, weight_, 0.0}, sums);
    lay_stretch({way + 1, second, 0.0, length - forward, weight_, 0.0}, sums);
    lay_stretch({way + 1, -left, left, length - backward, weight_, 0.0}, sums);
    lay_stretch({way, first, 0.0, backward, weight_, 0.0}, sums);
    sums.add_density(incident.edge, [&](double x) {
      return weight_ * kernel_.at(std::min({std::abs(x - along), first + x, second + (length - x)}));
    });
  }

  void lay_edge(std::uint32_t edge, LixelSums& sums) {
    const auto& [first, second, length] = network_->edge(edge);
    const double near = search_.distance_to_node(first), far = search_.distance_to_node(second);
    const double meet = near == LineSearch::kFar  ? 0.0
                        : far == LineSearch::kFar ? length
                                                  : std::clamp((far + length - near) / 2.0, 0.0, length);
    lay_stretch({2 * edge, near, 0.0, meet, weight_, 0.0}, sums);
    lay_stretch({2 * edge + 1, far, 0.0, length - meet, weight_, 0.0}, sums);
    sums.add_density(edge, [&, length = length](double x) {
      return weight_ * kernel_.at(std::min(near + x, far + (length - x)));
    });
  }

  void lay_stretch(Stretch stretch, LixelSums& sums) {
    stretch.end = std::min(stretch.end, kernel_.bandwidth() - stretch.tail);
    if (!(stretch.end > stretch.begin)) return;
    ++walks_;
    stretch.up_to = kernel_.up_to(stretch.tail + stretch.begin);
    sums.add_mass(kernel_, stretch);
    integral_ += kernel_.up_to(stretch.tail + stretch.end) - stretch.up_to;
  }

  const LinearNetwork* network_;
  Kernel kernel_;
  LineSearch search_;
  double weight_ = 1.0;
  double integral_ = 0.0;
  std::uint64_t walks_ = 0;
};

}  // namespace waywarden::density_detail
