#pragma once

/// Did the hot spots of the past hold the incidents that came? A share of the area (or of the network's
/// length) is flagged, that with the highest scores; what came later is counted inside it.
///
///   hit rate  n / N          share of the later incidents that are inside
///   PAI       (n/N) / (a/A)  hit rate over the share of area (Chainey, Tompson and Uhlig 2008)
///   PEI       n / n*         hits over those of the best choice of as much area, made with hindsight (Hunt
///                            2016)
///   RRI       (n/n1) / (N/N1)  later over earlier incidents inside, relative to everywhere (Levine 2008)
///
/// *The cut.* Exactly the asked share is flagged, whatever the sizes of cells and however many scores are
/// equal: cells by falling score, and those that share the score at the cut each by the same fraction, of
/// their size and of their incidents. That is what a random choice among them finds on average, and it
/// depends on no order of rows. The best choice is made the same way by incidents per size, so PEI is never
/// above 1. A method that scores all cells alike has a PAI of exactly what chance gives: 1.
///
/// O(n log n).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace waywarden {

enum class AccuracyState : std::uint8_t {
  defined,
  no_incidents,  ///< nothing came, so nothing could be hit
};

std::string name(AccuracyState state);

/// What there is to choose from, one entry per cell.
struct PredictionCells {
  /// Area or network length, above 0, in any unit.
  std::vector<double> size;
  /// Incidents that came: whole numbers.
  std::vector<std::int64_t> later;
  /// Incidents of the period the scores were made from; empty where not asked for (no RRI then).
  std::vector<std::int64_t> earlier = {};
};

struct PredictiveAccuracy {
  AccuracyState state = AccuracyState::defined;
  /// Flagged size and that of all cells.
  double flagged = 0.0;
  double size = 0.0;
  /// Later incidents that are inside, of all, and of the best choice. A fraction where a cell is cut.
  double hits = 0.0;
  std::int64_t incidents = 0;
  double best_hits = 0.0;
  std::optional<double> hit_rate;
  std::optional<double> pai;
  std::optional<double> pei;
  /// Needs earlier incidents, some of them inside.
  std::optional<double> rri;
};

/// From the figures alone; nothing where a divisor is 0.
std::optional<double> prediction_accuracy_index(double hits, double incidents, double flagged, double size);
std::optional<double> prediction_efficiency_index(double hits, double best_hits);
std::optional<double> recapture_rate_index(double hits, double incidents, double earlier_hits,
                                           double earlier);

/// Per cell, which fraction of it is flagged: 1 above the cut, 0 below.
std::vector<double> flagged_fractions(std::span<const double> scores, std::span<const double> sizes,
                                      double share);

/// `share` of the total size is flagged, above 0 and below 1 (`OptionError`). Throws `InputError`, naming the
/// cell, for a score that is not finite, a size not above 0 or a negative count.
PredictiveAccuracy predictive_accuracy(std::span<const double> scores, const PredictionCells& cells,
                                       double share);

}  // namespace waywarden
