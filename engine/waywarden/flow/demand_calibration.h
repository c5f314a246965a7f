#pragma once

/// How journeys fall with cost, and grow with weights, estimated from observed journeys: the gravity model
/// with the estimates likeliest to give these counts. Poisson regression needs only the means to be right,
/// and takes pairs without a journey as what they are (Santos Silva and Tenreyro, "The log of gravity",
/// 2006); negative binomial regression also estimates how much counts scatter.
///
///     ln(mean_ij) = constant + source_exponent * ln(S_i) + destination_exponent * ln(D_j) + ln f(cost_ij)
///
/// A constraint replaces what belongs to its side by one effect per place: `production` the origins', so that
/// only decay and destination_exponent are left, and so on; with two-sided effects only the decay. Poisson
/// regression then meets the observed margins, as the constrained model does.

#include <span>
#include <string>
#include <vector>

#include "waywarden/flow/count_regression.h"
#include "waywarden/flow/gravity.h"

namespace waywarden {

enum class MassExponents : std::uint8_t { estimated, fixed_to_one };

struct DemandCalibrationOptions {
  Decay function = Decay::exponential;
  CountDistribution distribution = CountDistribution::poisson;
  /// Which places have effects of their own.
  DemandConstraint constraint = DemandConstraint::none;
  MassExponents masses = MassExponents::estimated;
};

struct DemandCalibration {
  /// One row per estimate: constant, source_exponent, destination_exponent, decay, exponent, as far as they
  /// are estimated. Decay and exponent as in `Deterrence`, relative to `median_cost`.
  std::vector<std::string> parameter;
  std::vector<double> estimate;
  std::vector<double> standard_error;
  /// As in `CountFit`.
  std::vector<double> robust_error;

  double median_cost = 0.0;
  /// 0 for Poisson, and where counts scatter no more than that.
  Overdispersion overdispersion;
  double log_likelihood = 0.0;
  double deviance = 0.0;
  double dispersion = 0.0;
  /// Common part of commuters: twice the journeys that observation and fit have in common over all journeys
  /// of both; 1 where they are equal, 0 where they have no pair in common (Lenormand, Bassolas and Ramasco
  /// 2016).
  double common_part = 0.0;
  /// Pairs, effects included, and rounds of the fit.
  std::size_t observations = 0;
  std::size_t parameters = 0;
  std::size_t rounds = 0;
  /// Observed between places that are no pair: not joined within the cutoff, without weight, or the same.
  std::size_t unused_pairs = 0;
  double unused_journeys = 0.0;
  /// What the model says of every pair, the observed ones and those without a journey.
  Demand fitted;
};

/// All pairs of places with weights that a route joins are observations, with 0 journeys where none is
/// stated; several flows of one pair are added up. At most 3,000 effects. Throws `OptionError` for flows of
/// unknown places or that are negative or not finite, and for too many places with effects; `InputError` when
/// nothing was observed, and when there is no likeliest estimate: an effect of a place without a journey,
/// estimates that cannot be told apart, pairs whose journeys would have to be 0. The message names them.
DemandCalibration calibrate_demand(const Places& places, const Skim& skim,
                                   std::span<const StatedFlow> observed,
                                   const DemandCalibrationOptions& options, const Execution& execution);

/// 2 * sum of min(a, b) / (sum of a + sum of b); 0 when both are empty.
double common_part(std::span<const double> a, std::span<const double> b);

}  // namespace waywarden
