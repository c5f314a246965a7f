#pragma once

/// Hot spots of counts that were published as ranges ("<5", "5 to 9"): which classes of Gi* are possible, and
/// which are sure. Every count may be anything between its ends, each on its own; bounds hold for all of them
/// at once.
///
/// *p.* With cell i kept, the tail P(sum of k others >= sum of its neighbours) compares the neighbours with
/// every other choice of k cells. In each comparison the cells they share cancel, so the tail falls when a
/// neighbour's count rises and rises with any other's: it is greatest with the neighbours at their low ends
/// and all others at their high ones, least the other way round. Both are exact distributions
/// (`sample_sums.h`), so each tail's range is met exactly. p (twice the smaller tail) has the exact lower
/// end, and an upper end that is at most reached. Adjusted p never falls when any p rises, so its range
/// follows.
///
/// *z.* Numerator: linear in the counts, so its ends are exact. Deviation: its least value is exact, its
/// greatest is bounded by distances from one centre. z within the quotient of these, and never beyond
/// sqrt(n - 1); wider than need be, because one set of counts need not reach both.
///
/// *Class.* From cold_99 over not_significant to hot_99 classes have an order; every class that the counts
/// may lead to lies from `coldest` to `hottest`. Where the two are the same, the class is sure.
///
/// Cost: two tables of `sample_sums.h` per cell, O(cells x distinct values x neighbours^2 x sums). The same
/// bits for any order of rows and any number of threads.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/hotspots/getis_ord.h"

namespace waywarden {

/// Counts are whole numbers, low[i] <= high[i].
struct CountRanges {
  std::vector<std::int64_t> low;
  std::vector<std::int64_t> high;
};

/// One row per cell.
struct CensoredGetisOrd {
  /// `constant` where no counts in the ranges vary; where only some do not, bounds are of those that do.
  std::vector<LocalState> state;
  std::vector<std::optional<double>> z_low, z_high;
  std::vector<std::optional<double>> p_low, p_high;
  std::vector<std::optional<double>> q_low, q_high;
  std::vector<HotspotClass> coldest, hottest;
  Adjustment adjustment = Adjustment::benjamini_hochberg;

  /// Cells whose class is the same for all counts in the ranges, and not `undefined`.
  std::size_t sure() const;
};

/// Of Gi* by exact probabilities. Weights are equal within each row (but for the cell itself); a cell counts
/// among its own neighbours, as in `getis_ord`. Throws `InputError`, naming the cell, for a range that ends
/// before it begins, is below 0 or beyond 1e9, for weights that do not fit, and for sums too large for
/// tables; `OptionError` for weights that differ within a row.
CensoredGetisOrd censored_getis_ord(const CountRanges& counts, const Weights& weights,
                                    Adjustment adjustment = Adjustment::benjamini_hochberg,
                                    const Execution& execution = {});

}  // namespace waywarden
