#pragma once

/// Equal-split densities by the definition: every walk followed alone, without merging, its kernel evaluated
/// at every position asked about.

#include <functional>
#include <span>
#include <vector>

#include "waywarden/density/network_kde.h"

namespace waywarden::walks {

using Kernel = std::function<double(double)>;

struct Rule {
  NetworkDensity method = NetworkDensity::discontinuous;
  DeadEndRule dead_ends = DeadEndRule::reflect;
  int depth = 1'000'000;
};

class Walker {
 public:
  Walker(const LinearNetwork& network, Rule rule, Kernel kernel, double reach,
         std::span<const LinePosition> asked)
      : network_(network), rule_(rule), kernel_(std::move(kernel)), reach_(reach), asked_(asked) {}

  std::vector<double> density(LinePosition from) {
    density_.assign(asked_.size(), 0.0);
    const auto& edge = network_.edge(from.edge);
    if (from.along == 0.0 || from.along == edge.length) {
      const std::uint32_t node = from.along == 0.0 ? edge.first : edge.second;
      for (const auto& branch : network_.branches(node)) {
        walk(branch.way, 0.0, 2.0 / static_cast<double>(network_.degree(node)), rule_.depth);
      }
      return density_;
    }
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (asked_[i].edge == from.edge) density_[i] += kernel_(std::abs(asked_[i].along - from.along));
    }
    arrive(2 * from.edge, edge.length - from.along, 1.0, rule_.depth);
    arrive(2 * from.edge + 1, from.along, 1.0, rule_.depth);
    return density_;
  }

 private:
  void walk(std::uint32_t way, double distance, double share, int depth) {
    const double length = network_.edge(way / 2).length;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (asked_[i].edge != way / 2) continue;
      const double along = way % 2 == 0 ? asked_[i].along : length - asked_[i].along;
      if (distance + along <= reach_) density_[i] += share * kernel_(distance + along);
    }
    arrive(way, distance + length, share, depth);
  }

  void arrive(std::uint32_t way, double distance, double share, int depth) {
    if (distance >= reach_) return;
    const std::uint32_t node = network_.head(way);
    const double n = static_cast<double>(network_.degree(node));
    if (n == 1.0 && rule_.dead_ends == DeadEndRule::lose) return;
    if (n > 2.0 && --depth < 0) return;
    for (const auto& branch : network_.branches(node)) {
      const bool back = branch.way == (way ^ 1U);
      const double factor = rule_.method == NetworkDensity::continuous ? 2.0 / n - (back ? 1.0 : 0.0)
                            : n == 1.0                                 ? 1.0
                            : back                                     ? 0.0
                                                                       : 1.0 / (n - 1.0);
      if (factor != 0.0) walk(branch.way, distance, share * factor, depth);
    }
  }

  const LinearNetwork& network_;
  Rule rule_;
  Kernel kernel_;
  double reach_;
  std::span<const LinePosition> asked_;
  std::vector<double> density_;
};

}  // namespace waywarden::walks
