#pragma once

/// Density-based clusters (Ester, Kriegel, Sander and Xu, KDD 1996): a point with at least `least` points
/// within `radius` of it, itself included, is a core point; core points within `radius` of each other are in
/// one cluster; a point that is not core but within `radius` of a core point is on the border of a cluster;
/// all others are noise.
///
/// Core points, their clusters and noise follow from the distances alone. A border point within reach of
/// several clusters goes to that of its nearest core point; of equally near ones, of that which is smaller by
/// x, then y (then time; on a network by edge, then metres along). The original gives it to whichever cluster
/// is found first, as scikit-learn does: that is the one difference.
///
/// `st_dbscan` is the same in space and time (Birant and Kut, Data & Knowledge Engineering 60, 2007): points
/// are within reach where both their distance is at most `radius` and their times are at most `duration`
/// apart; the nearest core point of a border point is the one least far, then least long ago or ahead. Their
/// third rule, which turns away a point whose value differs from the cluster's mean so far by more than
/// delta-epsilon, depends on the order of the points and is left out (an infinite delta-epsilon).
///
/// Points and the plane: cells of a grid narrow enough that all points in one are within reach of each other
/// (Gunawan 2013; Gan and Tao, SIGMOD 2015), so that crowds are not counted pair by pair: about O(n log n);
/// in the worst case, crowds in neighbouring cells just out of reach of each other, the product of their
/// sizes. Geodesic distances are exact (sites lie on WGS 84), and computed only where bounds do not decide.
/// Along streets: network_dbscan.h.
///
/// The same points give the same clusters in any order and on any number of threads.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/clusters/cluster_labels.h"
#include "waywarden/clusters/point_metric.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

enum class DensityRole : std::uint8_t { core, border, noise };
/// "core", "border", "noise".
std::string name(DensityRole role);

struct DbscanOptions {
  /// Above 0; metres, or the unit of planar coordinates.
  double radius = 0.0;
  /// Points that make a place dense, at least 1; scikit-learn's `min_samples`.
  std::size_t least = 5;
};

struct DbscanResult {
  ClusterLabels labels;
  /// Per point.
  std::vector<DensityRole> role;
};

/// Throws `OptionError` for a radius that is not positive or too small for the coordinates (less than 1e-15
/// of their extent), or `least` of 0; `InputError` for a point that is not finite or not on the earth.
DbscanResult dbscan(std::span<const Point> points, PointMetric metric, const DbscanOptions& options,
                    const Execution& execution = {});

struct StDbscanOptions {
  double radius = 0.0;
  /// Not negative; in the unit of the times.
  std::int64_t duration = 0;
  std::size_t least = 5;
};

/// `times` in any whole unit, within 2^61 of 0, one per point (`InputError`).
DbscanResult st_dbscan(std::span<const Point> points, std::span<const std::int64_t> times, PointMetric metric,
                       const StDbscanOptions& options, const Execution& execution = {});

}  // namespace waywarden
