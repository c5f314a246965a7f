#include "waywarden/network_interdiction/detail/arc_search.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden::detail {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Entry = std::pair<double, std::uint32_t>;
using Queue = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

void relax(const ArcGraph& graph, std::span<const double> length, Entry from, ArcTree& tree, Queue& queue) {
  for (const std::uint32_t arc : graph.out(from.second)) {
    const double distance = from.first + length[arc];
    const std::uint32_t node = graph.head(arc);
    if (!(distance < tree.distance[node])) continue;
    tree.distance[node] = distance;
    tree.arc[node] = arc;
    queue.emplace(distance, node);
  }
}

}  // namespace

ArcGraph::ArcGraph(std::size_t nodes, ArcColumns arcs)
    : tail_(arcs.tail.begin(), arcs.tail.end()),
      head_(arcs.head.begin(), arcs.head.end()),
      first_out_(nodes + 1, 0),
      out_(arcs.tail.size()) {
  for (const std::uint32_t node : tail_) ++first_out_[node + 1];
  for (std::size_t n = 0; n < nodes; ++n) first_out_[n + 1] += first_out_[n];
  std::vector<std::uint32_t> next(first_out_.begin(), first_out_.end() - 1);
  for (std::uint32_t a = 0; a < tail_.size(); ++a) out_[next[tail_[a]]++] = a;
}

ArcTree cheapest_tree(const ArcGraph& graph, std::uint32_t root, std::span<const double> length,
                      std::span<const std::uint32_t> targets, double reach, const Execution& execution) {
  ArcTree tree{std::vector<double>(graph.node_count(), kInfinity),
               std::vector<std::uint32_t>(graph.node_count(), 0)};
  std::set<std::uint32_t> open(targets.begin(), targets.end());
  Queue queue;
  tree.distance[root] = 0.0;
  queue.emplace(0.0, root);
  for (std::size_t settled = 0; !queue.empty() && !open.empty() && queue.top().first <= reach;) {
    const Entry next = queue.top();
    queue.pop();
    if (next.first > tree.distance[next.second]) continue;
    if (++settled % 4096 == 0) execution.check();
    open.erase(next.second);
    relax(graph, length, next, tree, queue);
  }
  return tree;
}

std::vector<std::uint32_t> route_back(const ArcGraph& graph, const ArcTree& tree, std::uint32_t root,
                                      std::uint32_t node) {
  std::vector<std::uint32_t> arcs;
  for (; node != root; node = graph.tail(arcs.back())) arcs.push_back(tree.arc[node]);
  return arcs;
}

std::vector<PairGroup> group_by_origin(std::span<const std::uint32_t> origin,
                                       std::span<const std::uint32_t> destination) {
  std::map<std::uint32_t, PairGroup> groups;
  for (std::uint32_t k = 0; k < origin.size(); ++k) {
    PairGroup& group = groups[origin[k]];
    group.origin = origin[k];
    group.target.push_back(destination[k]);
    group.pair.push_back(k);
  }
  std::vector<PairGroup> rows;
  for (auto& [node, group] : groups) rows.push_back(std::move(group));
  return rows;
}

void check_pairs(std::size_t nodes, std::span<const std::uint32_t> origin,
                 std::span<const std::uint32_t> destination, std::span<const double> weight) {
  if (origin.size() != destination.size() || origin.size() != weight.size()) {
    throw OptionError("origins, destinations and weights of pairs differ in number");
  }
  for (std::size_t k = 0; k < origin.size(); ++k) {
    if (origin[k] >= nodes || destination[k] >= nodes)
      throw OptionError("a pair names a node that does not exist");
    if (!(weight[k] >= 0.0) || !std::isfinite(weight[k])) {
      throw OptionError("the weight of a pair is negative or not finite");
    }
  }
}

}  // namespace waywarden::detail
