#pragma once

/// How wide a kernel should be, from the points alone. All answers are standard deviations along an axis, as
/// of a Gaussian kernel: `bandwidth_of_deviation` makes them the bandwidth of another.
///
///   Scott       deviation of the coordinates x n^(-1/6), per axis (Scott 1992)
///   Silverman   the same with the smaller of the deviation and the interquartile range / 1.349
///               (Silverman 1986): less moved by what lies far out
///   diggle      least mean square error for a Cox process, from K (Diggle 1985; Berman and Diggle 1989):
///               M(h) = (1 / lambda - 2 K(h)) / (pi h^2) + (integral of A(h, s) dK(s)) / (pi h^2)^2, where
///               A(h, s) is the area shared by two discs of radius h, s apart; h / 2 is the deviation of the
///               disc. K is Ripley's, isotropic, at `steps` radii up to `rule_of_thumb_radius`. Narrow: good
///               for finding places
///   likelihood  largest sum of log densities at the points, each estimated from the others (Loader 1999),
///               Gaussian, corrected at the edge. Wide: good for trends
///
/// `scott_deviations`, `diggle_deviation` and `likelihood_deviation` answer as spatstat's bw.scott, bw.diggle
/// and bw.ppl do. Weights play no part.
///
/// Time: that of K for `diggle`; pairs of points x candidates for `likelihood`, and pairs of points for
/// `adaptive_deviations`, as far as 38.6 deviations.

#include <cmath>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/density/planar_density.h"

namespace waywarden {

struct AxisDeviations {
  double x = 0.0;
  double y = 0.0;

  /// One for both, of the same area.
  double both() const { return std::sqrt(x * y); }
};

/// Throw `InputError` where points are too few, or all on one line along an axis.
AxisDeviations scott_deviations(std::span<const Point> points);
AxisDeviations silverman_deviations(std::span<const Point> points);

/// What was tried, what it was worth, and the best of it.
struct BandwidthChoice {
  double deviation = 0.0;
  std::vector<double> candidates;
  /// Mean square error (less is better), or log-likelihood (more is better; minus infinity where a point is
  /// out of reach of all others).
  std::vector<double> criterion;
};

struct DiggleOptions {
  std::size_t steps = 512;
};

struct LikelihoodOptions {
  /// By default `steps` in geometric progression from the smallest distance between two points in different
  /// places to half the window's diameter.
  std::vector<double> candidates;
  std::size_t steps = 16;
};

/// Throw `InputError` for fewer than two points, `OptionError` for candidates that are not above 0.
BandwidthChoice diggle_deviation(std::span<const Point> points, const PlanarWindow& window,
                                 const DiggleOptions& options = {}, const Execution& execution = {});
BandwidthChoice likelihood_deviation(std::span<const Point> points, const PlanarWindow& window,
                                     const LikelihoodOptions& options = {}, const Execution& execution = {});

struct AdaptiveOptions {
  /// Standard deviation of the pilot, a Gaussian corrected at the edge; and of a kernel at a point where the
  /// pilot has its geometric mean.
  double pilot = 0.0;
  double deviation = 0.0;
  /// No kernel is wider than this many times `deviation`.
  double widest = 5.0;
};

/// Per point: deviation x (pilot density at the point / its geometric mean)^(-1/2) (Abramson 1982).
std::vector<double> adaptive_deviations(const WeightedPoints& events, const PlanarWindow& window,
                                        const AdaptiveOptions& options, const Execution& execution = {});

}  // namespace waywarden
