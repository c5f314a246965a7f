#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "waywarden/base/random.h"
#include "waywarden/hotspots/conditional_test.h"

namespace waywarden {
namespace {

/// One random draw costs about as much as this many multiply-adds of a table.
constexpr double kStepsPerDraw = 16.0;

/// What surrounds one cell, in an order that depends on content alone.
struct Neighbourhood {
  double own = 0.0;
  std::vector<std::pair<double, double>> weighted_values;  ///< (weight, value), ascending
};

Neighbourhood neighbourhood(std::span<const double> values, const Weights& others, std::size_t cell) {
  Neighbourhood around{values[cell], {}};
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

std::uint64_t content_key(const Neighbourhood& around) {
  std::uint64_t key = 0x9e3779b97f4a7c15ULL;
  // Adding 0 makes -0 the same as 0.
  const auto absorb = [&](double x) { key = mixed(key + std::bit_cast<std::uint64_t>(x + 0.0)); };
  absorb(around.own);
  for (const auto& [weight, value] : around.weighted_values) {
    absorb(weight);
    absorb(value);
  }
  return key;
}

/// Hands up to this size are drawn one card after the other, again where a card is in the hand already.
constexpr std::size_t kSmallHand = 16;

/// Deals samples without replacement out of the positions 0 .. n - 2. Small hands out of many cards are drawn
/// with rejection, which touches no memory; others are the first steps of a Fisher-Yates shuffle, undone
/// after each deal so that every deal starts from the same deck.
class Deck {
 public:
  explicit Deck(std::size_t cards) : cards_(cards) { std::iota(cards_.begin(), cards_.end(), 0U); }

  template <class Take>
  void deal(std::size_t count, RandomStream& stream, const Take& take) {
    if (count <= kSmallHand && 4 * count <= cards_.size()) {
      draw(count, stream, take);
    } else {
      shuffle(count, stream, take);
    }
  }

 private:
  template <class Take>
  void draw(std::size_t count, RandomStream& stream, const Take& take) const {
    std::array<std::uint32_t, kSmallHand> hand;
    const auto cards = static_cast<std::uint32_t>(cards_.size());
    for (std::size_t i = 0; i < count;) {
      const std::uint32_t card = stream.below(cards);
      std::uint32_t held = 0;
      for (std::size_t j = 0; j < i; ++j) held |= hand[j] == card ? 1U : 0U;
      hand[i] = card;
      i += held == 0 ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i) take(i, hand[i]);
  }

  template <class Take>
  void shuffle(std::size_t count, RandomStream& stream, const Take& take) {
    swaps_.clear();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t j = i + stream.below(static_cast<std::uint32_t>(cards_.size() - i));
      std::swap(cards_[i], cards_[j]);
      swaps_.push_back(j);
      take(i, cards_[i]);
    }
    for (std::size_t i = count; i > 0; --i) std::swap(cards_[i - 1], cards_[swaps_[i - 1]]);
  }

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
    return {(static_cast<double>(lower) + extra) / all, (static_cast<double>(upper) + extra) / all, dealt};
  }
};

class PermutationTest {
 public:
  PermutationTest(std::span<const double> values, const Weights& others, const PermutationOptions& options,
                  const Execution& execution, Summand summand)
      : values_(values),
        sorted_(values.begin(), values.end()),
        others_(others),
        options_(options),
        execution_(execution),
        summand_(summand),
        most_(most_permutations(values.size(), options)) {
    std::sort(sorted_.begin(), sorted_.end());
  }

  Tails of(std::size_t cell, Deck& deck) const {
    const Neighbourhood around = neighbourhood(values_, others_, cell);
    const auto own = static_cast<std::size_t>(
        std::lower_bound(sorted_.begin(), sorted_.end(), values_[cell]) - sorted_.begin());
    RandomStream stream(options_.seed, content_key(around));
    const double observed = observed_sum(around), tolerance = tie_tolerance(around);
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
  double added(double value, double own) const {
    return summand_ == Summand::value ? value : (value - own) * (value - own);
  }

  double observed_sum(const Neighbourhood& around) const {
    double sum = 0.0;
    for (const auto& [weight, value] : around.weighted_values) sum += weight * added(value, around.own);
    return sum;
  }

  double dealt_sum(const Neighbourhood& around, std::size_t own, Deck& deck, RandomStream& stream) const {
    double sum = 0.0;
    deck.deal(around.weighted_values.size(), stream, [&](std::size_t i, std::uint32_t card) {
      const double value = sorted_[card < own ? card : card + 1];
      sum += around.weighted_values[i].first * added(value, around.own);
    });
    return sum;
  }

  /// The same values dealt in another order must tie in spite of rounding.
  double tie_tolerance(const Neighbourhood& around) const {
    double weights = 0.0;
    for (const auto& entry : around.weighted_values) weights += entry.first;
    const double low = std::abs(added(sorted_.front(), around.own));
    return 1e-12 * weights * std::max(low, std::abs(added(sorted_.back(), around.own)));
  }

  std::span<const double> values_;
  std::vector<double> sorted_;
  const Weights& others_;
  const PermutationOptions& options_;
  const Execution& execution_;
  Summand summand_;
  std::uint64_t most_;
};

}  // namespace

double permutation_work(const Weights& others, const PermutationOptions& options) {
  const auto most = static_cast<double>(most_permutations(others.size(), options));
  const double early = std::min(most, 2.0 * options.stop_after);
  // Without clusters p is uniform, and a cell takes min(early / p, most) deals; where one cell in ten is
  // clustered, it takes them all.
  const double deals = 0.9 * early * (1.0 + std::log(most / std::max(early, 1.0))) + 0.1 * most;
  return deals * static_cast<double>(others.neighbour.size()) * kStepsPerDraw;
}

std::vector<std::optional<Tails>> permuted_tails(std::span<const double> values, const Weights& others,
                                                 const PermutationOptions& options,
                                                 const Execution& execution, Summand summand) {
  std::vector<std::optional<Tails>> tails(values.size());
  if (values.empty()) return tails;
  const PermutationTest test(values, others, options, execution, summand);
  std::vector<Deck> decks(workspaces(execution), Deck(values.size() - 1));
  parallel_for_with_workspace(values.size(), execution, [&](std::size_t workspace, std::size_t cell) {
    if (others.neighbours(cell).empty()) return;
    tails[cell] = test.of(cell, decks[workspace]);
  });
  return tails;
}

}  // namespace waywarden
