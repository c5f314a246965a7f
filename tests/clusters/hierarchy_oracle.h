#pragma once

/// HDBSCAN* by its definition, radius by radius, without a spanning tree.

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace waywarden::testing {

using Matrix = std::vector<std::vector<double>>;

/// Largest of both core distances and the distance; each point is its own nearest.
inline Matrix mutual_reachability(const Matrix& distance, std::size_t least) {
  const std::size_t n = distance.size();
  std::vector<double> core;
  for (const auto& row : distance) {
    auto sorted = row;
    std::sort(sorted.begin(), sorted.end());
    core.push_back(sorted[least - 1]);
  }
  Matrix reach(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) reach[i][j] = std::max({core[i], core[j], distance[i][j]});
  }
  return reach;
}

struct HierarchyOracle {
  struct Cluster {
    int parent = -1;
    double birth = 0.0, stability = 0.0, death = 0.0, last_death = 0.0;
    std::vector<int> children;
  };

  const Matrix& reach;
  std::size_t least_cluster;
  double smallest = 1.0;
  std::vector<double> levels;
  std::vector<Cluster> clusters;
  std::vector<int> last_cluster;
  std::vector<double> lambda;

  HierarchyOracle(const Matrix& reachability, std::size_t least) : reach(reachability), least_cluster(least) {
    std::set<double> distinct;
    for (std::size_t i = 0; i < reach.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) distinct.insert(reach[i][j]);
    }
    levels.assign(distinct.rbegin(), distinct.rend());
    last_cluster.assign(reach.size(), 0);
    lambda.assign(reach.size(), 0.0);
    // The smallest edge of a spanning tree is the smallest of all.
    for (const double level : levels) {
      if (level > 0.0) smallest = level / 2.0;
    }
    clusters.push_back({});
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < reach.size(); ++i) all.push_back(i);
    if (!all.empty()) follow(all, 0, 0);
    for (std::size_t c = clusters.size(); c-- > 0;) {
      clusters[c].last_death = std::max(clusters[c].last_death, clusters[c].death);
      if (c == 0) break;
      auto& parent = clusters[static_cast<std::size_t>(clusters[c].parent)].last_death;
      parent = std::max(parent, clusters[c].last_death);
    }
  }

  std::vector<std::vector<std::size_t>> parts(std::vector<std::size_t> points, double below) const {
    std::vector<std::vector<std::size_t>> found;
    while (!points.empty()) {
      std::vector<std::size_t> part = {points.back()};
      points.pop_back();
      for (std::size_t i = 0; i < part.size(); ++i) {
        for (std::size_t k = points.size(); k-- > 0;) {
          if (reach[part[i]][points[k]] >= below) continue;
          part.push_back(points[k]);
          points.erase(points.begin() + static_cast<std::ptrdiff_t>(k));
        }
      }
      std::sort(part.begin(), part.end());
      found.push_back(part);
    }
    return found;
  }

  void leave(const std::vector<std::size_t>& points, std::size_t cluster, double at) {
    for (const std::size_t p : points) {
      last_cluster[p] = static_cast<int>(cluster);
      lambda[p] = at;
      clusters[cluster].stability += at - clusters[cluster].birth;
    }
  }

  void follow(std::vector<std::size_t> points, std::size_t cluster, std::size_t level) {
    for (; level < levels.size(); ++level) {
      const auto found = parts(points, levels[level]);
      if (found.size() == 1) continue;
      const double at = 1.0 / std::max(levels[level], smallest);
      clusters[cluster].death = std::max(clusters[cluster].death, at);
      std::vector<std::vector<std::size_t>> large;
      for (const auto& part : found) {
        if (part.size() >= least_cluster)
          large.push_back(part);
        else
          leave(part, cluster, at);
      }
      if (large.empty()) return;
      if (large.size() == 1) {
        points = large[0];
        continue;
      }
      for (const auto& part : large) {
        clusters[cluster].stability += (at - clusters[cluster].birth) * static_cast<double>(part.size());
        const std::size_t child = clusters.size();
        clusters[cluster].children.push_back(static_cast<int>(child));
        clusters.push_back({static_cast<int>(cluster), at, 0.0, 0.0, 0.0, {}});
        follow(part, child, level + 1);
      }
      return;
    }
  }

  /// The clusters of a branch that add up to most, and to how much.
  std::pair<double, std::vector<int>> best(int cluster, bool leaves) const {
    const Cluster& c = clusters[static_cast<std::size_t>(cluster)];
    double within = 0.0;
    std::vector<int> chosen;
    for (const int child : c.children) {
      const auto [mass, some] = best(child, leaves);
      within += mass;
      chosen.insert(chosen.end(), some.begin(), some.end());
    }
    if (cluster != 0 && (c.children.empty() || (!leaves && c.stability >= within * (1 - 1e-12))))
      return {c.stability, {cluster}};
    return {within, chosen};
  }

  /// Per point the selected cluster it lies in, or -1.
  std::vector<int> chosen(bool leaves) const {
    const auto selected = best(0, leaves).second;
    std::vector<int> result;
    for (int at : last_cluster) {
      while (at > 0 && std::count(selected.begin(), selected.end(), at) == 0)
        at = clusters[static_cast<std::size_t>(at)].parent;
      result.push_back(at > 0 ? at : -1);
    }
    return result;
  }
};

}  // namespace waywarden::testing
