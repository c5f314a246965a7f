#include "waywarden/routing/detail/directions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace waywarden::detail {
namespace {

constexpr std::size_t kLandmarks = 4;
using Steps = std::vector<std::uint32_t>;

Steps steps_from(const Adjacency& graph, std::uint32_t start) {
  constexpr std::uint32_t kFar = 0xFFFFFFFF;
  Steps steps(graph.size(), kFar);
  std::vector<std::uint32_t> queue{start};
  queue.reserve(graph.size());
  steps[start] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t other : graph.of(queue[i])) {
      if (steps[other] != kFar) continue;
      steps[other] = steps[queue[i]] + 1;
      queue.push_back(other);
    }
  }
  return steps;
}

std::uint32_t farthest(const Steps& steps) {
  return static_cast<std::uint32_t>(std::max_element(steps.begin(), steps.end()) - steps.begin());
}

/// Steps to nodes each of which is as far as possible from those before it.
std::vector<Steps> steps_to_landmarks(const Adjacency& graph) {
  std::vector<Steps> found{steps_from(graph, farthest(steps_from(graph, 0)))};
  Steps nearest = found.front();
  while (found.size() < kLandmarks) {
    found.push_back(steps_from(graph, farthest(nearest)));
    for (std::size_t n = 0; n < nearest.size(); ++n) nearest[n] = std::min(nearest[n], found.back()[n]);
  }
  return found;
}

Direction difference(const Steps& a, const Steps& b) {
  Direction direction(a.size());
  for (std::size_t n = 0; n < a.size(); ++n)
    direction[n] = static_cast<float>(a[n]) - static_cast<float>(b[n]);
  return direction;
}

}  // namespace

std::vector<Direction> compass_directions(std::span<const Position> positions, std::size_t count) {
  std::vector<Direction> found(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = std::numbers::pi * static_cast<double>(i) / static_cast<double>(count);
    const double x = std::cos(angle), y = std::sin(angle);
    for (const Position& p : positions) found[i].push_back(static_cast<float>(x * p.x + y * p.y));
  }
  return found;
}

std::vector<Direction> landmark_directions(const Adjacency& graph) {
  const std::vector<Steps> to = steps_to_landmarks(graph);
  std::vector<Direction> found;
  for (std::size_t i = 1; i < to.size(); ++i) found.push_back(difference(to.front(), to[i]));
  return found;
}

}  // namespace waywarden::detail
