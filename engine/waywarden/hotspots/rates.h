#pragma once

/// Rates: counts over what they are a share of (people, journeys, hours of policing). A count is high where
/// many people are, or where many officers look; a rate is high where something is the matter, or where few
/// people are (see `empirical_bayes.h` for what to do about that).
///
/// What counts are divided by is `exposure x effort`: the population at risk times the reporting effort that
/// found the incidents (hours of patrols, posts staffed, calls a hotline can take). Without effort, detected
/// incidents reflect policing and reporting, and every result says so in `caution`.
///
/// A rate over nothing is undefined, and named so; it is never 0 or NaN. Sums are taken in ascending order of
/// content, so the order of rows changes no bit. O(n log n), and O(entries of the weights) for spatial rates.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/hotspots/weights.h"

namespace waywarden {

/// What every result without reporting effort carries.
inline constexpr const char* kReportingCaution =
    "Detected incidents reflect policing and reporting: no reporting effort was given as an offset, so a "
    "place "
    "that stands out may be one that is watched more, and a quiet one may be watched less.";

struct RateExposure {
  /// Per area, the people (journeys, establishments ...) at risk: not negative.
  std::vector<double> at_risk;
  /// Per area, the effort that found the incidents, in any unit; empty where nobody knows it.
  std::vector<double> effort = {};

  bool has_effort() const { return !effort.empty(); }
  /// Per area, what counts are divided by.
  std::vector<double> offsets() const;
};

enum class RateState : std::uint8_t {
  defined,
  no_exposure,     ///< nobody at risk, or no effort
  no_expectation,  ///< no incidents anywhere (or in the neighbourhood), so nothing to compare with
};

std::string name(RateState state);

/// One row per area.
struct Rates {
  std::vector<RateState> state;
  std::vector<std::optional<double>> rate;
  /// What all areas with exposure have together: sum of counts over sum of exposure.
  std::optional<double> overall;
  /// `kReportingCaution`, or empty where effort was given.
  std::string caution;
};

/// Count over exposure.
Rates raw_rates(std::span<const double> counts, const RateExposure& exposure);

/// How many times as many incidents as the overall rate leads to expect: `rate` is count / (overall x
/// exposure).
Rates excess_risk(std::span<const double> counts, const RateExposure& exposure);

/// Sum of the neighbours' counts over the sum of their exposures, each by its weight; the area itself is
/// among them by 1 or the largest weight of its row (`with_self`). Defined where anybody is at risk in the
/// neighbourhood.
Rates spatial_rates(std::span<const double> counts, const RateExposure& exposure, const Weights& weights);

/// Counts and exposures by stratum (sex and age band, say), area by area: entry area x strata + stratum.
struct Strata {
  std::size_t strata = 1;
  std::vector<double> counts;
  std::vector<double> at_risk;
};

/// Indirect standardisation: observed over expected, where every stratum has its overall rate; the
/// standardised ratio. Defined where some are expected.
Rates indirectly_standardised(const Strata& areas);

/// Direct standardisation: the rate that the area's strata would have in the `standard` population (one size
/// per stratum). Defined where every stratum that the standard counts has exposure.
Rates directly_standardised(const Strata& areas, std::span<const double> standard);

/// All of them throw `InputError`, naming the row, for a count, exposure or effort that is negative, not
/// finite or beyond 1e100, and for lengths that do not fit. An area that has incidents but no exposure is
/// undefined and left out of the overall rate.

}  // namespace waywarden
