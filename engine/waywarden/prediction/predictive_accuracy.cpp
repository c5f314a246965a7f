#include "waywarden/prediction/predictive_accuracy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kLargest = 1e100;
constexpr std::int64_t kLargestCount = std::int64_t{1} << 40;

[[noreturn]] void refuse(const char* what, std::size_t cell, const char* why) {
  throw InputError(std::string("the ") + what + " of cell " + std::to_string(cell) + " is " + why);
}

void require_sizes(std::span<const double> sizes) {
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (!(sizes[i] > 0.0 && sizes[i] <= kLargest)) refuse("size", i, "not above 0, or beyond 1e100");
}

void require_scores(std::span<const double> scores, std::size_t cells) {
  if (scores.size() != cells) throw InputError("there must be one score per cell");
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (!std::isfinite(scores[i])) refuse("score", i, "not finite");
}

void require_counts(std::span<const std::int64_t> counts, std::size_t cells) {
  if (counts.size() != cells) throw InputError("there must be one count per cell");
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] < 0 || counts[i] > kLargestCount) refuse("count", i, "negative, or beyond 2^40");
}

double sum_in_order(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::int64_t total(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// Cells by falling score; those with equal scores by size, so that sums do not depend on the order of rows.
std::vector<std::size_t> by_falling_score(std::span<const double> scores, std::span<const double> sizes) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : sizes[a] < sizes[b];
  });
  return order;
}

/// Whole counts in whole cells are added exactly; those of cut cells share one fraction.
double inside(std::span<const double> fractions, std::span<const std::int64_t> counts) {
  std::int64_t whole = 0, cut = 0;
  double fraction = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (fractions[i] == 1.0) {
      whole += counts[i];
    } else if (fractions[i] > 0.0) {
      cut += counts[i];
      fraction = fractions[i];
    }
  }
  return static_cast<double>(whole) + fraction * static_cast<double>(cut);
}

double best_hits(const PredictionCells& cells, double share) {
  std::vector<double> density;
  for (std::size_t i = 0; i < cells.size.size(); ++i)
    density.push_back(static_cast<double>(cells.later[i]) / cells.size[i]);
  return inside(flagged_fractions(density, cells.size, share), cells.later);
}

std::optional<double> ratio(double numerator, double divisor) {
  return divisor > 0.0 ? std::optional(numerator / divisor) : std::nullopt;
}

}  // namespace

std::string name(AccuracyState state) {
  static constexpr std::array kNames = {"defined", "no_incidents"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::optional<double> prediction_accuracy_index(double hits, double incidents, double flagged, double size) {
  return ratio(hits * size, incidents * flagged);
}

std::optional<double> prediction_efficiency_index(double hits, double best) {
  return best > 0.0 ? std::optional(std::min(1.0, hits / best)) : std::nullopt;
}

std::optional<double> recapture_rate_index(double hits, double incidents, double earlier_hits,
                                           double earlier) {
  return ratio(hits * earlier, incidents * earlier_hits);
}

std::vector<double> flagged_fractions(std::span<const double> scores, std::span<const double> sizes,
                                      double share) {
  if (!(share > 0.0 && share < 1.0)) throw OptionError("the share to flag must be above 0 and below 1");
  require_sizes(sizes);
  require_scores(scores, sizes.size());
  const auto order = by_falling_score(scores, sizes);
  std::vector<double> fractions(scores.size());
  double left = share * sum_in_order({sizes.begin(), sizes.end()});
  for (std::size_t first = 0, last = 0; first < order.size() && left > 0.0; first = last) {
    double group = 0.0;
    for (; last < order.size() && scores[order[last]] == scores[order[first]]; ++last)
      group += sizes[order[last]];
    const double fraction = std::min(1.0, left / group);
    for (std::size_t k = first; k < last; ++k) fractions[order[k]] = fraction;
    // What is left by rounding alone is no cell.
    left = left - group > 1e-12 * group ? left - group : 0.0;
  }
  return fractions;
}

PredictiveAccuracy predictive_accuracy(std::span<const double> scores, const PredictionCells& cells,
                                       double share) {
  const auto fractions = flagged_fractions(scores, cells.size, share);
  require_counts(cells.later, cells.size.size());
  PredictiveAccuracy result;
  result.size = sum_in_order(cells.size);
  result.flagged = share * result.size;
  result.incidents = total(cells.later);
  result.state = result.incidents > 0 ? AccuracyState::defined : AccuracyState::no_incidents;
  result.hits = inside(fractions, cells.later);
  result.best_hits = best_hits(cells, share);
  const auto came = static_cast<double>(result.incidents);
  result.hit_rate = ratio(result.hits, came);
  result.pai = prediction_accuracy_index(result.hits, came, result.flagged, result.size);
  result.pei = prediction_efficiency_index(result.hits, result.best_hits);
  if (!cells.earlier.empty()) {
    require_counts(cells.earlier, cells.size.size());
    result.rri = recapture_rate_index(result.hits, came, inside(fractions, cells.earlier),
                                      static_cast<double>(total(cells.earlier)));
  }
  return result;
}

}  // namespace waywarden
