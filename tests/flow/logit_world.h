#pragma once

/// A small world for route choice, and what to compare with: dense elimination and all efficient routes one
/// by one.

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

#include "waywarden/flow/acyclic_logit.h"
#include "worlds/random_network.h"
#include "worlds/random_weights.h"

namespace waywarden::worlds {

/// Small weights, so that distances tie; some edges closed. By turns a core of a few places and one of all
/// nodes, in which dead ends and chains stay.
struct LogitWorld {
  static constexpr double kUnit = 0.5;

  explicit LogitWorld(std::uint64_t seed)
      : network(random_network(seed, {.rows = 3, .columns = 4})),
        core(network, terminals(seed, network)),
        weights(random_weights(seed, network.edge_count(), 1, 4)),
        order(core, weights),
        demand(random_demand(seed, core)) {
    RandomStream random(seed, 9, 77);
    for (const Distance d : order.arcs()) {
      const double extra = random.uniform() < 0.3 ? random.uniform() : 0.0;
      cost.push_back(d >= CoreMetric::kNoWay ? HUGE_VAL : kUnit * static_cast<double>(d));
      dearer.push_back(cost.back() + extra);
    }
  }

  static std::vector<NodeId> terminals(std::uint64_t seed, const Network& network) {
    std::vector<NodeId> nodes;
    const std::size_t step = seed % 2 == 0 ? 1 : 3;
    for (std::size_t n = 0; n < network.node_count(); n += step) nodes.push_back(NodeId(n));
    return nodes;
  }

  static DestinationDemand random_demand(std::uint64_t seed, const Core& core) {
    RandomStream random(seed, 8, 77);
    const auto nodes = static_cast<std::uint32_t>(core.node_count());
    DestinationDemand demand{PlaceId(5), CoreNode(random.below(nodes)), 0, {}, {}};
    for (int i = 0; i < 4; ++i) {
      demand.origin.push_back(CoreNode(random.below(nodes)));
      demand.journeys.push_back(1.0 + random.uniform());
    }
    return demand;
  }

  LogitCosts costs(double theta) const { return {cost, kUnit, theta}; }

  Network network;
  Core core;
  std::vector<Weight> weights;
  CoreMetric order;
  DestinationDemand demand;
  /// Per arc: in keeping with the order, and with something on top.
  std::vector<double> cost;
  std::vector<double> dearer;
};

using Matrix = std::vector<std::vector<double>>;

/// x with a x = b, by elimination with the largest pivot.
inline std::vector<double> dense_solution(Matrix a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k; i < n; ++i) {
      if (std::abs(a[i][k]) > std::abs(a[best][k])) best = i;
    }
    std::swap(a[k], a[best]);
    std::swap(b[k], b[best]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

inline Matrix transposed(const Matrix& a) {
  Matrix t(a.size(), std::vector<double>(a.size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) t[j][i] = a[i][j];
  }
  return t;
}

/// 1 - m.
inline Matrix one_minus(Matrix m) {
  for (std::size_t i = 0; i < m.size(); ++i) {
    for (double& entry : m[i]) entry = -entry;
    m[i][i] += 1.0;
  }
  return m;
}

/// Weights of arcs between nodes.
inline Matrix matrix_of(const Core& core, const std::vector<double>& weights) {
  Matrix m(core.node_count(), std::vector<double>(core.node_count(), 0.0));
  for (std::size_t a = 0; a < core.arc_count(); ++a) {
    m[core.tail(CoreArc(a)).index()][core.head(CoreArc(a)).index()] += weights[a];
  }
  return m;
}

inline Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c(a.size(), std::vector<double>(a.size(), 0.0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < a.size(); ++k) {
      for (std::size_t j = 0; j < a.size() && a[i][k] != 0.0; ++j) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

/// Of a matrix without negative entries, to some 1e-5: growth of powers of 1 + m, less 1, after 2^20 steps (1
/// added, so that periodic matrices settle too).
inline double spectral_radius(Matrix m) {
  double log_growth = 0.0, steps = 1.0;
  for (std::size_t i = 0; i < m.size(); ++i) m[i][i] += 1.0;
  for (int doubling = 0; doubling < 20; ++doubling, steps *= 2.0) {
    m = product(m, m);
    double largest = 0.0;
    for (const std::vector<double>& row : m)
      largest = std::max(largest, *std::max_element(row.begin(), row.end()));
    for (std::vector<double>& row : m) {
      for (double& entry : row) entry /= largest;
    }
    log_growth = 2.0 * log_growth + std::log(largest);
  }
  return std::exp(log_growth / steps) - 1.0;
}

/// Distances and, of cheapest ways, the fewest arcs, by relaxing all arcs until nothing changes.
class PlainOrder {
 public:
  PlainOrder(const Core& core, const CoreMetric& metric, CoreNode root)
      : key_(core.node_count(), {kUnreachable, 0}) {
    key_[root.index()] = {0, 0};
    while (relax(core, metric)) {
    }
  }

  Distance distance(CoreNode n) const { return key_[n.index()].first; }
  bool comes_closer(CoreNode from, CoreNode to) const {
    return distance(to) != kUnreachable &&
           std::pair(key_[to.index()], to) < std::pair(key_[from.index()], from);
  }

 private:
  bool relax(const Core& core, const CoreMetric& metric) {
    bool changed = false;
    for (std::size_t a = 0; a < core.arc_count(); ++a) {
      const auto [rest, left] = key_[core.head(CoreArc(a)).index()];
      if (metric.arcs()[a] >= CoreMetric::kNoWay || rest == kUnreachable) continue;
      const std::pair through(rest + metric.arcs()[a], left + 1);
      auto& at = key_[core.tail(CoreArc(a)).index()];
      if (through >= at) continue;
      at = through;
      changed = true;
    }
    return changed;
  }

  std::vector<std::pair<Distance, std::uint32_t>> key_;
};

using ArcRoute = std::vector<CoreArc>;

/// All routes to the root on which every arc comes closer.
inline std::vector<ArcRoute> efficient_routes(const LogitWorld& world, CoreNode from) {
  const PlainOrder order(world.core, world.order, world.demand.root);
  std::vector<ArcRoute> found;
  ArcRoute route;
  const std::function<void(CoreNode)> extend = [&](CoreNode n) {
    if (n == world.demand.root) return found.push_back(route);
    for (std::size_t a = 0; a < world.core.arc_count(); ++a) {
      const CoreNode head = world.core.head(CoreArc(a));
      if (world.core.tail(CoreArc(a)) != n || world.order.arcs()[a] >= CoreMetric::kNoWay) continue;
      if (!order.comes_closer(n, head)) continue;
      route.push_back(CoreArc(a));
      extend(head);
      route.pop_back();
    }
  };
  extend(from);
  return found;
}

inline double route_cost(const ArcRoute& route, const std::vector<double>& cost) {
  double sum = 0.0;
  for (const CoreArc a : route) sum += cost[a.index()];
  return sum;
}

/// exp(-theta * cost), as shares.
inline std::vector<double> logit_shares(const std::vector<ArcRoute>& routes, const std::vector<double>& cost,
                                        double theta) {
  std::vector<double> shares;
  double sum = 0.0;
  for (const ArcRoute& route : routes) {
    shares.push_back(std::exp(-theta * route_cost(route, cost)));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace waywarden::worlds
