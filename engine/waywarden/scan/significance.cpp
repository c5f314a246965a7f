#include "waywarden/scan/significance.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace waywarden {
namespace {

std::size_t times_reached(std::span<const double> maxima, double statistic) {
  return static_cast<std::size_t>(
      std::count_if(maxima.begin(), maxima.end(), [&](double m) { return reaches(m, statistic); }));
}

/// Keeps the studies up to the one at which the test stops, if it does.
void stop_where_due(NullDistribution& null, double best, std::size_t stop_after) {
  std::size_t reached = 0;
  for (std::size_t i = 0; i < null.maxima.size(); ++i) {
    if (!reaches(null.maxima[i], best) || ++reached < stop_after) continue;
    null.maxima.resize(i + 1);
    null.stopped_early = true;
    return;
  }
}

}  // namespace

bool reaches(double maximum, double statistic) { return maximum >= statistic * (1.0 - 1e-11); }

NullDistribution null_distribution(const ScanTask& task, double best, const MonteCarloOptions& options,
                                   const Execution& execution) {
  NullDistribution null;
  if (options.simulations == 0) return null;
  const NullMaxima maxima(task, options.seed);
  const std::size_t batch = maxima.batch(), all = (options.simulations + batch - 1) / batch;
  execution.start("scanning random studies", options.simulations);
  for (std::size_t done = 0, next = options.stop_after > 0 ? 1 : 8; done < all && !null.stopped_early;) {
    next = std::min(next, all - done);
    const std::vector<double> more = maxima.of(done * batch, next, execution);
    null.maxima.insert(null.maxima.end(), more.begin(), more.end());
    null.maxima.resize(std::min(null.maxima.size(), options.simulations));
    if (options.stop_after > 0) stop_where_due(null, best, options.stop_after);
    execution.advance(std::min(next * batch, options.simulations - done * batch));
    done += next;
    next *= 2;
  }
  return null;
}

std::optional<double> monte_carlo_p(const NullDistribution& null, double statistic, double best) {
  if (null.maxima.empty()) return std::nullopt;
  const auto reached = static_cast<double>(times_reached(null.maxima, statistic));
  const auto studies = static_cast<double>(null.maxima.size());
  if (null.stopped_early && statistic >= best) return reached / studies;
  return (reached + 1.0) / (studies + 1.0);
}

std::optional<double> gumbel_p(std::span<const double> maxima, double statistic) {
  if (maxima.size() < 2) return std::nullopt;
  const auto n = static_cast<double>(maxima.size());
  const double mean = std::accumulate(maxima.begin(), maxima.end(), 0.0) / n;
  double squares = 0.0;
  for (const double m : maxima) squares += (m - mean) * (m - mean);
  const double scale = std::sqrt(6.0 * squares / (n - 1.0)) / std::numbers::pi;
  if (!(scale > 0.0)) return std::nullopt;
  const double location = mean - std::numbers::egamma * scale;
  return -std::expm1(-std::exp(-(statistic - location) / scale));
}

}  // namespace waywarden
