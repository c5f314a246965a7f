#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/alternatives.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/detail/chosen_routes.h"
#include "waywarden/routing/detail/incidence.h"
#include "waywarden/routing/sweep.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Cheapest ways between a root and the nodes that lie on routes within the bound.
struct Tree {
  std::vector<Cost> cost;
  /// Per node the arc towards the root; `kNone` at the root and at nodes that are not in the tree.
  std::vector<std::uint32_t> arc;
  /// By ascending cost, those nearer to the root first.
  std::vector<std::uint32_t> order;
};

/// One direction of the graph: the arcs that lead away from a root, and the nodes they lead to.
struct Side {
  const detail::Incidence& arcs;
  std::span<const std::uint32_t> far_end;
};

/// Nodes that a route within the bound may visit. All nodes on the cheapest ways to them are such nodes too.
struct Ellipse {
  const std::vector<Cost>& from;
  const std::vector<Cost>& to;
  Cost bound;

  bool contains(std::uint32_t n) const { return from[n] + to[n] <= bound; }
};

/// As `Router` has it: of arcs that tie the smallest with a weight above 0, others only where there is none.
class TreeGrowth {
 public:
  TreeGrowth(Side side, std::span<const Weight> weights, const Ellipse& ellipse)
      : side_(side), weights_(weights), ellipse_(ellipse) {}

  Tree grow(std::uint32_t root, const std::vector<Cost>& cost, const Execution& execution) {
    tree_ = {cost, std::vector<std::uint32_t>(cost.size(), kNone), {}};
    root_ = root;
    queue_.push({0, root});
    while (!queue_.empty()) {
      if (tree_.order.size() % 4096 == 0) execution.check();
      const std::uint32_t node = queue_.top().second;
      queue_.pop();
      tree_.order.push_back(node);
      for (const std::uint32_t a : side_.arcs.of(node)) extend(node, a);
    }
    return std::move(tree_);
  }

 private:
  void extend(std::uint32_t node, std::uint32_t a) {
    const std::uint32_t next = side_.far_end[a];
    if (next == root_ || !ellipse_.contains(next)) return;
    if (std::uint64_t{tree_.cost[node]} + weights_[a] != tree_.cost[next]) return;
    if (tree_.arc[next] == kNone) {
      queue_.push({tree_.cost[next], next});
      tree_.arc[next] = a;
    } else if (weights_[a] > 0) {
      tree_.arc[next] = std::min(tree_.arc[next], a);
    }
  }

  using Entry = std::pair<Cost, std::uint32_t>;
  Side side_;
  std::span<const Weight> weights_;
  const Ellipse& ellipse_;
  std::uint32_t root_ = 0;
  Tree tree_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

/// Per node of a tree, the cost of what is used on the way between it and the root.
std::vector<Cost> used_on_way(const Tree& tree, std::span<const std::uint32_t> near_end,
                              std::span<const Weight> weights, const detail::ChosenRoutes& chosen) {
  std::vector<Cost> used(tree.cost.size(), 0);
  for (const std::uint32_t n : tree.order) {
    const std::uint32_t a = tree.arc[n];
    if (a != kNone) used[n] = used[near_end[a]] + (chosen.uses(a) ? weights[a] : 0);
  }
  return used;
}

/// A node to go by, with what its route shares with the cheapest one; the first of all that have its route.
struct Candidate {
  std::int64_t merit;
  std::uint32_t node;
  Cost shared_with_cheapest;
};

/// The trees of one question and the routes they make.
class ViaNodes {
 public:
  ViaNodes(ArcColumns arcs, std::span<const Weight> weights, Tree from, Tree to)
      : arcs_(arcs), weights_(weights), from_(std::move(from)), to_(std::move(to)), chosen_(weights) {}

  detail::ChosenRoutes& chosen() { return chosen_; }
  Cost cost(std::uint32_t via) const { return from_.cost[via] + to_.cost[via]; }
  Cost shared(std::uint32_t via) const { return shared_from_[via] + shared_to_[via]; }

  void choose(std::span<const std::uint32_t> route) {
    chosen_.add(route);
    shared_from_ = used_on_way(from_, arcs_.tail, weights_, chosen_);
    shared_to_ = used_on_way(to_, arcs_.head, weights_, chosen_);
  }

  std::vector<std::uint32_t> route(std::uint32_t via) const {
    std::vector<std::uint32_t> arcs;
    for (std::uint32_t n = via; from_.arc[n] != kNone; n = arcs_.tail[from_.arc[n]]) {
      arcs.push_back(from_.arc[n]);
    }
    std::reverse(arcs.begin(), arcs.end());
    for (std::uint32_t n = via; to_.arc[n] != kNone; n = arcs_.head[to_.arc[n]]) arcs.push_back(to_.arc[n]);
    return arcs;
  }

  /// Cheap routes first, with little in common with the cheapest and a long way that both trees go.
  std::vector<Candidate> candidates() const {
    const std::vector<Cost> plateau = plateaus();
    std::vector<Candidate> all;
    for (const std::uint32_t n : from_.order) {
      if (!is_first_of_plateau(n)) continue;
      all.push_back({2 * std::int64_t{cost(n)} + shared(n) - plateau[n], n, shared(n)});
    }
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
      return std::tie(a.merit, a.node) < std::tie(b.merit, b.node);
    });
    return all;
  }

  /// The first node of the route by a node, and the last, that is at most `most` away from it.
  std::uint32_t before(std::uint32_t via, double most) const {
    for (std::uint32_t n = via;;) {
      const std::uint32_t next = from_.arc[n] == kNone ? n : arcs_.tail[from_.arc[n]];
      if (next == n || from_.cost[via] - from_.cost[next] > most) return n;
      n = next;
    }
  }
  std::uint32_t behind(std::uint32_t via, double most) const {
    for (std::uint32_t n = via;;) {
      const std::uint32_t next = to_.arc[n] == kNone ? n : arcs_.head[to_.arc[n]];
      if (next == n || to_.cost[via] - to_.cost[next] > most) return n;
      n = next;
    }
  }
  /// Between two nodes, where one of the trees knows it.
  std::optional<Cost> cheapest(std::uint32_t before, std::uint32_t behind) const {
    std::uint32_t n = behind;
    while (from_.cost[n] > from_.cost[before]) n = arcs_.tail[from_.arc[n]];
    if (n == before) return from_.cost[behind] - from_.cost[before];
    n = before;
    while (to_.cost[n] > to_.cost[behind]) n = arcs_.head[to_.arc[n]];
    if (n == behind) return to_.cost[before] - to_.cost[behind];
    return std::nullopt;
  }
  /// Of the route by a node, between two such nodes.
  Cost between(std::uint32_t before, std::uint32_t via, std::uint32_t behind) const {
    return from_.cost[via] - from_.cost[before] + to_.cost[via] - to_.cost[behind];
  }

  bool is_simple(std::span<const std::uint32_t> route) const {
    std::vector<std::uint32_t> visited;
    for (const std::uint32_t a : route) visited.push_back(arcs_.head[a]);
    if (!route.empty()) visited.push_back(arcs_.tail[route.front()]);
    std::sort(visited.begin(), visited.end());
    return std::adjacent_find(visited.begin(), visited.end()) == visited.end();
  }

 private:
  bool is_first_of_plateau(std::uint32_t n) const {
    const std::uint32_t a = from_.arc[n];
    return a == kNone || to_.arc[arcs_.tail[a]] != a;
  }

  /// Per node the cost of the arcs ahead that both trees use.
  std::vector<Cost> plateaus() const {
    std::vector<Cost> ahead(from_.cost.size(), 0);
    for (std::size_t i = from_.order.size(); i-- > 0;) {
      const std::uint32_t n = from_.order[i], a = to_.arc[n];
      if (a != kNone && from_.arc[arcs_.head[a]] == a) ahead[n] = weights_[a] + ahead[arcs_.head[a]];
    }
    return ahead;
  }

  ArcColumns arcs_;
  std::span<const Weight> weights_;
  Tree from_;
  Tree to_;
  detail::ChosenRoutes chosen_;
  std::vector<Cost> shared_from_;
  std::vector<Cost> shared_to_;
};

/// The bounds of the options, once the cheapest cost is known.
struct Bounds {
  Cost cheapest;
  ViaNodeOptions options;

  /// What routes before have in common with more routes only grows, so who fails once fails for good.
  bool allow(const ViaNodes& via, const Candidate& c) const {
    if (via.shared(c.node) > options.sharing * cheapest) return false;
    const double own = via.cost(c.node) - c.shared_with_cheapest;
    return own <= (1 + options.excess) * (cheapest - c.shared_with_cheapest);
  }
};

/// A part of the route by a node, about that node.
struct Part {
  Part(const ViaNodes& via, std::uint32_t node, double most)
      : first(via.before(node, most)), last(via.behind(node, most)), cost(via.between(first, node, last)) {}

  std::uint32_t first;
  std::uint32_t last;
  Cost cost;
};

/// Both ways from the node in between are cheapest ways, so only parts that cross it may not be: those that
/// cost at most `most` lie within the last one that is looked at. Most detours show in the short ones.
bool is_locally_optimal(const ViaNodes& via, std::uint32_t node, double most, PointToPoint& distances) {
  for (const double share : {1.0 / 64, 1.0 / 16, 1.0 / 4, 1.0}) {
    const Part part(via, node, share * most);
    const std::optional<Cost> known = via.cheapest(part.first, part.last);
    if (known && *known != part.cost) return false;
    if (share == 1.0) return known || distances.cost(part.first, part.last) == part.cost;
  }
  return true;
}

void choose_others(ViaNodes& via, const Bounds& bounds, PointToPoint& distances, const Execution& execution) {
  const double most = bounds.options.local_optimality * bounds.cheapest;
  for (const Candidate& c : via.candidates()) {
    execution.check();
    if (via.chosen().routes().size() >= bounds.options.count) return;
    if (!bounds.allow(via, c) || !is_locally_optimal(via, c.node, most, distances)) continue;
    const std::vector<std::uint32_t> route = via.route(c.node);
    if (via.is_simple(route) && !via.chosen().contains(route)) via.choose(route);
  }
}

void check(const ViaNodeOptions& options) {
  if (!(options.excess >= 0 && options.sharing >= 0 && options.local_optimality >= 0)) {
    throw OptionError("bounds on alternative routes must not be below 0");
  }
}

}  // namespace

ViaNodeRoutes::ViaNodeRoutes(ArcColumns arcs, const Metric& metric)
    : arcs_(arcs), metric_(metric), point_to_point_(metric) {
  detail::check_arcs(metric.hierarchy(), arcs);
  const std::size_t nodes = metric.hierarchy().node_count();
  leaving_ = std::make_unique<const detail::Incidence>(detail::incidence(nodes, arcs.tail));
  entering_ = std::make_unique<const detail::Incidence>(detail::incidence(nodes, arcs.head));
}

ViaNodeRoutes::~ViaNodeRoutes() = default;

Alternatives ViaNodeRoutes::between(std::uint32_t source, std::uint32_t target, const ViaNodeOptions& options,
                                    const Execution& execution) {
  check(options);
  const std::vector<Cost> from = Sweep(metric_, source, Direction::from_roots, execution).costs();
  const std::vector<Cost> to = Sweep(metric_, target, Direction::to_roots, execution).costs();
  if (from[target] == kNoWay || options.count == 0) return {};
  const Ellipse ellipse{from, to, cost_within(from[target], options.excess)};
  const std::span<const Weight> weights = metric_.weights();
  ViaNodes via(arcs_, weights,
               TreeGrowth({*leaving_, arcs_.head}, weights, ellipse).grow(source, from, execution),
               TreeGrowth({*entering_, arcs_.tail}, weights, ellipse).grow(target, to, execution));
  via.choose(via.route(target));
  if (source != target) choose_others(via, {from[target], options}, point_to_point_, execution);
  return via.chosen().routes();
}

}  // namespace waywarden
