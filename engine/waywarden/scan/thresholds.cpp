#include "waywarden/scan/thresholds.h"

#include <algorithm>
#include <bit>

namespace waywarden {
namespace {

/// Rounding of the ratio, which grows with the total.
double slack(const Likelihood& likelihood) { return 1e-9 + 1e-13 * likelihood.total_cases(); }

MeasureBins bins_of(const ScanTable& table) {
  double least = table.total_measure;
  for (const double m : table.measure) {
    if (m > 0.0) least = std::min(least, m);
  }
  return least > 0.0 ? MeasureBins(least, table.total_measure) : MeasureBins();
}

// Levels: number / 4 below 64, above it numbers cut off after five binary digits.

constexpr double kEven = 64.0, kLevelsPerUnit = 4.0;
constexpr std::size_t kEvenLevels = 256;
constexpr int kLevelShift = 48;

std::size_t number_of_level(double ratio) {
  if (ratio < kEven) return static_cast<std::size_t>(ratio * kLevelsPerUnit);
  const auto key = [](double x) { return std::bit_cast<std::uint64_t>(x) >> kLevelShift; };
  return kEvenLevels + (key(ratio) - key(kEven));
}

double level_of_number(std::size_t number) {
  if (number < kEvenLevels) return static_cast<double>(number) / kLevelsPerUnit;
  const std::uint64_t even = std::bit_cast<std::uint64_t>(kEven);
  return std::bit_cast<double>(even + (static_cast<std::uint64_t>(number - kEvenLevels) << kLevelShift));
}

/// The least number from `first` to `last` that passes, where all after one that passes do; one past `last`
/// where none does. Looks ahead by doubling steps: O(log(distance)).
template <class Test>
std::int64_t first_that(std::int64_t first, std::int64_t last, const Test& passes) {
  std::int64_t end = first;
  for (std::int64_t step = 1; end <= last && !passes(static_cast<double>(end)); step *= 2) {
    first = end + 1;
    end += step;
  }
  end = std::min(end, last + 1);
  while (first < end) {
    const std::int64_t middle = first + (end - first) / 2;
    passes(static_cast<double>(middle)) ? end = middle : first = middle + 1;
  }
  return first;
}

}  // namespace

template <class Count>
Thresholds<Count>::Thresholds(const ScanTable& table, ScanRates rates, std::int64_t fewest)
    : likelihood_(table), rates_(rates), fewest_(fewest), bins_(bins_of(table)) {}

template <class Count>
double Thresholds<Count>::ratio(double cases, double measure) const {
  const bool high = likelihood_.is_high(cases, measure);
  if (high && (rates_ == ScanRates::low || cases < static_cast<double>(fewest_))) return 0.0;
  if (!high && rates_ == ScanRates::high) return 0.0;
  return likelihood_.ratio(cases, measure);
}

template <class Count>
const CountBounds<Count>& Thresholds<Count>::at(double ratio) const {
  const std::size_t index = std::min(number_of_level(std::max(ratio, 0.0)), kLevels - 1);
  std::call_once(once_[index], [&] { bounds_[index] = made(level_of_number(index)); });
  return *bounds_[index];
}

/// The highest ratio of so many cases is that of the least measure they can have.
template <class Count>
bool Thresholds<Count>::exceeds_when_high(double cases, std::size_t bin, double level) const {
  double measure = bins_.low(bin);
  if (likelihood_.is_bernoulli()) measure = std::max(measure, cases);
  return likelihood_.is_high(cases, measure) &&
         likelihood_.ratio(cases, measure) > level - slack(likelihood_);
}

template <class Count>
bool Thresholds<Count>::exceeds_when_low(double cases, std::size_t bin, double level) const {
  const double all = likelihood_.total_measure();
  double measure = std::min(bins_.high(bin), all);
  if (likelihood_.is_bernoulli()) measure = std::min(measure, all - (likelihood_.total_cases() - cases));
  return !likelihood_.is_high(cases, measure) &&
         likelihood_.ratio(cases, measure) > level - slack(likelihood_);
}

template <class Count>
std::unique_ptr<CountBounds<Count>> Thresholds<Count>::made(double level) const {
  auto bounds = std::make_unique<CountBounds<Count>>();
  const auto total = static_cast<std::int64_t>(likelihood_.total_cases());
  const auto kept = [](std::int64_t count) { return static_cast<Count>(count + kCountBias<Count>); };
  std::int64_t above = rates_ == ScanRates::low ? total : fewest_ - 1, below = 0;
  for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
    above = first_that(above + 1, total, [&](double c) { return exceeds_when_high(c, bin, level); }) - 1;
    if (rates_ != ScanRates::high) {
      below = first_that(below, total - 1, [&](double c) { return !exceeds_when_low(c, bin, level); });
    }
    bounds->above.push_back(kept(std::min(above, total)));
    bounds->below.push_back(kept(below));
  }
  return bounds;
}

template class Thresholds<std::int16_t>;
template class Thresholds<std::int32_t>;

}  // namespace waywarden
