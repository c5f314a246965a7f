#include "waywarden/interdiction/interception.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/interdiction/detail/groups_met.h"

namespace waywarden {
namespace {

/// Trees are handed to threads in blocks of this many.
constexpr std::size_t kGrain = 64;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("site trees: ") + what);
}

std::vector<std::uint32_t> numbered(std::span<const SiteId> group, std::size_t sites) {
  require(group.empty() || group.size() == sites, "there must be one group per site, or none");
  std::vector<std::uint32_t> numbers(sites);
  std::iota(numbers.begin(), numbers.end(), 0U);
  for (std::size_t site = 0; site < group.size(); ++site) {
    require(group[site].index() < sites, "a group is named by one of its sites");
    numbers[site] = static_cast<std::uint32_t>(group[site].index());
  }
  return numbers;
}

}  // namespace

WatchedTrees::WatchedTrees(std::span<const SiteTree> trees, std::size_t draws,
                           std::span<const double> detection, const Execution& execution,
                           std::span<const SiteId> group)
    : draws_(draws),
      detection_(detection.begin(), detection.end()),
      group_(numbered(group, detection.size())),
      watched_(detection.size(), 0) {
  for (const SiteTree& tree : trees) append(tree);
  index_nodes();
  find_entangled();
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

void WatchedTrees::find_entangled() {
  entangled_.assign(draw_.size(), 0);
  std::vector<std::uint32_t> members(group_.size(), 0);
  for (const std::uint32_t group : group_) ++members[group];
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    std::uint8_t& entangled = entangled_[tree_of_node_[i]];
    if (entangled == 0 && members[group_[nodes_[i].site]] > 1 && meets_group_again(i)) entangled = 1;
  }
}

bool WatchedTrees::meets_group_again(std::uint32_t node) const {
  const std::uint32_t group = group_[nodes_[node].site];
  while (nodes_[node].parent != node) {
    node = nodes_[node].parent;
    if (group_[nodes_[node].site] == group) return true;
  }
  return false;
}

void WatchedTrees::recompute(std::size_t tree) {
  const std::uint32_t first = first_node_[tree], end = first_node_[tree + 1];
  caught_[tree] = entangled_[tree] != 0 ? walk_every_way(first, end) : pass_down_and_up(first, end);
}

double WatchedTrees::walk_every_way(std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t i = first; i < end; ++i) nodes_[i].reaching = nodes_[i].beyond = 0.0;
  GroupsMet met;
  double caught = 0.0;
  for (std::uint32_t i = first; i < end; ++i) {
    if (nodes_[i].injected > 0.0) caught += walk(i, met);
  }
  // So far `beyond` holds the gain of a team at the node.
  for (std::uint32_t i = first; i < end; ++i) {
    const double detected = nodes_[i].reaching * detection_[nodes_[i].site];
    nodes_[i].beyond = detected > 0.0 ? nodes_[i].beyond / detected : 0.0;
  }
  return caught;
}

/// Journeys that begin at a node, down to the end. Returns how many are stopped.
double WatchedTrees::walk(std::uint32_t start, GroupsMet& met) {
  const double injected = nodes_[start].injected;
  double missed = 1.0;
  met.clear();
  for (std::uint32_t i = start;; i = nodes_[i].parent) {
    Node& node = nodes_[i];
    node.reaching += injected * missed;
    if (watched_[node.site] != 0) {
      const double before = met.largest(group_[node.site]);
      met.meet(group_[node.site], detection_[node.site]);
      missed *= (1.0 - met.largest(group_[node.site])) / (1.0 - before);
    }
    if (node.parent == i) break;
  }
  for (std::uint32_t i = start;; i = nodes_[i].parent) {
    Node& node = nodes_[i];
    const double by_others = met.largest(group_[node.site]), by_this = detection_[node.site];
    if (by_this > by_others) node.beyond += injected * missed * (by_this - by_others) / (1.0 - by_others);
    if (node.parent == i) break;
  }
  return injected * (1.0 - missed);
}

double WatchedTrees::pass_down_and_up(std::uint32_t first, std::uint32_t end) {
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
  return caught;
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
                                           std::span<const SiteId> placement, const Execution& execution,
                                           std::span<const SiteId> group) {
  WatchedTrees watched(trees, draws, detection, execution, group);
  for (const SiteId site : placement) watched.watch(site, execution);
  return watched.caught_per_draw();
}

}  // namespace waywarden
