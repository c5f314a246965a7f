#pragma once

/// Hold-out and rolling-origin evaluation: a method sees the periods before an origin, scores the cells, and
/// is judged by the periods after it, beside the benchmark that anybody can make: the counts (per size) of
/// the last period seen. A method that does not beat that does not predict.
///
/// Source: Tashman, International Journal of Forecasting 16 (2000), on origins; `predictive_accuracy.h` on
/// the measures.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/prediction/hit_rate_interval.h"
#include "waywarden/prediction/predictive_accuracy.h"

namespace waywarden {

/// Periods [first_seen, origin) are seen, [origin, end) are to be predicted.
struct EvaluationOrigin {
  std::size_t first_seen = 0;
  std::size_t origin = 0;
  std::size_t end = 0;

  friend bool operator==(const EvaluationOrigin&, const EvaluationOrigin&) = default;
};

struct OriginOptions {
  /// Periods seen before the first origin, at least 1.
  std::size_t least_seen = 1;
  /// Periods that each origin is judged by.
  std::size_t horizon = 1;
  /// The most periods seen, the latest ones; 0 for all there are.
  std::size_t window = 0;
};

/// One origin per period that leaves a whole horizon. Throws `OptionError` where none does, for a
/// `least_seen` or horizon of 0, or a window below `least_seen`.
std::vector<EvaluationOrigin> rolling_origins(std::size_t periods, const OriginOptions& options = {});

/// One origin: everything before `origin` is seen, everything from it on is to be predicted. Throws
/// `OptionError` unless both sides have a period.
EvaluationOrigin hold_out(std::size_t periods, std::size_t origin);

/// Incidents by period and cell: entry period x cells + cell.
struct CellPeriods {
  std::size_t periods = 0;
  /// Area or network length of each cell, above 0.
  std::vector<double> size;
  std::vector<std::int64_t> counts;

  std::span<const std::int64_t> period(std::size_t p) const {
    return {counts.data() + p * size.size(), size.size()};
  }
  /// Per cell, over periods [first, last).
  std::vector<std::int64_t> total(std::size_t first, std::size_t last) const;
  /// The naive benchmark at an origin: the counts of the last period seen, per size.
  std::vector<double> naive_scores(const EvaluationOrigin& origin) const;
};

struct EvaluationOptions {
  /// Shares of the total size to flag, each judged on its own.
  std::vector<double> shares = {0.01, 0.05, 0.10, 0.20};
  BootstrapOptions bootstrap = {};
};

/// One row per origin and share, then one row per share for all origins together (`origin` is nothing: sums
/// of hits and incidents).
struct Evaluation {
  std::vector<std::optional<std::size_t>> origin;
  std::vector<double> share;
  std::vector<PredictiveAccuracy> method;
  std::vector<PredictiveAccuracy> naive;
  /// Of the method's hit rate, exact binomial.
  std::vector<std::optional<ConfidenceInterval>> hit_rate;
  /// Of the method against the naive benchmark, bootstrap.
  std::vector<std::optional<HitRateDifference>> against_naive;

  std::size_t size() const { return share.size(); }
};

/// `scores` holds one row of cells per origin: entry origin x cells + cell. Earlier incidents, for RRI, are
/// those of the last as many periods seen as are predicted (all that are seen, if fewer). Rows for all
/// origins together weigh every incident alike, and resample incidents within all of them. Throws
/// `InputError` where lengths do not fit and what `predictive_accuracy` throws; `OptionError` for no shares.
Evaluation evaluate(const CellPeriods& cells, std::span<const EvaluationOrigin> origins,
                    std::span<const double> scores, const EvaluationOptions& options = {},
                    const Execution& execution = {});

}  // namespace waywarden
