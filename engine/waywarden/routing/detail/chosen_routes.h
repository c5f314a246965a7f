#pragma once

/// Alternatives while they are being chosen, and which arcs they use.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/alternatives.h"

namespace waywarden::detail {

class ChosenRoutes {
 public:
  /// The weights must outlive it.
  explicit ChosenRoutes(std::span<const Weight> weights) : weights_(weights), used_(weights.size(), 0) {}

  const Alternatives& routes() const { return routes_; }
  bool uses(std::uint32_t arc) const { return used_[arc] != 0; }
  Cost cost(std::span<const std::uint32_t> route) const;
  /// Of a route's arcs that chosen ones use.
  Cost shared(std::span<const std::uint32_t> route) const;
  bool contains(std::span<const std::uint32_t> route) const;
  void add(std::span<const std::uint32_t> route);

 private:
  std::span<const Weight> weights_;
  std::vector<std::uint8_t> used_;
  Alternatives routes_;
};

}  // namespace waywarden::detail
