#pragma once

/// Small worlds, and every way to deal the values of the other cells around one: the oracle of exact
/// probabilities.

#include <cmath>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden::testing {

struct SmallWorld {
  std::vector<double> values;
  Weights weights;
};

/// Small counts; cell 0 is an island.
inline SmallWorld small_world(std::uint64_t seed, std::size_t cells, std::uint32_t values) {
  RandomStream stream(seed, 0);
  SmallWorld world;
  std::vector<std::vector<std::uint32_t>> lists(cells);
  for (std::uint32_t i = 0; i < cells; ++i) {
    world.values.push_back(stream.below(values));
    for (std::uint32_t j = 0; i > 0 && j < cells; ++j) {
      if (i != j && stream.below(2) == 0) lists[i].push_back(j);
    }
  }
  world.weights = binary_weights(std::move(lists));
  return world;
}

/// What a statistic can be when the values beside a cell are dealt: shares, mean and variance.
struct Dealt {
  double lower = 0.0, upper = 0.0, mean = 0.0, variance = 0.0;
};

namespace detail {
inline void deal(const std::vector<double>& cards, std::vector<bool>& used, std::vector<double>& hand,
                 std::size_t size, const std::function<void(const std::vector<double>&)>& take) {
  if (hand.size() == size) return take(hand);
  for (std::size_t c = 0; c < cards.size(); ++c) {
    if (used[c]) continue;
    used[c] = true;
    hand.push_back(cards[c]);
    deal(cards, used, hand, size, take);
    hand.pop_back();
    used[c] = false;
  }
}
}  // namespace detail

/// `statistic(neighbours' values in the order of the row)`; `observed` is compared with all of them.
inline Dealt deal_all(const std::vector<double>& values, const Weights& weights, std::size_t cell,
                      double observed, const std::function<double(const std::vector<double>&)>& statistic) {
  std::vector<double> cards = values, hand, all;
  cards.erase(cards.begin() + static_cast<std::ptrdiff_t>(cell));
  std::vector<bool> used(cards.size());
  detail::deal(cards, used, hand, weights.neighbours(cell).size(),
               [&](const std::vector<double>& dealt) { all.push_back(statistic(dealt)); });
  Dealt result;
  const double n = static_cast<double>(all.size()), close = 1e-9 * (1.0 + std::abs(observed));
  for (const double s : all) {
    result.lower += s <= observed + close ? 1.0 / n : 0.0;
    result.upper += s >= observed - close ? 1.0 / n : 0.0;
    result.mean += s / n;
  }
  for (const double s : all) result.variance += (s - result.mean) * (s - result.mean) / n;
  return result;
}

inline std::vector<double> around(const std::vector<double>& values, const Weights& weights,
                                  std::size_t cell) {
  std::vector<double> near;
  for (const std::uint32_t j : weights.neighbours(cell)) near.push_back(values[j]);
  return near;
}

/// Of all values, over n - less.
inline double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}
inline double variance_of(const std::vector<double>& values, double less) {
  const double mean = mean_of(values);
  double squares = 0.0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return squares / (static_cast<double>(values.size()) - less);
}

}  // namespace waywarden::testing
