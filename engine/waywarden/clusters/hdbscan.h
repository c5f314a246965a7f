#pragma once

/// Clusters of any density, and how much of an outlier each point is: HDBSCAN* (Campello, Moulavi and Sander,
/// PAKDD 2013; with GLOSH: Campello, Moulavi, Zimek and Sander, ACM TKDD 10, 2015).
///
/// The core distance of a point is how far its `least`-th nearest is, itself counted; the mutual reachability
/// of two points is the largest of their core distances and the distance between them. Its minimum spanning
/// tree holds the clusters of DBSCAN* for every radius at once. Read from the largest radius down (in lambda
/// = 1 / radius upwards), a cluster loses points, or splits where at least two parts of `least_cluster`
/// points or more are left; smaller parts are points that leave it. The stability of a cluster sums, over its
/// points, the lambda at which each leaves (or the cluster splits) less that at which the cluster appeared.
///
/// *Excess of mass* selects the clusters, none within another, whose stabilities sum to the most (a parent
/// where it ties with its children); *leaves* selects those that never split. The whole is never a cluster. A
/// point's probability is the lambda at which it leaves its cluster over the largest at which one does, at
/// most 1; its outlier score is 1 - (lambda at which it leaves the smallest cluster that ever held it) /
/// (the largest lambda at which a point leaves that cluster or one within it).
///
/// Ties: edges of equal length are removed together, as the paper says, so that the clusters follow from the
/// distances alone. (scikit-learn and hdbscan remove them one by one in an order of their own; mutual
/// reachabilities often tie, and a point that links two clusters at exactly its core distance is then given
/// to either, where here it leaves when they part. Such points and, rarely, whether a cluster that needs one
/// of them is large enough, are the difference.) Distances of 0 count as half the smallest positive one.
///
/// The tree is exact: rounds of Boruvka with a kd-tree, parts of it passed over where everything is of one
/// component or provably too far (March, Ram and Gray, KDD 2010). About O(n log^2 n) in few dimensions; the
/// worst case, all points equally far, is quadratic. Geodesic distances are exact and computed only where
/// bounds do not decide. The same points give the same bits in any order and on any number of threads.

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

enum class ClusterSelection : std::uint8_t { excess_of_mass, leaves };
/// "eom", "leaf": as in scikit-learn.
std::string name(ClusterSelection selection);

struct HdbscanOptions {
  /// Points of the smallest cluster, at least 2; scikit-learn's `min_cluster_size`.
  std::size_t least_cluster = 5;
  /// Points that make a place dense, itself counted; scikit-learn's `min_samples`. 0 is `least_cluster`.
  std::size_t least = 0;
  ClusterSelection selection = ClusterSelection::excess_of_mass;
};

struct HdbscanResult {
  ClusterLabels labels;
  /// Per point, 0 for noise.
  std::vector<double> probability;
  /// Per point, in [0, 1]: GLOSH.
  std::vector<double> outlier;
  /// Per cluster; in 1 / unit of distance.
  std::vector<double> stability;
};

/// Throws `OptionError` for `least_cluster` below 2, `InputError` for a point that is not finite or not on
/// the earth. Fewer points than `least` are all noise.
HdbscanResult hdbscan(std::span<const Point> points, PointMetric metric, const HdbscanOptions& options = {},
                      const Execution& execution = {});

}  // namespace waywarden
