#include "waywarden/interdiction/interception.h"

#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Trees are handed to threads in blocks of this many.
constexpr std::size_t kGrain = 64;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("site trees: ") + what);
}

}  // namespace

WatchedTrees::WatchedTrees(std::span<const SiteTree> trees, std::size_t draws,
                           std::span<const double> detection, const Execution& execution)
    : draws_(draws), detection_(detection.begin(), detection.end()), watched_(detection.size(), 0) {
  for (const SiteTree& tree : trees) append(tree);
  index_nodes();
  caught_.resize(trees.size());
  parallel_for(
      trees.size(), execution, [&](std::size_t tree) { recompute(tree); }, kGrain);
}

void WatchedTrees::append(const SiteTree& tree) {
  require(tree.draw < draws_, "unknown draw");
  require(tree.parent.size() == tree.site.size() && tree.injected.size() == tree.site.size(),
          "columns differ in length");
  const std::size_t first = nodes_.size();
  for (std::size_t i = 0; i < tree.site.size(); ++i) {
    require(tree.site[i].index() < detection_.size(), "unknown site");
    require(tree.parent[i] >= i && tree.parent[i] < tree.site.size(), "a parent stands before its node");
    nodes_.push_back({static_cast<std::uint32_t>(tree.site[i].index()),
                      static_cast<std::uint32_t>(first + tree.parent[i]), tree.injected[i], 0.0, 1.0});
    tree_of_node_.push_back(static_cast<std::uint32_t>(draw_.size()));
  }
  draw_.push_back(tree.draw);
  first_node_.push_back(static_cast<std::uint32_t>(nodes_.size()));
}

void WatchedTrees::index_nodes() {
  first_of_site_.assign(detection_.size() + 1, 0);
  for (const Node& node : nodes_) ++first_of_site_[node.site + 1];
  std::partial_sum(first_of_site_.begin(), first_of_site_.end(), first_of_site_.begin());
  nodes_by_site_.resize(nodes_.size());
  std::vector<std::uint32_t> next(first_of_site_.begin(), first_of_site_.end() - 1);
  for (std::size_t i = 0; i < nodes_.size(); ++i)
    nodes_by_site_[next[nodes_[i].site]++] = static_cast<std::uint32_t>(i);
}

void WatchedTrees::recompute(std::size_t tree) {
  const std::uint32_t first = first_node_[tree], end = first_node_[tree + 1];
  for (std::uint32_t i = first; i < end; ++i) nodes_[i].reaching = nodes_[i].injected;
  for (std::uint32_t i = first; i < end; ++i) {
    const Node& node = nodes_[i];
    if (node.parent != i) nodes_[node.parent].reaching += node.reaching * miss_at(node);
  }
  double caught = 0.0;
  for (std::uint32_t i = end; i-- > first;) {
    Node& node = nodes_[i];
    node.beyond = node.parent == i ? 1.0 : nodes_[node.parent].beyond * miss_at(nodes_[node.parent]);
    caught += node.injected * (1.0 - node.beyond * miss_at(node));
  }
  caught_[tree] = caught;
}

void WatchedTrees::watch(SiteId site, const Execution& execution) {
  require(site.index() < detection_.size(), "unknown site");
  if (watched(site)) return;
  watched_[site.index()] = 1;
  std::vector<std::uint32_t> changed;
  for (const std::uint32_t node : nodes_of(site.index())) {
    if (changed.empty() || changed.back() != tree_of_node_[node]) changed.push_back(tree_of_node_[node]);
  }
  parallel_for(
      changed.size(), execution, [&](std::size_t i) { recompute(changed[i]); }, kGrain);
}

std::span<const std::uint32_t> WatchedTrees::nodes_of(std::size_t site) const {
  return std::span(nodes_by_site_)
      .subspan(first_of_site_[site], first_of_site_[site + 1] - first_of_site_[site]);
}

std::vector<double> WatchedTrees::caught_per_draw() const {
  std::vector<double> caught(draws_, 0.0);
  for (std::size_t tree = 0; tree < caught_.size(); ++tree) caught[draw_[tree]] += caught_[tree];
  return caught;
}

double WatchedTrees::caught() const {
  const double sum = std::accumulate(caught_.begin(), caught_.end(), 0.0);
  return draws_ == 0 ? 0.0 : sum / static_cast<double>(draws_);
}

template <class Value>
std::vector<double> WatchedTrees::per_site(Value value) const {
  std::vector<double> sums(site_count(), 0.0);
  for (const Node& node : nodes_) sums[node.site] += value(node);
  for (double& sum : sums) sum /= static_cast<double>(draws_);
  return sums;
}

std::vector<double> WatchedTrees::gains() const {
  if (draws_ == 0) return std::vector<double>(site_count(), 0.0);
  return per_site([this](const Node& node) { return watched_[node.site] != 0 ? 0.0 : gain_at(node); });
}

std::vector<double> WatchedTrees::reaching() const {
  if (draws_ == 0) return std::vector<double>(site_count(), 0.0);
  return per_site([](const Node& node) { return node.reaching; });
}

template <class Value>
std::vector<double> WatchedTrees::per_draw(SiteId site, Value value) const {
  std::vector<double> sums(draws_, 0.0);
  for (const std::uint32_t node : nodes_of(site.index()))
    sums[draw_[tree_of_node_[node]]] += value(nodes_[node]);
  return sums;
}

std::vector<double> WatchedTrees::gain_per_draw(SiteId site) const {
  if (watched(site)) return std::vector<double>(draws_, 0.0);
  return per_draw(site, [this](const Node& node) { return gain_at(node); });
}

std::vector<double> WatchedTrees::reaching_per_draw(SiteId site) const {
  return per_draw(site, [](const Node& node) { return node.reaching; });
}

std::vector<double> interceptions_per_draw(std::span<const SiteTree> trees, std::size_t draws,
                                           std::span<const double> detection,
                                           std::span<const SiteId> placement, const Execution& execution) {
  WatchedTrees watched(trees, draws, detection, execution);
  for (const SiteId site : placement) watched.watch(site, execution);
  return watched.caught_per_draw();
}

}  // namespace waywarden
