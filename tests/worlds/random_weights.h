#pragma once

/// Weight vectors for routing tests.

#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/routing/weights.h"

namespace waywarden::worlds {

/// Small ones tie often, which is what a test of ties needs; a few edges are closed.
inline std::vector<Weight> random_weights(std::uint64_t seed, std::size_t edges, Weight least, Weight bound) {
  RandomStream random(seed, 2, 77);
  std::vector<Weight> weights(edges);
  for (Weight& w : weights) w = random.uniform() < 0.03 ? kClosed : least + random.below(bound - least);
  return weights;
}

}  // namespace waywarden::worlds
