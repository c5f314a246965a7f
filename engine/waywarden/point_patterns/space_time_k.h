#pragma once

/// Do events cluster in space and time together, beyond what each does alone? Space-time K (Diggle,
/// Chetwynd, Häggkvist and Morris, Statistical Methods in Medical Research 4, 1995):
///
///   K(s, t) = |W| T / (n (n - 1)) sum over ordered pairs with d <= s and |dt| <= t of w v
///
/// with the planar edge weight w (planar_k.h) and v = 1 where both moments dt before and after the first
/// event lie in the period of length T, otherwise 2. Without interaction K(s, t) = K(s) K(t); the excess D =
/// K(s, t)
/// - K(s) K(t) and the ratio D / (K(s) K(t)) show at which scales there is some.
///
/// The test deals the times anew over the places: the sum over all s and t of D over its standard deviation
/// (over all surfaces, the observed one included), upper side; p counts ties and the observed surface.
/// p_global is that of the extreme rank test over all of the surface.
///
/// Time: as K, then per permutation pairs within the largest distance; memory permutations x cells.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/point_patterns/planar_k.h"

namespace waywarden {

struct SpaceTimeKOptions {
  /// Ascending, not negative.
  std::vector<double> distances;
  std::vector<double> times;
  /// The period in which events could have been seen.
  double first_time = 0.0;
  double last_time = 0.0;
  /// Not `border`.
  EdgeCorrection correction = EdgeCorrection::isotropic;
  double largest_weight = 100.0;
  std::size_t permutations = 999;
  std::uint64_t seed = 0;
};

/// Surfaces by distance, then time.
struct SpaceTimeK {
  std::vector<double> k{};
  std::vector<double> k_space{};
  std::vector<double> k_time{};
  std::vector<double> excess{};
  /// Undefined where K(s) K(t) is 0.
  std::vector<std::optional<double>> ratio{};
  double statistic = 0.0;
  double p = 1.0;
  double p_global = 1.0;
};

/// Throws `InputError` for points outside the window or the period, or fewer than two; `OptionError` for bad
/// options.
SpaceTimeK space_time_k(std::span<const Point> points, std::span<const double> times,
                        const PlanarWindow& window, const SpaceTimeKOptions& options,
                        const Execution& execution = {});

}  // namespace waywarden
