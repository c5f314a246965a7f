#include "waywarden/network/posts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/noding.h"
#include "waywarden/network/snapping.h"

namespace waywarden {
namespace {

std::optional<std::string> text(const FeatureTable& table, const std::string& column, std::size_t row) {
  return column.empty() ? std::nullopt : table.column(column).text(row);
}

std::optional<double> number(const FeatureTable& table, const std::string& column, std::size_t row) {
  return column.empty() ? std::nullopt : table.column(column).number(row);
}

std::optional<Post> read_post(const PostLayer& layer, std::size_t row, ImportReport& report) {
  const FeatureTable& table = layer.table;
  const Where where{table.source, table.name, table.ids[row]};
  Post post;
  post.id = table.ids[row];
  post.name = text(table, layer.name_column, row).value_or("");
  post.country_a = text(table, layer.country_a_column, row).value_or("");
  post.country_b = text(table, layer.country_b_column, row).value_or("");
  if (post.country_b < post.country_a) std::swap(post.country_a, post.country_b);
  if (const auto mode = text(table, layer.mode_column, row)) post.mode = mode_named(*mode);
  post.detection = number(table, layer.detection_column, row);
  if (const auto minutes = number(table, layer.wait_column, row)) post.wait_s = 60.0 * *minutes;
  if (table.geometries[row].type != GeometryType::point) {
    report.add(Outcome::skipped, where, "border post without a point");
    return std::nullopt;
  }
  if (post.detection && (*post.detection < 0.0 || *post.detection > 1.0)) {
    throw InputError(where, "column '" + layer.detection_column + "': probability outside [0, 1]");
  }
  if (post.wait_s && *post.wait_s < 0.0)
    throw InputError(where, "column '" + layer.wait_column + "': negative");
  post.point = canonical(table.geometries[row].points[0]);
  return post;
}

/// Crossings that the border's accuracy cannot tell apart: by mode and pair of countries, then within the
/// accuracy.
std::vector<std::vector<std::size_t>> indistinguishable(const std::vector<CrossingPoint>& crossings) {
  std::map<std::tuple<Mode, std::string, std::string>, std::vector<std::size_t>> by_border;
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    by_border[{crossings[i].mode, crossings[i].country_a, crossings[i].country_b}].push_back(i);
  }
  std::vector<std::vector<std::size_t>> groups;
  for (const auto& [border, members] : by_border) {
    std::vector<Point> points;
    double accuracy = 0.0;
    for (const std::size_t i : members) {
      points.push_back(crossings[i].point);
      accuracy = std::max(accuracy, crossings[i].accuracy_m);
    }
    const auto targets = snap_targets(points, Metres{accuracy});
    std::map<Point, std::vector<std::size_t>> of_target;
    for (const std::size_t i : members) {
      const auto target = targets.find(crossings[i].point);
      of_target[target == targets.end() ? crossings[i].point : target->second].push_back(i);
    }
    for (auto& [point, group] : of_target) groups.push_back(std::move(group));
  }
  return groups;
}

bool serves(const Post& post, const CrossingPoint& crossing) {
  return post.country_a == crossing.country_a && post.country_b == crossing.country_b &&
         (!post.mode || *post.mode == crossing.mode);
}

struct Candidate {
  double distance_m;
  std::size_t post;
  std::size_t group;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

std::vector<Candidate> candidates(const std::vector<CrossingPoint>& crossings, const std::vector<Post>& posts,
                                  const std::vector<std::vector<std::size_t>>& groups, Metres tolerance) {
  std::vector<Candidate> found;
  for (std::size_t p = 0; p < posts.size(); ++p) {
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (!serves(posts[p], crossings[groups[g][0]])) continue;
      double nearest = std::numeric_limits<double>::infinity();
      for (const std::size_t i : groups[g]) {
        nearest = std::min(nearest, geodesic_distance(posts[p].point, crossings[i].point).value);
      }
      if (nearest <= tolerance.value) found.push_back({nearest, p, g});
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<Post> read_posts(const PostLayer& layer, ImportReport& report) {
  std::vector<Post> posts;
  for (std::size_t row = 0; row < layer.table.size(); ++row) {
    if (auto post = read_post(layer, row, report)) posts.push_back(std::move(*post));
  }
  std::sort(posts.begin(), posts.end(), [](const Post& a, const Post& b) { return a.id < b.id; });
  return posts;
}

std::vector<std::optional<PostMatch>> match_posts(const std::vector<CrossingPoint>& crossings,
                                                  const std::vector<Post>& posts, const PostLayer& layer,
                                                  ImportReport& report) {
  const auto groups = indistinguishable(crossings);
  std::vector<std::optional<PostMatch>> matches(crossings.size());
  std::set<std::size_t> used_posts, used_groups;
  for (const Candidate& c : candidates(crossings, posts, groups, layer.tolerance)) {
    if (used_posts.contains(c.post) || used_groups.contains(c.group)) continue;
    used_posts.insert(c.post);
    used_groups.insert(c.group);
    for (const std::size_t i : groups[c.group]) {
      matches[i] = PostMatch{c.post, geodesic_distance(posts[c.post].point, crossings[i].point).value};
    }
  }
  for (std::size_t p = 0; p < posts.size(); ++p) {
    if (used_posts.contains(p)) continue;
    report.add(Outcome::doubtful, {layer.table.source, layer.table.name, posts[p].id},
               "border post without a crossing of the network within the tolerance");
  }
  return matches;
}

}  // namespace waywarden
