#pragma once

/// The spread of routes that makes what was observed likeliest: maximum simulated likelihood over the
/// deviation of perceived costs (perception.h), by traces, by counts at posts, or by both, taken as
/// independent (observed_routes.h). What comes out is the `spread` that `calibrate` takes.
///
/// Profile: the log-likelihood at deviations from 0.02 to the largest, ten at even ratios, then twice more
/// between those within 6 of the best. All with the same draws, so that differences are the deviation's. Near
/// the best a parabola in ln(deviation) smooths what is left of the draws' noise; its vertex is the estimate.
///
/// Interval: where the profile falls by 1.92 times an adjustment, 95 % of a chi-squared of one degree
/// (Wilks). A kernel-smoothed likelihood is none in the strict sense, so the adjustment is the sum of squared
/// scores over the curvature (Kent 1982: 1 for a true likelihood), where that is above 1; to the squared
/// scores is added what they vary with the draws, seen from eight batches of them. Where the parabola's own
/// interval is wider, it is that. Where the profile does not fall so far on one side, the interval is open
/// there: at 1 below (routes that are the cheapest, all of them), without end above.
///
/// About 20 loadings' worth of searches; with traces alone those of their pairs, and a sample of the demand.

#include <optional>
#include <vector>

#include "waywarden/flow/calibration.h"
#include "waywarden/flow/observed_routes.h"

namespace waywarden {

struct SpreadFitOptions {
  /// `spread` is not read.
  PerceptionOptions perception = {.draws = 128};
  /// Of traces: what two routes may differ by, as a share of cost, and still agree.
  double bandwidth = 0.1;
  CountOptions counts = {};
  /// Destinations of the demand on which spread is measured, where no counts ask for all.
  std::size_t destinations = 48;
  double largest_deviation = 4.0;
};

struct SpreadFit {
  double spread = 1.0;
  double deviation = 0.0;
  /// 95 %. Below 1 there is nothing; none above: any larger spread would do.
  double low = 1.0;
  std::optional<double> high = std::nullopt;
  /// What the fall of the log-likelihood is measured by, >= 1.
  double adjustment = 1.0;
  double log_likelihood = 0.0;

  // per deviation tried, ascending
  std::vector<double> profile_deviation;
  std::vector<double> profile_spread;
  std::vector<double> profile_log_likelihood;

  /// Of the counts at the deviation tried that is nearest to the estimate; the mean cost of the traces over
  /// the cheapest, each trace counting alike: a rough check that needs no draws.
  std::optional<double> scale = std::nullopt;
  double overdispersion = 0.0;
  std::optional<double> traced_spread = std::nullopt;
  std::size_t traces = 0;
  std::size_t posts = 0;
};

/// `reference`: costs without closures and teams, as for `calibrate`. Either kind of observation may be
/// empty. Throws `InputError` as observed_routes.h does, where nothing was observed, and where the
/// observations are about as likely under all deviations, so that they cannot tell the spread; `OptionError`
/// for options that make no sense.
SpreadFit fit_spread(const Network& network, const Core& core, const EdgeCosts& reference,
                     const Demand& demand, const Places& places, const ObservedRoutes& routes,
                     const ObservedCounts& counts, const SpreadFitOptions& options,
                     const Execution& execution);

}  // namespace waywarden
