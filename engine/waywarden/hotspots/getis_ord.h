#pragma once

/// Local statistics of Getis and Ord: where values are high (hot spots) or low (cold spots) together.
///
/// z is the standardised sum of the neighbours' values, Gi* with and Gi without the cell itself (Getis and
/// Ord 1992; Ord and Getis 1995, with the deviation over n, or over the n - 1 others for Gi). With binary
/// weights it is `Zs` of PySAL's `G_Local(transform="B")`. (For row-standardised weights it differs from
/// PySAL's, which is not invariant to scaling a row.) p is that of the conditional permutation test,
/// two-sided unless asked otherwise (`conditional_test.h`); it judges the neighbours given the cell, so it is
/// the same for Gi and Gi*. q is p adjusted for the number of defined tests.
///
/// A cell is hot at 99, 95 or 90 % where q <= .01, .05, .10, its neighbours are high (the upper tail is the
/// smaller) *and* z > 0; cold likewise. Where the two disagree (one high cell among low ones), it is not
/// significant.
///
/// Never NaN: what is undefined is a named state. The same values on the same neighbours give the same bits
/// in any order of rows and on any number of threads. Values should be counts or sums; Gi* on rates compares
/// unequal variances.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/hotspots/local_test.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {

enum class LocalStatistic : std::uint8_t {
  gi_star,  ///< the cell counts among its neighbours
  gi,       ///< it does not
};

enum class HotspotClass : std::uint8_t {
  hot_99,
  hot_95,
  hot_90,
  not_significant,
  cold_90,
  cold_95,
  cold_99,
  undefined
};

/// "hot_99", "not_significant", ...: the text of columns and styles.
std::string name(HotspotClass hotspot);

struct GetisOrdOptions {
  LocalStatistic statistic = LocalStatistic::gi_star;
  /// As in `LocalTestOptions`.
  ProbabilityMethod method = ProbabilityMethod::automatic;
  PermutationOptions permutations = {};
  Adjustment adjustment = Adjustment::benjamini_hochberg;
  Alternative alternative = Alternative::two_sided;
};

/// One row per cell.
struct GetisOrdResult {
  std::vector<LocalState> state;
  std::vector<std::optional<double>> z;
  std::vector<std::optional<double>> p;
  /// Monte Carlo error of p; 0 where exact.
  std::vector<std::optional<double>> p_error;
  std::vector<std::optional<double>> q;
  std::vector<HotspotClass> hotspot;
  /// Neighbours other than the cell itself.
  std::vector<std::uint32_t> neighbours;
  /// How p was found, for all cells: `exact` or `permutations`.
  ProbabilityMethod method = ProbabilityMethod::exact;
  Adjustment adjustment = Adjustment::benjamini_hochberg;

  /// "p_exact" or, by permutations, PySAL's "p_sim".
  std::string p_name() const;
  std::size_t count(LocalState which) const;
  std::size_t count(HotspotClass which) const;
};

/// Self-weights in `weights` are used by Gi* where present (1, or the largest of the row, where not) and left
/// out by Gi. Throws `InputError` for a value that is not finite, or weights that do not fit.
GetisOrdResult getis_ord(std::span<const double> values, const Weights& weights,
                         const GetisOrdOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
