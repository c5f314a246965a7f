#pragma once

/// Rates of small areas made steadier. A rate over few people jumps about: the highest and the lowest rates
/// of any map are where hardly anybody lives. Empirical Bayes draws each rate towards what is usual, the more
/// so the fewer people stand behind it.
///
/// *Global* (Marshall, Applied Statistics 40, 1991): m = sum of counts / sum of exposures; s2 = mean of
/// (rate - m)^2 weighted by exposure; a = max(0, s2 - m / mean exposure), the variance between areas beyond
/// chance; the rate becomes m + (rate - m) a / (a + m / exposure). *Local*: the same with m and a from each
/// area and its neighbours. (PySAL's global smoother does not cut a at 0, so that where there is less
/// variation than chance alone would make, it overshoots; its local one does. Elsewhere both agree with
/// ours.)
///
/// *Standardised* (Assuncao and Reis, Statistics in Medicine 18, 1999): z = (rate - m) / sqrt(v), v = s2 - m
/// / mean exposure + m / exposure, or m / exposure where that is not above 0: rates of equal variance, for
/// Moran's I and other statistics that take it for granted.
///
/// Areas without exposure are undefined, and left out of every mean. Sums are in ascending order of content:
/// the order of rows changes no bit. O(n log n); local: O(entries log entries).

#include <span>
#include <vector>

#include "waywarden/hotspots/rates.h"

namespace waywarden {

/// `rate` per unit of exposure. The state is `no_exposure` where there is none. Throws as `raw_rates`.
Rates global_empirical_bayes(std::span<const double> counts, const RateExposure& exposure);

/// Each area counts among its neighbours; weights only say who is one, as Marshall has it. Throws
/// `InputError` where the weights do not fit.
Rates local_empirical_bayes(std::span<const double> counts, const RateExposure& exposure,
                            const Weights& weights);

/// `rate` holds z. `no_expectation` where there are no incidents at all.
Rates empirical_bayes_standardised(std::span<const double> counts, const RateExposure& exposure);

}  // namespace waywarden
