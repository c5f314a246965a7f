#include "waywarden/flow/opportunities.h"

#include <algorithm>
#include <span>

namespace waywarden {
namespace {

/// Pairs sorted by origin, in the order they have for each.
struct ByOrigin {
  std::vector<std::size_t> first;
  std::vector<std::size_t> pair;

  std::span<std::size_t> of(std::size_t origin) {
    return std::span(pair).subspan(first[origin], first[origin + 1] - first[origin]);
  }
};

ByOrigin by_origin(const PlacePairs& pairs, std::size_t places) {
  ByOrigin sorted{std::vector<std::size_t>(places + 1, 0), std::vector<std::size_t>(pairs.size())};
  for (const std::uint32_t i : pairs.table.row) ++sorted.first[i + 1];
  for (std::size_t i = 0; i < places; ++i) sorted.first[i + 1] += sorted.first[i];
  std::vector<std::size_t> next(sorted.first.begin(), sorted.first.end() - 1);
  for (std::size_t k = 0; k < pairs.size(); ++k) sorted.pair[next[pairs.table.row[k]]++] = k;
  return sorted;
}

/// Pairs of one origin.
void pass(std::span<std::size_t> ways, const PlacePairs& pairs, const Places& places, Opportunities& found) {
  std::stable_sort(ways.begin(), ways.end(),
                   [&](std::size_t a, std::size_t b) { return pairs.cost[a] < pairs.cost[b]; });
  double passed = 0.0;
  for (std::size_t at = 0; at < ways.size();) {
    std::size_t end = at;
    double level = 0.0;
    for (; end < ways.size() && pairs.cost[ways[end]] == pairs.cost[ways[at]]; ++end) {
      level += places.destination_weight[pairs.table.column[ways[end]]];
    }
    for (; at < end; ++at) {
      found.before[ways[at]] = passed;
      found.level[ways[at]] = level;
    }
    passed += level;
  }
  for (const std::size_t k : ways) found.reach[k] = passed;
}

}  // namespace

Opportunities opportunities(const PlacePairs& pairs, const Places& places, const Execution& execution) {
  const std::vector<double> empty(pairs.size(), 0.0);
  Opportunities found{empty, empty, empty};
  ByOrigin ways = by_origin(pairs, places.size());
  parallel_for(places.size(), execution,
               [&](std::size_t origin) { pass(ways.of(origin), pairs, places, found); });
  return found;
}

}  // namespace waywarden
