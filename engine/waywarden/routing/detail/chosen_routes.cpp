#include "waywarden/routing/detail/chosen_routes.h"

#include <algorithm>

namespace waywarden::detail {

Cost ChosenRoutes::cost(std::span<const std::uint32_t> route) const {
  Cost sum = 0;
  for (const std::uint32_t a : route) sum += weights_[a];
  return sum;
}

Cost ChosenRoutes::shared(std::span<const std::uint32_t> route) const {
  Cost sum = 0;
  for (const std::uint32_t a : route) sum += uses(a) ? weights_[a] : 0;
  return sum;
}

bool ChosenRoutes::contains(std::span<const std::uint32_t> route) const {
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (std::ranges::equal(routes_.arcs(i), route)) return true;
  }
  return false;
}

void ChosenRoutes::add(std::span<const std::uint32_t> route) {
  const Cost of_all = cost(route), of_shared = shared(route);
  routes_.cost.push_back(of_all);
  const double cheapest = routes_.cost.front();
  routes_.stretch.push_back(cheapest > 0 ? of_all / cheapest : 1.0);
  routes_.sharing.push_back(cheapest > 0 ? of_shared / cheapest : 0.0);
  routes_.arc.insert(routes_.arc.end(), route.begin(), route.end());
  routes_.begin.push_back(routes_.arc.size());
  for (const std::uint32_t a : route) used_[a] = 1;
}

}  // namespace waywarden::detail
