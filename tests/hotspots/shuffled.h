#pragma once

/// The same world with its rows in another order, for tests of invariance.

#include <numeric>
#include <span>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden::testing {

/// order[new row] = old row.
inline std::vector<std::size_t> random_order(std::uint64_t seed, std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  RandomStream stream(seed, 99);
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
  }
  return order;
}

template <class T>
std::vector<T> reordered(std::span<const T> rows, const std::vector<std::size_t>& order) {
  std::vector<T> result;
  for (const std::size_t old_row : order) result.push_back(rows[old_row]);
  return result;
}

/// Binary weights, renumbered.
inline Weights reordered(const Weights& weights, const std::vector<std::size_t>& order) {
  std::vector<std::uint32_t> new_row(order.size());
  for (std::size_t row = 0; row < order.size(); ++row) new_row[order[row]] = static_cast<std::uint32_t>(row);
  std::vector<std::vector<std::uint32_t>> lists;
  for (const std::size_t old_row : order) {
    lists.emplace_back();
    for (const std::uint32_t j : weights.neighbours(old_row)) lists.back().push_back(new_row[j]);
  }
  return binary_weights(std::move(lists));
}

}  // namespace waywarden::testing
