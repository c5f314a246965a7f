#include "waywarden/hotspots/conditional_test.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "waywarden/base/random.h"
#include "waywarden/hotspots/sample_sums.h"

namespace waywarden {
namespace {

constexpr double kLargestWhole = 4503599627370496.0;   // 2^52
constexpr double kLargestTables = 16.0 * 1024 * 1024;  // doubles, for each of the runs
/// The groups are left out in as many runs as this, side by side; fixed, so that threads change no bit.
constexpr std::size_t kRuns = 4;
/// One random draw costs about as much as this many multiply-adds of a table.
constexpr double kStepsPerDraw = 16.0;

// ---- exact

/// The values as whole numbers from 0 on (less the smallest), and how often each occurs.
struct WholeValues {
  std::vector<std::int64_t> value;
  std::vector<ValueGroup> groups;
};

WholeValues whole_values(std::span<const double> values) {
  const double smallest = *std::min_element(values.begin(), values.end());
  WholeValues whole;
  std::map<std::int64_t, std::size_t> copies;
  for (const double v : values) {
    whole.value.push_back(static_cast<std::int64_t>(v) - static_cast<std::int64_t>(smallest));
    ++copies[whole.value.back()];
  }
  for (const auto& [value, count] : copies) whole.groups.push_back({value, count});
  return whole;
}

std::int64_t neighbour_sum(const WholeValues& whole, const Weights& others, std::size_t cell) {
  std::int64_t sum = 0;
  for (const std::uint32_t j : others.neighbours(cell)) sum += whole.value[j];
  return sum;
}

/// How large the tables must be for all cells.
struct TableSize {
  std::size_t most_neighbours = 0;
  std::int64_t largest_sum = 0;
};

TableSize table_size(const WholeValues& whole, const Weights& others) {
  TableSize size;
  for (std::size_t cell = 0; cell < others.size(); ++cell) {
    size.most_neighbours = std::max(size.most_neighbours, others.neighbours(cell).size());
    size.largest_sum = std::max(size.largest_sum, neighbour_sum(whole, others, cell));
  }
  return size;
}

/// Per group, the cells that hold its value and have neighbours.
std::vector<std::vector<std::size_t>> cells_by_group(const WholeValues& whole, const Weights& others) {
  std::vector<std::vector<std::size_t>> cells(whole.groups.size());
  const auto below = [](const ValueGroup& group, std::int64_t v) { return group.value < v; };
  for (std::size_t cell = 0; cell < others.size(); ++cell) {
    if (others.neighbours(cell).empty()) continue;
    const auto group = std::lower_bound(whole.groups.begin(), whole.groups.end(), whole.value[cell], below);
    cells[static_cast<std::size_t>(group - whole.groups.begin())].push_back(cell);
  }
  return cells;
}

/// Every cell against the sums of all values but one copy of its own.
///
/// The tables with one value left out share most of what goes into them, so they are made by halving: from
/// the table of all groups outside a range, the left half's follow by adding the right half, and the other
/// way round. So each group is added about log2(groups) times instead of once per group, and nothing is ever
/// subtracted.
class ExactTest {
 public:
  ExactTest(const WholeValues& whole, const Weights& others, const Execution& execution)
      : whole_(whole),
        others_(others),
        execution_(execution),
        size_(table_size(whole, others)),
        cells_(cells_by_group(whole, others)),
        tails_(others.size()) {}

  std::vector<std::optional<Tails>> run() {
    const std::size_t groups = whole_.groups.size();
    parallel_for(kRuns, execution_, [&](std::size_t i) {
      const std::size_t first = groups * i / kRuns, last = groups * (i + 1) / kRuns;
      SampleSums outside(size_.most_neighbours, size_.largest_sum);
      add(outside, 0, first);
      add(outside, last, groups);
      leave_out_each(first, last, std::move(outside));
    });
    return std::move(tails_);
  }

 private:
  void add(SampleSums& sums, std::size_t first, std::size_t last) const {
    for (std::size_t g = first; g < last; ++g) sums.add(whole_.groups[g], execution_);
  }

  void leave_out_each(std::size_t first, std::size_t last, SampleSums outside) {
    if (first == last) return;
    if (last - first == 1) {
      const ValueGroup& group = whole_.groups[first];
      outside.add({group.value, group.copies - 1}, execution_);
      test(cells_[first], std::move(outside));
      return;
    }
    const std::size_t middle = (first + last) / 2;
    SampleSums left = outside;
    add(left, middle, last);
    leave_out_each(first, middle, std::move(left));
    add(outside, first, middle);
    leave_out_each(middle, last, std::move(outside));
  }

  void test(const std::vector<std::size_t>& cells, SampleSums sums) {
    const SumTails tails(std::move(sums));
    for (const std::size_t cell : cells) {
      const std::size_t k = others_.neighbours(cell).size();
      const std::int64_t sum = neighbour_sum(whole_, others_, cell);
      tails_[cell] = Tails{tails.at_most(k, sum), tails.at_least(k, sum)};
    }
  }

  const WholeValues& whole_;
  const Weights& others_;
  const Execution& execution_;
  TableSize size_;
  std::vector<std::vector<std::size_t>> cells_;
  std::vector<std::optional<Tails>> tails_;
};

// ---- permutations

/// What surrounds one cell, in an order that depends on content alone.
struct Neighbourhood {
  std::vector<std::pair<double, double>> weighted_values;  ///< (weight, value), ascending

  double sum() const {
    double total = 0.0;
    for (const auto& [weight, value] : weighted_values) total += weight * value;
    return total;
  }
};

Neighbourhood neighbourhood(std::span<const double> values, const Weights& others, std::size_t cell) {
  Neighbourhood around;
  for (std::size_t e = others.first[cell]; e < others.first[cell + 1]; ++e) {
    around.weighted_values.emplace_back(others.weight_at(e), values[others.neighbour[e]]);
  }
  std::sort(around.weighted_values.begin(), around.weighted_values.end());
  return around;
}

/// Finaliser of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t content_key(double own, const Neighbourhood& around) {
  std::uint64_t key = 0x9e3779b97f4a7c15ULL;
  // Adding 0 makes -0 the same as 0.
  const auto absorb = [&](double x) { key = mixed(key + std::bit_cast<std::uint64_t>(x + 0.0)); };
  absorb(own);
  for (const auto& [weight, value] : around.weighted_values) {
    absorb(weight);
    absorb(value);
  }
  return key;
}

/// Deals samples without replacement out of the positions 0 .. n - 2: the first steps of a Fisher-Yates
/// shuffle, undone after each deal so that every deal starts from the same deck.
class Deck {
 public:
  explicit Deck(std::size_t cards) : cards_(cards) { std::iota(cards_.begin(), cards_.end(), 0U); }

  template <class Take>
  void deal(std::size_t count, RandomStream& stream, const Take& take) {
    swaps_.clear();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t j = i + stream.below(static_cast<std::uint32_t>(cards_.size() - i));
      std::swap(cards_[i], cards_[j]);
      swaps_.push_back(j);
      take(i, cards_[i]);
    }
    for (std::size_t i = count; i > 0; --i) std::swap(cards_[i - 1], cards_[swaps_[i - 1]]);
  }

 private:
  std::vector<std::uint32_t> cards_;
  std::vector<std::size_t> swaps_;
};

std::uint64_t most_permutations(std::size_t cells, const PermutationOptions& options) {
  return std::max({std::uint64_t{1}, options.least_permutations, options.permutations_per_cell * cells});
}

struct TailCounts {
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
  std::uint64_t dealt = 0;
  bool stopped_early = false;

  Tails tails() const {
    // Stopped at a count fixed beforehand, the share is unbiased; otherwise the observed deal counts as one
    // of them.
    const double extra = stopped_early ? 0.0 : 1.0;
    const double all = static_cast<double>(dealt) + extra;
    return {(static_cast<double>(lower) + extra) / all, (static_cast<double>(upper) + extra) / all};
  }
};

class PermutationTest {
 public:
  PermutationTest(std::span<const double> values, const Weights& others, const PermutationOptions& options,
                  const Execution& execution)
      : values_(values),
        sorted_(values.begin(), values.end()),
        others_(others),
        options_(options),
        execution_(execution),
        most_(most_permutations(values.size(), options)) {
    std::sort(sorted_.begin(), sorted_.end());
  }

  Tails of(std::size_t cell, Deck& deck) const {
    const Neighbourhood around = neighbourhood(values_, others_, cell);
    const auto own = static_cast<std::size_t>(
        std::lower_bound(sorted_.begin(), sorted_.end(), values_[cell]) - sorted_.begin());
    RandomStream stream(options_.seed, content_key(values_[cell], around));
    const double observed = around.sum(), tolerance = tie_tolerance(around);
    TailCounts counts;
    const std::uint64_t patience = 1 + 65536 / around.weighted_values.size();
    while (counts.dealt < most_ && !counts.stopped_early) {
      if (counts.dealt % patience == 0) execution_.check();
      const double sum = dealt_sum(around, own, deck, stream);
      counts.lower += sum <= observed + tolerance ? 1 : 0;
      counts.upper += sum >= observed - tolerance ? 1 : 0;
      ++counts.dealt;
      counts.stopped_early = std::min(counts.lower, counts.upper) >= options_.stop_after;
    }
    return counts.tails();
  }

 private:
  double dealt_sum(const Neighbourhood& around, std::size_t own, Deck& deck, RandomStream& stream) const {
    double sum = 0.0;
    deck.deal(around.weighted_values.size(), stream, [&](std::size_t i, std::uint32_t card) {
      sum += around.weighted_values[i].first * sorted_[card < own ? card : card + 1];
    });
    return sum;
  }

  /// The same values dealt in another order must tie in spite of rounding.
  double tie_tolerance(const Neighbourhood& around) const {
    double weights = 0.0;
    for (const auto& entry : around.weighted_values) weights += entry.first;
    return 1e-12 * weights * std::max(std::abs(sorted_.front()), std::abs(sorted_.back()));
  }

  std::span<const double> values_;
  std::vector<double> sorted_;
  const Weights& others_;
  const PermutationOptions& options_;
  const Execution& execution_;
  std::uint64_t most_;
};

bool row_is_constant(const Weights& others, std::size_t cell) {
  for (std::size_t e = others.first[cell]; e < others.first[cell + 1]; ++e) {
    if (others.weight_at(e) != others.weight_at(others.first[cell])) return false;
  }
  return true;
}

}  // namespace

bool exact_applies(std::span<const double> values, const Weights& others) {
  const auto whole = [](double v) { return std::abs(v) <= kLargestWhole && v == std::floor(v); };
  if (!std::all_of(values.begin(), values.end(), whole)) return false;
  for (std::size_t cell = 0; cell < others.size(); ++cell) {
    if (!row_is_constant(others, cell)) return false;
  }
  return true;
}

double exact_work(std::span<const double> values, const Weights& others) {
  if (values.empty()) return 0.0;
  const WholeValues whole = whole_values(values);
  const TableSize size = table_size(whole, others);
  const double halvings = std::log2(static_cast<double>(whole.groups.size())) + 1.0;
  const double table =
      static_cast<double>(size.most_neighbours + 1) * (static_cast<double>(size.largest_sum) + 2.0);
  if (table * (halvings + 2.0) > kLargestTables) return std::numeric_limits<double>::infinity();
  return (kRuns + halvings) * sample_sums_work(whole.groups, size.most_neighbours, size.largest_sum);
}

double permutation_work(const Weights& others, const PermutationOptions& options) {
  const auto most = static_cast<double>(most_permutations(others.size(), options));
  const double early = std::min(most, 2.0 * options.stop_after);
  // Without clusters p is uniform, and a cell takes min(early / p, most) deals; where one cell in ten is
  // clustered, it takes them all.
  const double deals = 0.9 * early * (1.0 + std::log(most / std::max(early, 1.0))) + 0.1 * most;
  return deals * static_cast<double>(others.neighbour.size()) * kStepsPerDraw;
}

std::vector<std::optional<Tails>> exact_tails(std::span<const double> values, const Weights& others,
                                              const Execution& execution) {
  if (values.empty()) return {};
  const WholeValues whole = whole_values(values);
  return ExactTest(whole, others, execution).run();
}

std::vector<std::optional<Tails>> permuted_tails(std::span<const double> values, const Weights& others,
                                                 const PermutationOptions& options,
                                                 const Execution& execution) {
  std::vector<std::optional<Tails>> tails(values.size());
  if (values.empty()) return tails;
  const PermutationTest test(values, others, options, execution);
  std::vector<Deck> decks(workspaces(execution), Deck(values.size() - 1));
  parallel_for_with_workspace(values.size(), execution, [&](std::size_t workspace, std::size_t cell) {
    if (others.neighbours(cell).empty()) return;
    tails[cell] = test.of(cell, decks[workspace]);
  });
  return tails;
}

}  // namespace waywarden
