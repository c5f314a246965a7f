#pragma once

/// What a placement may use: so many teams, a budget, so many stops of lawful travellers. A limit is a row
/// sum(use[site] over the placement) <= capacity; a placement keeps all limits. The first one is never free:
/// every site uses some of it.
///
/// `largest_sum` bounds what sites that are worth so much each can be worth together within the limits: the
/// linear relaxation, in which the last site may be taken in part (Dantzig 1957). It is exact for teams
/// alone. Of several limits all but the first are priced (Lagrange); every price gives a valid bound, and the
/// prices found are best up to 1e-3 of their range.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden {

struct Limit {
  /// Per site, >= 0; of the first limit > 0.
  std::vector<double> use;
  double capacity = 0.0;
};
using Limits = std::vector<Limit>;

Limit team_limit(const Sites& sites, std::size_t teams);
/// By `Sites::cost`.
Limit budget_limit(const Sites& sites, double budget);

/// Throws `OptionError` where there is no limit, one has another number of sites, a use or capacity is not
/// finite and >= 0, or a use of the first is 0, and where the required sites do not keep all limits.
void check_limits(const Limits& limits, const Sites& sites);

/// What a placement uses of each limit.
std::vector<double> used_by(const Limits& limits, std::span<const SiteId> placement);
/// Whether a site can be added to a placement that uses `used`, with 1e-12 of the capacity to spare for
/// rounding.
bool fits(const Limits& limits, std::span<const double> used, SiteId site);
/// Whether a placement keeps all of them, with as much to spare.
bool keeps(const Limits& limits, std::span<const SiteId> placement);
/// The limits of some sites alone, in their order, as far as they are not used.
Limits limits_left(const Limits& limits, std::span<const double> used, std::span<const SiteId> sites);
/// What a site uses of the scarcest limit, in units of the first: what its gain is compared by.
double scarcest_use(const Limits& limits, SiteId site);

/// Candidates that are not placed yet and can be added, ascending.
std::vector<SiteId> fitting_sites(const Sites& sites, const Limits& limits, std::span<const SiteId> placed);

/// What a greedy choice compares sites by: what each adds, or that per use of the scarcest limit.
enum class Order : std::uint8_t { gain, gain_per_use };
/// Whether both orders are one: every site uses as much as any other, as of teams alone.
bool all_alike(const Limits& limits);

/// The most that a sum of values can be, items being taken in whole or in part.
struct KnapsackBound {
  double sum = 0.0;
  /// What one more unit of capacity would be worth.
  double price = 0.0;
  /// Of each item, in [0, 1].
  std::vector<double> share;
};
/// O(n) on average.
KnapsackBound fractional_knapsack(std::span<const double> values, std::span<const double> use,
                                  double capacity);

/// Values less what they use of all limits but the first at a price, and what the capacities cost: their
/// largest sum within the first limit, plus the constant, is at least that within all.
struct PricedValues {
  double constant = 0.0;
  std::vector<double> values;
};
PricedValues price(std::span<const double> values, const Limits& limits, std::span<const double> prices);
/// Prices that make that bound small, one limit after the other; the first has none.
std::vector<double> best_prices(std::span<const double> values, const Limits& limits);

/// Values per site; sites not among `open` count nothing. `used` is taken already.
double largest_sum(std::span<const double> values, std::span<const SiteId> open, const Limits& limits,
                   std::span<const double> used);

}  // namespace waywarden
