#include "waywarden/incidents/aoristic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr int kUnitBits = 52;
constexpr std::int64_t kWhole = std::int64_t{1} << kUnitBits;
/// Seconds from 1970 within which sums and differences of times stay whole numbers.
constexpr std::int64_t kFarthest = std::int64_t{1} << 52;
constexpr std::int64_t kLargestTotal = std::int64_t{1} << 36;

/// The part of a span that has passed after `seconds`, in units of 2^-52. Ascends with `seconds`, so
/// differences are never negative, and ends at exactly 1.
std::int64_t units_passed(std::int64_t seconds, std::int64_t span) {
  const double share = static_cast<double>(seconds) / static_cast<double>(span);
  return static_cast<std::int64_t>(std::nearbyint(std::ldexp(share, kUnitBits)));
}

double as_share(std::int64_t units) { return std::ldexp(static_cast<double>(units), -kUnitBits); }

void require_usable(std::span<const std::optional<TimeSpan>> spans) {
  for (std::size_t row = 0; row < spans.size(); ++row) {
    if (!spans[row]) continue;
    if (std::min(spans[row]->begin, -spans[row]->end) < -kFarthest)
      throw InputError("incident " + std::to_string(row) + " is millions of years away");
    if (spans[row]->end < spans[row]->begin)
      throw InputError("incident " + std::to_string(row) + " ends before it begins");
  }
}

void end_row(AoristicWeights& weights, std::int64_t outside) {
  weights.first.push_back(weights.step.size());
  weights.outside.push_back(as_share(outside));
}

void add_weight(AoristicWeights& weights, std::size_t step, std::int64_t units) {
  if (units == 0) return;
  weights.step.push_back(static_cast<std::uint32_t>(step));
  weights.weight.push_back(as_share(units));
}

/// The step that holds a moment, which is not outside.
std::size_t step_at(std::span<const std::int64_t> boundaries, std::int64_t moment) {
  const auto after = std::upper_bound(boundaries.begin(), boundaries.end(), moment);
  return static_cast<std::size_t>(after - boundaries.begin()) - 1;
}

void add_moment(AoristicWeights& weights, std::int64_t moment, std::span<const std::int64_t> boundaries) {
  const bool inside = moment >= boundaries.front() && moment < boundaries.back();
  if (inside) add_weight(weights, step_at(boundaries, moment), kWhole);
  end_row(weights, inside ? 0 : kWhole);
}

void add_span(AoristicWeights& weights, TimeSpan span, std::span<const std::int64_t> boundaries) {
  if (span.seconds() == 0) return add_moment(weights, span.begin, boundaries);
  const std::int64_t from = std::max(span.begin, boundaries.front());
  const std::int64_t to = std::min(span.end, boundaries.back());
  if (from >= to) return end_row(weights, kWhole);
  const auto passed = [&](std::int64_t moment) { return units_passed(moment - span.begin, span.seconds()); };
  std::int64_t done = passed(from);
  for (std::size_t k = step_at(boundaries, from); k + 1 < boundaries.size() && boundaries[k] < to; ++k) {
    const std::int64_t next = passed(std::min(boundaries[k + 1], to));
    add_weight(weights, k, next - done);
    done = next;
  }
  end_row(weights, kWhole - (passed(to) - passed(from)));
}

struct CycleShape {
  std::int64_t steps;
  std::int64_t seconds_per_step;

  std::int64_t seconds() const { return steps * seconds_per_step; }
};

CycleShape shape(Cycle cycle) {
  switch (cycle) {
    case Cycle::hour_of_day:
      return {24, kSecondsPerHour};
    case Cycle::day_of_week:
      return {7, kSecondsPerDay};
    case Cycle::hour_of_week:
      return {168, kSecondsPerHour};
  }
  throw OptionError("no such cycle");
}

/// Seconds since a Monday, within one cycle: 1970-01-01 was a Thursday.
std::int64_t phase(std::int64_t moment, std::int64_t cycle) {
  const std::int64_t since_monday = moment + 3 * kSecondsPerDay;
  return (since_monday % cycle + cycle) % cycle;
}

/// Seconds of the first `moment` seconds after the start of a cycle that fall into a step.
std::int64_t seconds_in_step(const CycleShape& cycle, std::int64_t step, std::int64_t moment) {
  const std::int64_t whole = moment / cycle.seconds(), rest = moment % cycle.seconds();
  return whole * cycle.seconds_per_step +
         std::clamp(rest - step * cycle.seconds_per_step, std::int64_t{0}, cycle.seconds_per_step);
}

void add_cyclic(AoristicWeights& weights, TimeSpan span, const CycleShape& cycle) {
  const std::int64_t start = phase(span.begin, cycle.seconds());
  if (span.seconds() == 0) {
    add_weight(weights, static_cast<std::size_t>(start / cycle.seconds_per_step), kWhole);
    return end_row(weights, 0);
  }
  std::int64_t seconds = 0, done = 0;
  for (std::int64_t k = 0; k < cycle.steps; ++k) {
    seconds += seconds_in_step(cycle, k, start + span.seconds()) - seconds_in_step(cycle, k, start);
    const std::int64_t passed = units_passed(seconds, span.seconds());
    add_weight(weights, static_cast<std::size_t>(k), passed - done);
    done = passed;
  }
  end_row(weights, 0);
}

template <class AddRow>
AoristicWeights rows(std::span<const std::optional<TimeSpan>> spans, std::size_t steps, const AddRow& add) {
  require_usable(spans);
  AoristicWeights weights;
  weights.steps = steps;
  for (const auto& span : spans) {
    if (span) {
      add(weights, *span);
    } else {
      ++weights.undated;
      end_row(weights, 0);
    }
  }
  return weights;
}

void require_sizes(std::span<const std::int64_t> sizes, std::size_t incidents) {
  if (!sizes.empty() && sizes.size() != incidents) throw InputError("there must be one size per incident");
  std::int64_t total = 0;
  for (const std::int64_t size : sizes) {
    if (size < 0 || size > kLargestTotal - total)
      throw InputError("sizes must not be negative, nor add up to more than 2^36");
    total += size;
  }
}

/// A sum of whole numbers times multiples of 2^-52, exact while the whole numbers add up to at most 2^36.
class ExactSum {
 public:
  void add(double share, std::int64_t size) {
    const auto units = static_cast<std::int64_t>(std::ldexp(share, kUnitBits));
    coarse_ += (units >> kHalf) * size;
    fine_ += (units & ((std::int64_t{1} << kHalf) - 1)) * size;
  }
  double value() const {
    const std::int64_t coarse = coarse_ + (fine_ >> kHalf);
    const std::int64_t fine = fine_ & ((std::int64_t{1} << kHalf) - 1);
    return std::ldexp(static_cast<double>(coarse), -kHalf) +
           std::ldexp(static_cast<double>(fine), -kUnitBits);
  }

 private:
  static constexpr int kHalf = kUnitBits / 2;
  std::int64_t coarse_ = 0;
  std::int64_t fine_ = 0;
};

}  // namespace

std::string name(Cycle cycle) {
  static constexpr std::array kNames = {"hour_of_day", "day_of_week", "hour_of_week"};
  return kNames.at(static_cast<std::size_t>(cycle));
}

AoristicWeights aoristic_weights(std::span<const std::optional<TimeSpan>> spans,
                                 std::span<const std::int64_t> boundaries) {
  const auto fall = std::adjacent_find(boundaries.begin(), boundaries.end(), std::greater_equal<>());
  if (boundaries.size() < 2 || fall != boundaries.end())
    throw OptionError("steps need two boundaries or more, each later than the one before");
  return rows(spans, boundaries.size() - 1,
              [&](AoristicWeights& weights, TimeSpan span) { add_span(weights, span, boundaries); });
}

AoristicWeights aoristic_cycle(std::span<const std::optional<TimeSpan>> spans, Cycle cycle) {
  const CycleShape parts = shape(cycle);
  return rows(spans, static_cast<std::size_t>(parts.steps),
              [&](AoristicWeights& weights, TimeSpan span) { add_cyclic(weights, span, parts); });
}

std::vector<double> step_totals(const AoristicWeights& weights, std::span<const std::int64_t> sizes) {
  require_sizes(sizes, weights.size());
  if (weights.size() > static_cast<std::size_t>(kLargestTotal)) throw InputError("too many incidents");
  std::vector<ExactSum> sums(weights.steps);
  for (std::size_t row = 0; row < weights.size(); ++row)
    for (std::size_t e = weights.first[row]; e < weights.first[row + 1]; ++e)
      sums[weights.step[e]].add(weights.weight[e], sizes.empty() ? 1 : sizes[row]);
  std::vector<double> totals;
  for (const ExactSum& sum : sums) totals.push_back(sum.value());
  return totals;
}

}  // namespace waywarden
