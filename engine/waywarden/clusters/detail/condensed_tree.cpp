#include "waywarden/clusters/detail/condensed_tree.h"

#include <algorithm>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/clusters/detail/disjoint_sets.h"
#include "waywarden/clusters/detail/labelling.h"

namespace waywarden::detail {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

/// What falls apart at one radius.
struct Merge {
  double length = 0.0;
  std::size_t size = 1;
  /// Numbers of merges, in the order of their smallest sites; a site is the merge of its own number.
  std::vector<std::uint32_t> parts;
};

/// Sites first, the whole last.
class Merges {
 public:
  Merges(std::size_t sites, std::span<const TreeEdge> edges) : all_(sites), sets_(sites), merge_of_(sites) {
    for (std::size_t site = 0; site < sites; ++site) merge_of_[site] = static_cast<std::uint32_t>(site);
    for (std::size_t i = 0; i < edges.size();) {
      std::size_t end = i;
      while (end < edges.size() && edges[end].length == edges[i].length) ++end;
      // Endless edges join nothing: what is left apart is joined below.
      if (edges[i].length < kFar) join(edges.subspan(i, end - i));
      i = end;
    }
    join_rest();
  }

  const std::vector<Merge>& all() const { return all_; }

 private:
  /// Edges of one length, together.
  void join(std::span<const TreeEdge> edges) {
    std::vector<std::uint32_t> roots;
    for (const TreeEdge& edge : edges) {
      roots.push_back(sets_.find(edge.a));
      roots.push_back(sets_.find(edge.b));
    }
    std::sort(roots.begin(), roots.end());
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    for (const TreeEdge& edge : edges) sets_.join(edge.a, edge.b);
    add(roots, edges[0].length);
  }

  void join_rest() {
    std::vector<std::uint32_t> roots;
    for (std::size_t site = 0; site < merge_of_.size(); ++site) {
      if (sets_.find(site) == site) roots.push_back(static_cast<std::uint32_t>(site));
    }
    if (roots.size() < 2) return;
    for (const std::uint32_t root : roots) sets_.join(roots[0], root);
    add(roots, kFar);
  }

  /// One merge for each set that some of the former sets are now in. A set's name, its smallest member, is
  /// met first.
  void add(const std::vector<std::uint32_t>& former, double length) {
    for (const std::uint32_t root : former) {
      const std::uint32_t now = sets_.find(root);
      if (now == root) {
        all_.push_back({length, 0, {}});
        add_part(all_.back(), merge_of_[root]);
        merge_of_[root] = static_cast<std::uint32_t>(all_.size() - 1);
      } else {
        add_part(all_[merge_of_[now]], merge_of_[root]);
      }
    }
  }

  void add_part(Merge& merge, std::uint32_t part) {
    merge.parts.push_back(part);
    merge.size += all_[part].size;
  }

  std::vector<Merge> all_;
  DisjointSets sets_;
  /// Of a set, by its name.
  std::vector<std::uint32_t> merge_of_;
};

/// Lambda of a radius; one of 0 counts as half the smallest positive one.
class Lambda {
 public:
  explicit Lambda(std::span<const TreeEdge> edges) {
    const auto positive =
        std::find_if(edges.begin(), edges.end(), [](const TreeEdge& e) { return e.length > 0.0; });
    if (positive != edges.end() && positive->length < kFar) smallest_ = positive->length / 2.0;
  }
  double of(double length) const { return length == kFar ? 0.0 : 1.0 / std::max(length, smallest_); }

 private:
  double smallest_ = 1.0;
};

class Condensing {
 public:
  Condensing(const std::vector<Merge>& merges, Lambda lambda, std::size_t sites, std::size_t least_cluster)
      : merges_(merges), lambda_(lambda), least_cluster_(least_cluster) {
    tree_.clusters.push_back({});
    tree_.last_cluster.assign(sites, 0);
    tree_.lambda.assign(sites, 0.0);
  }

  CondensedTree run() {
    if (merges_.size() == tree_.lambda.size()) return std::move(tree_);
    open_.push_back({static_cast<std::uint32_t>(merges_.size() - 1), 0});
    while (!open_.empty()) {
      const Open next = open_.back();
      open_.pop_back();
      fall_apart(next.merge, next.cluster);
    }
    return std::move(tree_);
  }

 private:
  struct Open {
    std::uint32_t merge;
    std::uint32_t cluster;
  };

  void fall_apart(std::uint32_t at, std::uint32_t cluster) {
    const Merge& merge = merges_[at];
    const double lambda = lambda_.of(merge.length);
    tree_.clusters[cluster].death = std::max(tree_.clusters[cluster].death, lambda);
    const auto large = std::count_if(merge.parts.begin(), merge.parts.end(), [&](std::uint32_t part) {
      return merges_[part].size >= least_cluster_;
    });
    for (const std::uint32_t part : merge.parts) {
      if (merges_[part].size < least_cluster_) {
        leave(part, cluster, lambda);
      } else {
        open_.push_back({part, large == 1 ? cluster : appear(part, cluster, lambda)});
      }
    }
  }

  std::uint32_t appear(std::uint32_t part, std::uint32_t parent, double lambda) {
    const auto number = static_cast<std::uint32_t>(tree_.clusters.size());
    CondensedTree::Cluster& from = tree_.clusters[parent];
    from.children.push_back(number);
    from.stability += (lambda - from.birth) * static_cast<double>(merges_[part].size);
    tree_.clusters.push_back({parent, lambda, 0.0, 0.0, {}});
    return number;
  }

  void leave(std::uint32_t part, std::uint32_t cluster, double lambda) {
    std::vector<std::uint32_t> left = {part};
    while (!left.empty()) {
      const std::uint32_t at = left.back();
      left.pop_back();
      left.insert(left.end(), merges_[at].parts.begin(), merges_[at].parts.end());
      if (!merges_[at].parts.empty()) continue;
      tree_.last_cluster[at] = cluster;
      tree_.lambda[at] = lambda;
      tree_.clusters[cluster].stability += lambda - tree_.clusters[cluster].birth;
    }
  }

  const std::vector<Merge>& merges_;
  Lambda lambda_;
  std::size_t least_cluster_;
  CondensedTree tree_;
  std::vector<Open> open_;
};

/// For each cluster, whether it is the best of its branch so far; the caller takes the topmost of these.
std::vector<std::uint8_t> candidates(const CondensedTree& tree, ClusterSelection selection) {
  std::vector<std::uint8_t> candidate(tree.clusters.size(), 0);
  std::vector<double> mass(tree.clusters.size(), 0.0);
  for (std::size_t c = tree.clusters.size(); c-- > 1;) {
    const CondensedTree::Cluster& cluster = tree.clusters[c];
    double within = 0.0;
    for (const std::uint32_t child : cluster.children) within += mass[child];
    const bool leaf = cluster.children.empty();
    const bool better = selection == ClusterSelection::leaves ? leaf : leaf || cluster.stability >= within;
    candidate[c] = better ? 1 : 0;
    mass[c] = better ? cluster.stability : within;
  }
  return candidate;
}

/// For each cluster, the selected one it lies in, or `kNoCluster`.
std::vector<std::uint32_t> selected_above(const CondensedTree& tree, ClusterSelection selection) {
  const auto candidate = candidates(tree, selection);
  std::vector<std::uint32_t> above(tree.clusters.size(), kNoCluster);
  for (std::size_t c = 1; c < tree.clusters.size(); ++c) {
    above[c] = above[tree.clusters[c].parent];
    if (above[c] == kNoCluster && candidate[c] != 0) above[c] = static_cast<std::uint32_t>(c);
  }
  return above;
}

/// The largest lambda at which a point leaves each cluster or one within it.
std::vector<double> last_deaths(const CondensedTree& tree) {
  std::vector<double> last;
  for (const auto& cluster : tree.clusters) last.push_back(cluster.death);
  for (std::size_t c = last.size(); c-- > 1;) {
    double& parent = last[tree.clusters[c].parent];
    parent = std::max(parent, last[c]);
  }
  return last;
}

}  // namespace

void require_usable(const HdbscanOptions& options) {
  if (options.least_cluster < 2) throw OptionError("a cluster has at least two points");
}

CondensedTree condensed_tree(std::size_t sites, std::span<const TreeEdge> edges, std::size_t least_cluster) {
  const Merges merges(sites, edges);
  return Condensing(merges.all(), Lambda(edges), sites, least_cluster).run();
}

HdbscanResult selected(const CondensedTree& tree, ClusterSelection selection,
                       std::span<const std::uint32_t> order) {
  const auto above = selected_above(tree, selection);
  const auto last = last_deaths(tree);
  std::vector<std::uint32_t> group;
  for (const std::uint32_t cluster : tree.last_cluster) group.push_back(above[cluster]);
  HdbscanResult result;
  result.labels = labels(group, order);
  result.stability.resize(result.labels.sizes.size());
  result.probability.assign(order.size(), 0.0);
  result.outlier.assign(order.size(), 0.0);
  for (std::size_t site = 0; site < order.size(); ++site) {
    const double lambda = tree.lambda[site], largest = last[tree.last_cluster[site]];
    if (largest > 0.0) result.outlier[order[site]] = (largest - lambda) / largest;
    if (group[site] == kNoCluster) continue;
    const auto& cluster = tree.clusters[group[site]];
    result.probability[order[site]] = std::min(lambda, cluster.death) / cluster.death;
    result.stability[result.labels.cluster[order[site]].value()] = cluster.stability;
  }
  return result;
}

}  // namespace waywarden::detail
