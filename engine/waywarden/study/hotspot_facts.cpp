#include "waywarden/study/hotspot_facts.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>

#include "waywarden/hotspots/sample_sums.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The levels of classes, the strictest first, and how the classes on one side are counted from it.
constexpr std::array<double, 3> kLevels = {0.01, 0.05, 0.10};

/// The p that a test must not exceed to be rejected at each level (Benjamini and Hochberg's step-up bound).
std::array<double, 3> rejection_bounds(const GetisOrdResult& result) {
  std::array<double, 3> bounds{};
  const auto tests = static_cast<double>(result.count(LocalState::defined));
  for (std::size_t level = 0; level < kLevels.size(); ++level) {
    const auto rejected = std::count_if(result.q.begin(), result.q.end(),
                                        [&](const auto& q) { return q && *q <= kLevels[level]; });
    bounds[level] = kLevels[level] * std::max<double>(1.0, static_cast<double>(rejected)) / tests;
  }
  return bounds;
}

std::vector<ValueGroup> groups_without(std::map<std::int64_t, std::size_t> copies, std::int64_t left_out) {
  if (--copies[left_out] == 0) copies.erase(left_out);
  std::vector<ValueGroup> groups;
  for (const auto& [value, count] : copies) groups.push_back({value, count});
  return groups;
}

/// How many of the three levels are reached.
std::size_t levels_reached(HotspotClass hotspot) {
  switch (hotspot) {
    case HotspotClass::hot_99:
    case HotspotClass::cold_99:
      return 3;
    case HotspotClass::hot_95:
    case HotspotClass::cold_95:
      return 2;
    case HotspotClass::hot_90:
    case HotspotClass::cold_90:
      return 1;
    default:
      return 0;
  }
}

bool hot(HotspotClass h) {
  return h == HotspotClass::hot_99 || h == HotspotClass::hot_95 || h == HotspotClass::hot_90;
}
bool cold(HotspotClass h) {
  return h == HotspotClass::cold_99 || h == HotspotClass::cold_95 || h == HotspotClass::cold_90;
}

/// For one left-out count and one number of neighbours: the smallest sum that is rejected as high, and the
/// largest that is rejected as low, at each level.
struct Critical {
  std::array<double, 3> high;
  std::array<double, 3> low;
};

class FactMaker {
 public:
  FactMaker(std::span<const std::int64_t> counts, const Weights& neighbours, const GetisOrdResult& result,
            const Execution& execution)
      : counts_(counts), neighbours_(neighbours), result_(result), bounds_(rejection_bounds(result)) {
    for (const std::int64_t count : counts) ++copies_[count];
    mean_ = std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
    find_critical_sums(execution);
  }

  std::vector<ClassFact> make() const {
    std::vector<ClassFact> facts;
    for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
      if (result_.hotspot[cell] == HotspotClass::undefined) {
        facts.push_back({cell, {{cell, 1.0}}, -kInfinity, kInfinity});
      } else {
        add_facts(cell, facts);
      }
    }
    return facts;
  }

 private:
  void find_critical_sums(const Execution& execution) {
    std::size_t largest_sample = 0;
    std::int64_t largest_sum = 0;
    for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
      largest_sample = std::max(largest_sample, neighbours_.neighbours(cell).size());
      largest_sum = std::max(largest_sum, sum_of(cell));
    }
    // Critical sums lie well below this: beyond it every sum is as unlikely as can be.
    largest_sum = std::min<std::int64_t>(2 * largest_sum + 64, 1 << 20);
    for (const auto& [count, copies] : copies_) {
      SampleSums drawn(std::min(largest_sample, counts_.size() - 1), largest_sum);
      for (const ValueGroup& group : groups_without(copies_, count)) drawn.add(group, execution);
      const SumTails sums(std::move(drawn));
      for (std::size_t sample = 1; sample <= largest_sample; ++sample) {
        critical_[{count, sample}] = critical(sums, sample, largest_sum);
      }
    }
  }

  Critical critical(const SumTails& sums, std::size_t sample, std::int64_t largest_sum) const {
    Critical found{};
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
      std::int64_t high = 0, low = largest_sum;
      while (high <= largest_sum && 2.0 * sums.at_least(sample, high) > bounds_[level]) ++high;
      while (low >= 0 && 2.0 * sums.at_most(sample, low) > bounds_[level]) --low;
      found.high[level] = high > largest_sum ? kInfinity : static_cast<double>(high);
      found.low[level] = low < 0 ? -kInfinity : static_cast<double>(low);
    }
    return found;
  }

  std::int64_t sum_of(std::size_t cell) const {
    std::int64_t sum = 0;
    for (const std::uint32_t j : neighbours_.neighbours(cell)) sum += counts_[j];
    return sum;
  }

  std::vector<ClassFact::Term> terms(std::size_t cell) const {
    std::vector<ClassFact::Term> all;
    for (const std::uint32_t j : neighbours_.neighbours(cell)) all.push_back({j, 1.0});
    return all;
  }

  void add_facts(std::size_t cell, std::vector<ClassFact>& facts) const {
    const HotspotClass hotspot = result_.hotspot[cell];
    const Critical& c = critical_.at({counts_[cell], neighbours_.neighbours(cell).size()});
    const std::size_t reached = levels_reached(hotspot);
    ClassFact fact{cell, terms(cell), -kInfinity, kInfinity};
    if (hot(hotspot)) {
      fact.low = c.high[3 - reached];
      if (reached < 3) fact.high = c.high[2 - reached] - 1.0;
      facts.push_back(expectation_fact(cell, hotspot));
    } else if (cold(hotspot)) {
      fact.high = c.low[3 - reached];
      if (reached < 3) fact.low = c.low[2 - reached] + 1.0;
      facts.push_back(expectation_fact(cell, hotspot));
    } else {
      fact.low = c.low[2] + 1.0;
      fact.high = c.high[2] - 1.0;
    }
    facts.push_back(loosened(fact, static_cast<double>(sum_of(cell))));
  }

  /// Hot means above the expectation with the cell itself counted, cold below it.
  ClassFact expectation_fact(std::size_t cell, HotspotClass hotspot) const {
    ClassFact fact{cell, terms(cell), -kInfinity, kInfinity};
    fact.terms.push_back({cell, 1.0});
    const double expected = mean_ * static_cast<double>(fact.terms.size());
    (hot(hotspot) ? fact.low : fact.high) = expected;
    return fact;
  }

  /// A bound that does not hold of the true sum cannot be what the class says: where neighbours are unusual
  /// but the cell itself is not, the class is "not significant" although the neighbours' sum alone is
  /// rejected.
  static ClassFact loosened(ClassFact fact, double sum) {
    if (sum < fact.low) fact.low = -kInfinity;
    if (sum > fact.high) fact.high = kInfinity;
    return fact;
  }

  std::span<const std::int64_t> counts_;
  const Weights& neighbours_;
  const GetisOrdResult& result_;
  std::array<double, 3> bounds_;
  std::map<std::int64_t, std::size_t> copies_;
  double mean_ = 0.0;
  std::map<std::pair<std::int64_t, std::size_t>, Critical> critical_;
};

}  // namespace

std::vector<ClassFact> hotspot_facts(std::span<const std::int64_t> counts, const Weights& neighbours,
                                     const GetisOrdResult& result, const Execution& execution) {
  return FactMaker(counts, neighbours, result, execution).make();
}

}  // namespace waywarden
