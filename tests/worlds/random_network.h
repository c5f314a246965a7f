#pragma once

/// Small made-up networks for tests: a jittered grid of roads with a slower, cheaper railway across it,
/// joined at hubs, cut by a border between two countries; some roads one-way, some missing, dead ends and
/// chains of degree-2 nodes. The same seed gives the same world.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/network.h"
#include "waywarden/network/places.h"

namespace waywarden::worlds {

struct Link {
  std::size_t from = 0;
  std::size_t to = 0;
  Mode mode = Mode::road;
  EdgeKind kind = EdgeKind::link;
  bool one_way = false;
  double wait_s = 0.0;
  double money = 0.0;
  double detection = 0.0;
  /// Vertices between the ends.
  std::vector<Point> via = {};
};

struct Plan {
  std::vector<Point> node;
  std::vector<Mode> mode;
  std::vector<std::uint16_t> country;
  std::vector<std::string> countries;
  std::vector<Link> links;

  std::size_t add_node(Point point, Mode node_mode, std::uint16_t node_country) {
    node.push_back(point);
    mode.push_back(node_mode);
    country.push_back(node_country);
    return node.size() - 1;
  }
};

namespace detail {

/// One direction of a link.
struct Half {
  std::size_t link;
  bool forward;
  std::size_t tail;
  std::size_t head;
};

inline std::vector<Half> halves(const Plan& plan) {
  std::vector<Half> all;
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    const Link& link = plan.links[i];
    all.push_back({i, true, link.from, link.to});
    if (!link.one_way) all.push_back({i, false, link.to, link.from});
  }
  std::stable_sort(all.begin(), all.end(), [](const Half& a, const Half& b) {
    return std::pair(a.tail, a.head) < std::pair(b.tail, b.head);
  });
  return all;
}

inline std::vector<Point> vertices(const Plan& plan, const Link& link) {
  std::vector<Point> line = {plan.node[link.from]};
  line.insert(line.end(), link.via.begin(), link.via.end());
  line.push_back(plan.node[link.to]);
  return line;
}

inline void add_edge(NetworkColumns& c, const Plan& plan, const Half& half,
                     const std::vector<double>& length) {
  const Link& link = plan.links[half.link];
  c.tail.push_back(NodeId(half.tail));
  c.head.push_back(NodeId(half.head));
  c.mode.push_back(link.mode);
  c.kind.push_back(link.kind);
  c.length_m.push_back(length[half.link]);
  c.speed_kmh.push_back(kSpeedNotStated);
  c.wait_s.push_back(link.wait_s);
  c.money.push_back(link.money);
  c.detection.push_back(link.detection);
  c.twin.push_back(EdgeId::none());
  c.shape.push_back(static_cast<std::uint32_t>(half.link));
  c.source.push_back(static_cast<std::uint32_t>(half.link));
}

inline void add_crossing(Crossings& x, const Plan& plan, const Link& link, EdgeId there, EdgeId back) {
  x.id.push_back("post-" + std::to_string(x.size()));
  x.post.push_back(x.id.back());
  x.name.push_back(x.id.back());
  x.country_a.push_back(plan.countries[plan.country[link.from]]);
  x.country_b.push_back(plan.countries[plan.country[link.to]]);
  x.mode.push_back(link.mode);
  x.status.push_back(CrossingStatus::listed);
  x.point.push_back(plan.node[link.from]);
  x.a_to_b.push_back(there);
  x.b_to_a.push_back(back);
  x.border_accuracy_m.push_back(0.0);
  x.post_distance_m.push_back(0.0);
}

}  // namespace detail

/// The network of a plan: nodes keep their order, edges are sorted by tail, then head, then link.
inline Network build(const Plan& plan) {
  NetworkColumns c;
  c.node_point = plan.node;
  c.node_mode = plan.mode;
  c.node_country = plan.country;
  c.countries = plan.countries;
  std::vector<double> length;
  for (const Link& link : plan.links) {
    const std::vector<Point> line = detail::vertices(plan, link);
    length.push_back(link.kind == EdgeKind::link ? geodesic_length(line).value : 0.0);
    c.shape_vertices.insert(c.shape_vertices.end(), line.begin(), line.end());
    c.shape_ends.push_back(static_cast<std::uint32_t>(c.shape_vertices.size()));
    c.sources.push_back({"links", std::to_string(c.sources.size())});
  }
  std::vector<EdgeId> forward(plan.links.size()), backward(plan.links.size());
  for (const detail::Half& half : detail::halves(plan)) {
    (half.forward ? forward : backward)[half.link] = EdgeId(c.tail.size());
    detail::add_edge(c, plan, half, length);
  }
  Crossings crossings;
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    if (forward[i].exists() && backward[i].exists()) {
      c.twin[forward[i].index()] = backward[i];
      c.twin[backward[i].index()] = forward[i];
    }
    if (plan.links[i].kind == EdgeKind::crossing) {
      detail::add_crossing(crossings, plan, plan.links[i], forward[i], backward[i]);
    }
  }
  return Network(std::move(c), std::move(crossings));
}

struct WorldOptions {
  std::size_t rows = 5;
  std::size_t columns = 6;
  /// Degrees between grid points.
  double spacing = 0.1;
  /// Shares of grid links that are missing, one-way, and cut into chains of three.
  double missing = 0.12;
  double one_way = 0.1;
  double chains = 0.25;
  /// Stubs that lead nowhere, per grid node.
  double dead_ends = 0.15;
  bool railway = true;
  Point corner{84.0, 26.5};
};

namespace detail {

class World {
 public:
  World(std::uint64_t seed, const WorldOptions& options) : options_(options), random_(seed, 0, 77) {
    plan_.countries = {"AA", "BB"};
  }

  Plan make() {
    for (std::size_t r = 0; r < options_.rows; ++r) add_row(r);
    for (std::size_t r = 0; r < options_.rows; ++r) link_row(r);
    add_dead_ends();
    if (options_.railway) add_railway();
    return std::move(plan_);
  }

 private:
  std::size_t at(std::size_t row, std::size_t column) const { return row * options_.columns + column; }
  std::uint16_t country_of(std::size_t column) const { return 2 * column < options_.columns ? 0 : 1; }
  bool chance(double share) { return random_.uniform() < share; }
  double jitter() { return 0.3 * options_.spacing * (random_.uniform() - 0.5); }

  void add_row(std::size_t row) {
    for (std::size_t column = 0; column < options_.columns; ++column) {
      const Point point{options_.corner.x + options_.spacing * static_cast<double>(column) + jitter(),
                        options_.corner.y + options_.spacing * static_cast<double>(row) + jitter()};
      plan_.add_node(point, Mode::road, country_of(column));
    }
  }

  void link_row(std::size_t row) {
    for (std::size_t column = 0; column < options_.columns; ++column) {
      if (column + 1 < options_.columns) add_road(at(row, column), at(row, column + 1));
      if (row + 1 < options_.rows) add_road(at(row, column), at(row + 1, column));
    }
  }

  void add_road(std::size_t a, std::size_t b) {
    if (chance(options_.missing)) return;
    Link link{.from = a, .to = b, .one_way = chance(options_.one_way)};
    if (plan_.country[a] != plan_.country[b]) return add_border(link);
    if (chance(0.1)) link.detection = 0.05 * random_.uniform();
    if (chance(options_.chains)) return add_chain(link);
    link.via.push_back(middle(a, b));
    plan_.links.push_back(link);
  }

  Point middle(std::size_t a, std::size_t b) {
    const Point p = plan_.node[a], q = plan_.node[b];
    return {(p.x + q.x) / 2 + jitter() / 3, (p.y + q.y) / 2 + jitter() / 3};
  }

  /// Road up to the border, a crossing between two nodes at one point, road beyond it.
  void add_border(const Link& link) {
    const Point point = middle(link.from, link.to);
    const std::size_t here = plan_.add_node(point, Mode::road, plan_.country[link.from]);
    const std::size_t there = plan_.add_node(point, Mode::road, plan_.country[link.to]);
    plan_.links.push_back({.from = link.from, .to = here});
    plan_.links.push_back({.from = here,
                           .to = there,
                           .kind = EdgeKind::crossing,
                           .wait_s = 3600.0 * random_.uniform(),
                           .detection = 0.02 * random_.uniform()});
    plan_.links.push_back({.from = there, .to = link.to});
  }

  void add_chain(const Link& link) {
    std::size_t last = link.from;
    for (int i = 0; i < 2; ++i) {
      const std::size_t next = plan_.add_node(middle(last, link.to), Mode::road, plan_.country[link.from]);
      Link part = link;
      part.from = last;
      part.to = next;
      plan_.links.push_back(part);
      last = next;
    }
    Link rest = link;
    rest.from = last;
    plan_.links.push_back(rest);
  }

  void add_dead_ends() {
    for (std::size_t n = 0; n < options_.rows * options_.columns; ++n) {
      if (!chance(options_.dead_ends)) continue;
      const Point p = plan_.node[n];
      const std::size_t end = plan_.add_node({p.x + jitter(), p.y + jitter()}, Mode::road, plan_.country[n]);
      plan_.links.push_back({.from = n, .to = end});
    }
  }

  /// Along the middle row, with a hub at every second column.
  void add_railway() {
    const std::size_t row = options_.rows / 2;
    std::size_t last = plan_.node.size();
    for (std::size_t column = 0; column < options_.columns; column += 2) {
      const std::size_t road = at(row, column);
      const Point p = plan_.node[road];
      const std::size_t rail = plan_.add_node({p.x, p.y + 0.01}, Mode::rail, plan_.country[road]);
      const std::size_t hub = plan_.add_node({p.x, p.y + 0.005}, Mode::transfer, plan_.country[road]);
      if (column > 0) link_rail(last, rail);
      plan_.links.push_back(
          {.from = road, .to = hub, .mode = Mode::transfer, .kind = EdgeKind::transfer, .wait_s = 300});
      plan_.links.push_back(
          {.from = hub, .to = rail, .mode = Mode::transfer, .kind = EdgeKind::transfer, .wait_s = 900});
      last = rail;
    }
  }

  void link_rail(std::size_t a, std::size_t b) {
    if (plan_.country[a] == plan_.country[b]) {
      plan_.links.push_back({.from = a, .to = b, .mode = Mode::rail});
      return;
    }
    const Point point = middle(a, b);
    const std::size_t here = plan_.add_node(point, Mode::rail, plan_.country[a]);
    const std::size_t there = plan_.add_node(point, Mode::rail, plan_.country[b]);
    plan_.links.push_back({.from = a, .to = here, .mode = Mode::rail});
    plan_.links.push_back({.from = here,
                           .to = there,
                           .mode = Mode::rail,
                           .kind = EdgeKind::crossing,
                           .wait_s = 600,
                           .detection = 0.05});
    plan_.links.push_back({.from = there, .to = b, .mode = Mode::rail});
  }

  WorldOptions options_;
  RandomStream random_;
  Plan plan_;
};

}  // namespace detail

inline Plan random_plan(std::uint64_t seed, const WorldOptions& options = {}) {
  return detail::World(seed, options).make();
}

inline Network random_network(std::uint64_t seed, const WorldOptions& options = {}) {
  return build(random_plan(seed, options));
}

/// `count` places at distinct grid nodes, with random weights; every third only sends, every fourth only
/// receives.
inline Places random_places(std::uint64_t seed, const Network& network, std::size_t count,
                            std::size_t among) {
  RandomStream random(seed, 1, 77);
  std::vector<std::size_t> nodes(among);
  std::iota(nodes.begin(), nodes.end(), std::size_t{0});
  Places places;
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(nodes[i], nodes[i + random.below(static_cast<std::uint32_t>(among - i))]);
    const NodeId node(nodes[i]);
    places.id.push_back("place-" + std::to_string(i));
    places.name.push_back(places.id.back());
    places.country.push_back(network.country(node));
    places.point.push_back(network.point(node));
    places.node.push_back(node);
    places.access_m.push_back(0.0);
    places.population.push_back(1000.0);
    places.source_weight.push_back(i % 4 == 3 ? 0.0 : 0.2 + random.uniform());
    places.destination_weight.push_back(i % 3 == 2 ? 0.0 : 0.2 + random.uniform());
  }
  return places;
}

}  // namespace waywarden::worlds
