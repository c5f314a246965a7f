#include "waywarden/network/snapping.h"

#include <algorithm>
#include <tuple>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/index/geographic_index.h"

namespace waywarden {
namespace {

struct Pair {
  double distance_m;
  std::size_t a;
  std::size_t b;
  friend auto operator<=>(const Pair&, const Pair&) = default;
};

std::vector<Pair> close_pairs(const std::vector<Point>& distinct, Metres tolerance) {
  const GeographicPointIndex index(distinct);
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < distinct.size(); ++a) {
    for (const auto& hit : index.within(distinct[a], tolerance)) {
      if (hit.index > a) pairs.push_back({hit.distance_m, a, hit.index});
    }
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

/// Clusters as lists of members, with each point's cluster.
class Clusters {
 public:
  explicit Clusters(const std::vector<Point>& points)
      : points_(points), of_(points.size()), members_(points.size()) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      of_[i] = i;
      members_[i] = {i};
    }
  }

  void merge_if_within(const Pair& pair, Metres tolerance) {
    const std::size_t a = of_[pair.a], b = of_[pair.b];
    if (a == b || !all_within(members_[a], members_[b], tolerance)) return;
    for (const std::size_t i : members_[b]) of_[i] = a;
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
  }

  const std::vector<std::vector<std::size_t>>& members() const { return members_; }

 private:
  bool all_within(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b,
                  Metres tolerance) const {
    return std::all_of(a.begin(), a.end(), [&](std::size_t i) {
      return std::all_of(b.begin(), b.end(), [&](std::size_t j) {
        return geodesic_distance(points_[i], points_[j]) <= tolerance;
      });
    });
  }

  const std::vector<Point>& points_;
  std::vector<std::size_t> of_;
  std::vector<std::vector<std::size_t>> members_;
};

}  // namespace

std::map<Point, Point> snap_targets(const std::vector<Point>& points, Metres tolerance) {
  std::map<Point, std::size_t> occurrences;
  for (const Point p : points) ++occurrences[p];
  std::vector<Point> distinct;
  for (const auto& [p, count] : occurrences) distinct.push_back(p);

  Clusters clusters(distinct);
  for (const Pair& pair : close_pairs(distinct, tolerance)) clusters.merge_if_within(pair, tolerance);

  std::map<Point, Point> targets;
  for (const auto& members : clusters.members()) {
    if (members.size() < 2) continue;
    const std::size_t stays =
        *std::min_element(members.begin(), members.end(), [&](std::size_t i, std::size_t j) {
          return std::tuple(-static_cast<double>(occurrences[distinct[i]]), distinct[i]) <
                 std::tuple(-static_cast<double>(occurrences[distinct[j]]), distinct[j]);
        });
    for (const std::size_t i : members) {
      if (i != stays) targets[distinct[i]] = distinct[stays];
    }
  }
  return targets;
}

}  // namespace waywarden
