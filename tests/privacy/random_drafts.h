#pragma once

/// Random small drafts: one table, cells nested in places, cells that overlap places, each with classes or
/// without.

#include <algorithm>
#include <numeric>

#include "drafts.h"
#include "waywarden/base/random.h"

namespace waywarden::testing_world {

inline std::vector<std::int64_t> random_counts(RandomStream& random, std::size_t rows, std::uint32_t bound) {
  std::vector<std::int64_t> counts;
  for (std::size_t i = 0; i < rows; ++i)
    counts.push_back(random.below(3) == 0 ? 0 : static_cast<std::int64_t>(random.below(bound)));
  return counts;
}

inline std::int64_t sum(const std::vector<std::int64_t>& values) {
  return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

/// Counts on a line; "hot" where the sum of a row and its neighbours is at least the threshold.
inline Draft line_with_classes(const std::vector<std::int64_t>& counts, double threshold) {
  Table table = counts_table("t", counts);
  std::vector<std::string> classes;
  std::vector<ClassFact> facts;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    ClassFact fact;
    fact.row = i;
    double total = 0.0;
    for (std::size_t j = i == 0 ? 0 : i - 1; j <= std::min(i + 1, counts.size() - 1); ++j) {
      fact.terms.push_back({j, 1.0});
      total += static_cast<double>(counts[j]);
    }
    const bool hot = total >= threshold;
    (hot ? fact.low : fact.high) = threshold;
    classes.emplace_back(hot ? "hot" : "cold");
    facts.push_back(fact);
  }
  add_classes(table, classes, facts);
  return {{table}, {}, {}};
}

/// Each cell lies in one of two places or, by chance, across both; its records fall where they may.
inline Draft cells_and_places(RandomStream& random, std::size_t rows, std::uint32_t bound) {
  const std::vector<std::int64_t> cells = random_counts(random, rows, bound);
  std::vector<std::int64_t> places(2, 0);
  Overlap overlap{0, 1, "incidents", {}};
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t home = random.below(2);
    const bool across = random.below(3) == 0;
    const std::int64_t away =
        across ? static_cast<std::int64_t>(random.below(static_cast<std::uint32_t>(cells[i] + 1))) : 0;
    places[home] += cells[i] - away;
    places[1 - home] += away;
    overlap.pairs.push_back({i, home});
    if (across) overlap.pairs.push_back({i, 1 - home});
  }
  return {{counts_table("cells", cells), counts_table("places", places)}, {overlap}, {}};
}

}  // namespace waywarden::testing_world
