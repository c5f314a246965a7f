#pragma once

/// How many neighbours points have within r, against points thrown independently: Ripley's K (Journal of
/// Applied Probability 13, 1976), its square-root form L, the pair correlation g (Stoyan and Stoyan 1994),
/// and the cross-K of two kinds of points.
///
///   K(r) = |W| / (n (n - 1)) sum over ordered pairs with d <= r of their edge weight
///
/// (n_from n_to instead of n (n - 1) for two kinds). Edge weights make up for the neighbours that lie outside
/// the window and were not seen; at most `largest_weight`:
///
///   none         1: too low, near the edge
///   isotropic    1 / the share inside of the circle around the first point through the second (Ripley)
///   translation  |W| / |W and W moved by the pair's difference| (Ohser and Stoyan)
///   border       1, but only for first points at least r from the edge; then the mean over those
///
/// Undefined is K by `border` where no point is that far in, and everything with fewer than two points (or
/// none of one kind). Points are counted as often as they are there. Pairs exactly r apart count for r,
/// unless asked otherwise: data on whole coordinates have many of them.
///
/// Sums run over points in the order of their content: the same bits for any order of rows and number of
/// threads. Time: pairs within the largest radius x (sides of the window for `isotropic`, where the edge is
/// nearer than the pair is far; its trapezoids for `translation`).

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/point_patterns/planar_window.h"

namespace waywarden {

enum class EdgeCorrection : std::uint8_t { none, border, isotropic, translation };

/// "none", "border", "isotropic", "translation".
std::string name(EdgeCorrection correction);

/// What becomes of pairs exactly as far apart as a radius.
enum class PairsAtRadius : std::uint8_t {
  counted,  ///< they are within it, as K is defined
  binned,   ///< they count from the next radius on, and at the last one: spatstat's bins, to compare with it
};

/// "counted", "binned".
std::string name(PairsAtRadius pairs);

struct PlanarKOptions {
  /// Ascending, not negative, at most half the diagonal of the window's bounds.
  std::vector<double> radii;
  EdgeCorrection correction = EdgeCorrection::isotropic;
  double largest_weight = 100.0;
  PairsAtRadius pairs_at_radius = PairsAtRadius::counted;
};

/// Throw `InputError` for a point outside the window, `OptionError` for bad options.
std::vector<std::optional<double>> planar_k(std::span<const Point> points, const PlanarWindow& window,
                                            const PlanarKOptions& options, const Execution& execution = {});
/// Points of the second kind around those of the first.
std::vector<std::optional<double>> planar_cross_k(std::span<const Point> from, std::span<const Point> to,
                                                  const PlanarWindow& window, const PlanarKOptions& options,
                                                  const Execution& execution = {});

/// sqrt(K / pi): r itself for points thrown independently.
std::vector<std::optional<double>> l_of_k(std::span<const std::optional<double>> k);

struct PairCorrelationOptions {
  /// Ascending, above 0, at most half the diagonal of the window's bounds.
  std::vector<double> radii;
  /// Not `border`.
  EdgeCorrection correction = EdgeCorrection::isotropic;
  /// Half-width of the Epanechnikov kernel; by default Stoyan's 0.15 / sqrt(n / |W|).
  std::optional<double> half_width = std::nullopt;
  double largest_weight = 100.0;
};

/// g(r) = |W| / (2 pi r n (n - 1)) sum over ordered pairs of kernel(r - d) x edge weight: 1 for points thrown
/// independently. Near r = 0 estimates are too low by the part of the kernel below 0.
std::vector<std::optional<double>> pair_correlation(std::span<const Point> points, const PlanarWindow& window,
                                                    const PairCorrelationOptions& options,
                                                    const Execution& execution = {});

/// Up to where K is worth asking for: a quarter of the window's shorter side, or the distance that holds
/// 1,000 points at the mean density, if that is less (as spatstat's rule).
double rule_of_thumb_radius(const PlanarWindow& window, std::size_t points);

}  // namespace waywarden
