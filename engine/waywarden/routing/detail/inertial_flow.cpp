#include "waywarden/routing/detail/inertial_flow.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

namespace waywarden::detail {
namespace {

/// Of all nodes, how many are sources and how many are sinks, one step after the other.
constexpr std::array kShares = {0.2, 0.35};

struct Found {
  std::vector<Side> side;
  double score = std::numeric_limits<double>::infinity();
};

/// Less is better. Between counting only the separator (exponent 0) and its ratio to the smaller side (1):
/// small separators matter for the number of links, balance for the height of the tree.
double score(std::size_t separator, std::size_t smaller) {
  const auto size = static_cast<double>(separator), balance = static_cast<double>(smaller);
  return size * size * size / (balance * balance);
}

/// Nodes in the order of a direction, sorted no further than asked.
class Lineup {
 public:
  explicit Lineup(const Direction& direction) : end_(direction.size()) {
    for (std::uint32_t n = 0; n < direction.size(); ++n) keys_.push_back(key(direction[n]) << 32 | n);
  }

  std::size_t size() const { return keys_.size(); }

  /// Next ones from the front until `count` have been taken there.
  std::vector<std::uint32_t> front(std::size_t count) {
    partition(count);
    return nodes(std::exchange(begin_, count), count);
  }
  std::vector<std::uint32_t> back(std::size_t count) {
    partition(size() - count);
    const std::size_t end = std::exchange(end_, size() - count);
    return nodes(end_, end);
  }

 private:
  /// Bits that ascend as the numbers do.
  static std::uint64_t key(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return (bits >> 31) != 0 ? ~bits : bits | 0x80000000U;
  }
  void partition(std::size_t at) {
    const auto begin = keys_.begin();
    std::nth_element(begin + static_cast<std::ptrdiff_t>(begin_), begin + static_cast<std::ptrdiff_t>(at),
                     begin + static_cast<std::ptrdiff_t>(end_));
  }
  std::vector<std::uint32_t> nodes(std::size_t from, std::size_t to) const {
    std::vector<std::uint32_t> found;
    for (std::size_t i = from; i < to; ++i) found.push_back(static_cast<std::uint32_t>(keys_[i]));
    return found;
  }

  std::vector<std::uint64_t> keys_;
  std::size_t begin_ = 0, end_;
};

void keep_better(Found& best, std::vector<Side> side) {
  std::array<std::size_t, 3> count{};
  for (const Side s : side) ++count[static_cast<std::size_t>(s)];
  const double its = score(count[2], std::max<std::size_t>(std::min(count[0], count[1]), 1));
  if (its < best.score) best = {std::move(side), its};
}

/// Adds paths until there are no more; false if by then no separator can be better than the best.
bool is_worth_it(DisjointPaths& paths, std::size_t nodes, const Execution& execution, const Found& best) {
  do {
    execution.check();
    if (score(paths.count(), nodes / 2) >= best.score) return false;
  } while (paths.augment());
  return true;
}

void try_direction(const Adjacency& graph, const Direction& direction, const Execution& execution,
                   Found& best) {
  Lineup lineup(direction);
  DisjointPaths paths(graph);
  for (const double share : kShares) {
    const auto count = static_cast<std::size_t>(share * static_cast<double>(graph.size()));
    paths.add(lineup.front(std::max<std::size_t>(count, 1)), lineup.back(std::max<std::size_t>(count, 1)));
    if (!is_worth_it(paths, graph.size(), execution, best)) return;
    // In this order one search less.
    std::vector<Side> nearest_to_sinks = paths.separate(Side::sinks);
    keep_better(best, paths.separate(Side::sources));
    keep_better(best, std::move(nearest_to_sinks));
  }
}

/// Steps from the separator, less than 0 on the sources' side.
Direction across(const Adjacency& graph, const std::vector<Side>& side) {
  constexpr float kUnknown = -1;
  Direction steps(graph.size(), kUnknown);
  std::vector<std::uint32_t> queue;
  for (std::uint32_t n = 0; n < graph.size(); ++n) {
    if (side[n] == Side::separator) steps[n] = 0, queue.push_back(n);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t other : graph.of(queue[i])) {
      if (steps[other] == kUnknown) steps[other] = steps[queue[i]] + 1, queue.push_back(other);
    }
  }
  for (std::size_t n = 0; n < steps.size(); ++n) {
    if (side[n] == Side::sources) steps[n] = -steps[n];
  }
  return steps;
}

}  // namespace

std::vector<Side> separate(const Adjacency& graph, std::span<const Direction> directions,
                           const Execution& execution) {
  Found best;
  for (const Direction& direction : directions) try_direction(graph, direction, execution, best);
  try_direction(graph, across(graph, best.side), execution, best);
  return best.side;
}

}  // namespace waywarden::detail
