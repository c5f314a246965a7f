#pragma once

/// Events with whole coordinates and days, some in the same place or on the same day.

#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/geometry/point.h"

namespace waywarden::testing {

struct Events {
  std::vector<Point> at;
  std::vector<double> time;
};

inline Events random_events(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 11);
  Events events;
  for (std::size_t i = 0; i < count; ++i) {
    events.at.push_back({double(stream.below(12)), double(stream.below(12))});
    events.time.push_back(double(stream.below(20)));
  }
  return events;
}

inline Events shuffled_events(const Events& events, std::uint64_t seed) {
  RandomStream stream(seed, 12);
  Events other = events;
  for (std::size_t i = other.at.size(); i > 1; --i) {
    const std::size_t j = stream.below(static_cast<std::uint32_t>(i));
    std::swap(other.at[i - 1], other.at[j]);
    std::swap(other.time[i - 1], other.time[j]);
  }
  return other;
}

}  // namespace waywarden::testing
