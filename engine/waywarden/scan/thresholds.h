#pragma once

/// How many cases a window must hold, given its measure, to have a log-likelihood ratio above a level: what a
/// scan compares counts with, instead of taking logarithms. Measures fall into bins of a relative width of
/// 1/512; the bounds of a bin hold for all of it, so a count within them is certainly no better than the
/// level, and one beyond them is looked at closely. Levels are 1/4 apart up to 64, then a sixteenth of a
/// power of two; each table is made when it is first asked for, in O(bins x log(cases)) steps. Safe to share
/// between threads.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "waywarden/scan/likelihood.h"

namespace waywarden {

/// Bounds in the form in which counts are kept: less `bias`.
template <class Count>
struct CountBounds {
  std::vector<Count> above;  ///< a count above this is worth a look
  std::vector<Count> below;  ///< and one below this
};

/// 16-bit counts begin at the least 16-bit number.
template <class Count>
inline constexpr std::int64_t kCountBias = sizeof(Count) == 2 ? -32768 : 0;
/// Total cases that 16-bit counts can hold.
inline constexpr double kMostNarrowCases = 65535.0;

/// Bins of whole numbers by their first ten binary digits.
class MeasureBins {
 public:
  MeasureBins() = default;
  /// For measures 0, and from `least` to `most`.
  MeasureBins(double least, double most) : base_(key(least) - 1), count_(key(most) - base_ + 1) {}

  std::size_t size() const { return static_cast<std::size_t>(count_); }
  /// 0 for a measure of 0.
  std::size_t of(double measure) const {
    const std::int64_t bin = key(measure) - base_;
    return static_cast<std::size_t>(bin < 0 ? 0 : bin);
  }
  /// Least measure of a bin, and of the one after it.
  double low(std::size_t bin) const {
    return bin == 0 ? 0.0 : std::bit_cast<double>((base_ + static_cast<std::int64_t>(bin)) << kShift);
  }
  double high(std::size_t bin) const { return bin == 0 ? 0.0 : low(bin + 1); }

 private:
  static constexpr int kShift = 43;
  static std::int64_t key(double measure) { return std::bit_cast<std::int64_t>(measure) >> kShift; }

  std::int64_t base_ = 0;
  std::int64_t count_ = 1;
};

template <class Count>
class Thresholds {
 public:
  /// `fewest` cases make a window of high rates worth reporting.
  Thresholds(const ScanTable& table, ScanRates rates, std::int64_t fewest);

  const MeasureBins& bins() const { return bins_; }
  const Likelihood& likelihood() const { return likelihood_; }
  /// Bounds for the highest level that is not above `ratio`.
  const CountBounds<Count>& at(double ratio) const;
  /// The ratio if the window is of the rates asked for, else 0.
  double ratio(double cases, double measure) const;

 private:
  static constexpr std::size_t kLevels = 448;

  std::unique_ptr<CountBounds<Count>> made(double level) const;
  bool exceeds_when_high(double cases, std::size_t bin, double level) const;
  bool exceeds_when_low(double cases, std::size_t bin, double level) const;

  Likelihood likelihood_;
  ScanRates rates_;
  std::int64_t fewest_;
  MeasureBins bins_;
  mutable std::array<std::once_flag, kLevels> once_;
  mutable std::array<std::unique_ptr<CountBounds<Count>>, kLevels> bounds_;
};

extern template class Thresholds<std::int16_t>;
extern template class Thresholds<std::int32_t>;

}  // namespace waywarden
