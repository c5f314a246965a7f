/// All kinds of questions on street networks of hundreds of thousands of nodes, where Dijkstra's algorithm
/// for every pair would take days: answers prove themselves, and agree with each other exactly.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "waywarden/routing/corridor.h"
#include "waywarden/routing/isochrone.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/nearest.h"
#include "waywarden/routing/partial_customization.h"
#include "waywarden/routing/perfect_metric.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/scenarios.h"
#include "waywarden/routing/sweep.h"
#include "worlds/certificate.h"
#include "worlds/road_graph.h"

namespace waywarden {
namespace {

using worlds::Certificate;
using worlds::Graph;
using worlds::RoadGraph;

struct Roads {
  explicit Roads(const std::filesystem::path& file)
      : road(file), hierarchy({road.graph.tail, road.graph.head}, road.order()) {}

  ArcColumns arcs() const { return {road.graph.tail, road.graph.head}; }

  RoadGraph road;
  Hierarchy hierarchy;
};

/// Runs body(roads) for each graph, or skips the test.
template <class Body>
void for_each_graph(const Body& body) {
  const std::vector<std::filesystem::path> files = worlds::road_files();
  if (files.empty()) GTEST_SKIP() << "the large graphs are not here";
  for (const std::filesystem::path& file : files) {
    SCOPED_TRACE(file.filename().string());
    body(Roads(file));
  }
}

void expect_same(const Metric& a, const Metric& b) {
  EXPECT_TRUE(std::ranges::equal(a.up(), b.up()));
  EXPECT_TRUE(std::ranges::equal(a.down(), b.down()));
  EXPECT_TRUE(std::ranges::equal(a.weights(), b.weights()));
}

/// Alone and in lanes, both ways.
void expect_proven_sweeps(const Roads& roads, const Metric& metric, std::span<const std::uint32_t> roots) {
  const Graph turned = worlds::turned_round(roads.road.graph);
  for (const Direction direction : {Direction::from_roots, Direction::to_roots}) {
    const Certificate certificate(direction == Direction::from_roots ? roads.road.graph : turned,
                                  metric.weights());
    const SweepBatch batch(metric, roots, direction);
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const std::vector<Cost> costs = Sweep(metric, roots[i], direction).costs();
      EXPECT_TRUE(certificate.proves(roots[i], costs)) << "root " << roots[i];
      EXPECT_EQ(batch.costs(i), costs);
    }
  }
}

/// Also where nearly all arcs are free: those lead round and round and are tight everywhere.
TEST(Certificates, CostsToAndFromAllNodesProveThemselves) {
  for_each_graph([](const Roads& roads) {
    std::vector<Weight> weights = roads.road.weights(1);
    expect_proven_sweeps(roads, Metric(roads.hierarchy, weights), roads.road.some_nodes(1, 6));
    for (Weight& weight : weights) weight = weight == kClosed ? kClosed : weight % 8 == 0 ? 1 : 0;
    expect_proven_sweeps(roads, Metric(roads.hierarchy, weights), roads.road.some_nodes(2, 3));
  });
}

void expect_same_cell(const Roads& roads, const Metric& metric, PointToPoint& query, NodePair pair,
                      Cost cost) {
  ASSERT_EQ(query.cost(pair.from, pair.to), cost) << pair.from << " to " << pair.to;
  EXPECT_TRUE(worlds::is_way(roads.road.graph, metric.weights(), query.arcs(pair.from, pair.to), pair.from,
                             pair.to, cost))
      << pair.from << " to " << pair.to;
}

TEST(Certificates, MatricesSweepsAndPathsAgree) {
  for_each_graph([](const Roads& roads) {
    const Metric metric(roads.hierarchy, roads.road.weights(3));
    const PerfectMetric perfect(metric);
    PointToPoint query(metric), slim(perfect);
    const auto sources = roads.road.some_nodes(3, 20), targets = roads.road.some_nodes(4, 40);
    const CostTable table = ManyToMany(metric, targets).from(sources);
    std::size_t reached = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const Sweep sweep(metric, sources[i], Direction::from_roots);
      for (std::size_t j = 0; j < targets.size(); ++j) {
        const Cost cost = table.cost(i, j);
        ASSERT_EQ(sweep.cost(targets[j]), cost);
        expect_same_cell(roads, metric, query, {sources[i], targets[j]}, cost);
        expect_same_cell(roads, metric, slim, {sources[i], targets[j]}, cost);
        reached += cost < kNoWay ? 1 : 0;
      }
    }
    EXPECT_GT(reached, table.cells.size() / 2);
  });
}

std::vector<std::span<const Weight>> spans(const std::vector<std::vector<Weight>>& vectors) {
  return {vectors.begin(), vectors.end()};
}

/// Up and then down, per link.
std::vector<Cost> costs_of_lane(const MetricBatch& batch, std::size_t lane) {
  std::vector<std::uint32_t> links(batch.hierarchy().link_count());
  std::iota(links.begin(), links.end(), 0U);
  std::vector<Cost> costs = batch.up(lane, links);
  const std::vector<Cost> down = batch.down(lane, links);
  costs.insert(costs.end(), down.begin(), down.end());
  return costs;
}

std::vector<Cost> costs_of(const Metric& metric) {
  std::vector<Cost> costs(metric.up().begin(), metric.up().end());
  costs.insert(costs.end(), metric.down().begin(), metric.down().end());
  return costs;
}

TEST(Certificates, LanesOfABatchAreMetrics) {
  for_each_graph([](const Roads& roads) {
    for (const std::size_t lanes : {3U, 16U}) {
      std::vector<std::vector<Weight>> vectors;
      for (std::size_t lane = 0; lane < lanes; ++lane) vectors.push_back(roads.road.weights(10 + lane));
      const MetricBatch batch(roads.hierarchy, spans(vectors));
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        EXPECT_EQ(costs_of_lane(batch, lane), costs_of(Metric(roads.hierarchy, vectors[lane])));
      }
    }
  });
}

/// From one vector to another in some arcs.
std::vector<WeightChange> some_changes(const Roads& roads, std::uint64_t seed, std::size_t count) {
  const std::vector<Weight> others = roads.road.weights(seed + 100);
  RandomStream random(seed, 23, 78);
  std::vector<WeightChange> changes;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t arc = random.below(static_cast<std::uint32_t>(others.size()));
    changes.push_back({arc, others[arc]});
  }
  return changes;
}

TEST(Certificates, ChangedMetricsAreNewOnes) {
  for_each_graph([](const Roads& roads) {
    std::vector<Weight> weights = roads.road.weights(5);
    const Metric original(roads.hierarchy, weights);
    Metric metric = original;
    PartialCustomization partial(roads.hierarchy);
    std::vector<MetricRevision> revisions;
    for (const std::size_t count : {1U, 10U, 100U, 1000U, 10'000U}) {
      const auto changes = some_changes(roads, count, count);
      for (const WeightChange change : changes) weights[change.arc] = change.weight;
      revisions.push_back(partial.apply(metric, changes));
      expect_same(metric, Metric(roads.hierarchy, weights));
    }
    for (std::size_t i = revisions.size(); i-- > 0;) PartialCustomization::undo(metric, revisions[i]);
    expect_same(metric, original);
  });
}

/// Everything that may run on several threads.
struct Answers {
  std::vector<std::uint32_t> order;
  std::optional<Metric> metric;
  std::vector<Cost> lane;
  std::vector<Cost> sweep;
  std::vector<Cost> sweep_in_lane;
  std::vector<std::uint32_t> perfect_high;
  std::vector<Cost> perfect_cost;
  std::vector<Cost> cells;
  std::vector<Cost> nearest;
  std::vector<double> shares;
  std::vector<std::uint32_t> corridor;
  std::vector<std::uint32_t> routes;
};

std::vector<NodePair> pairs(std::span<const std::uint32_t> from, std::span<const std::uint32_t> to) {
  std::vector<NodePair> all;
  for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) all.push_back({from[i], to[i]});
  return all;
}

Answers answers(const Roads& roads, const Execution& execution) {
  const auto sources = roads.road.some_nodes(6, 70), targets = roads.road.some_nodes(7, 30);
  const auto few = std::span(sources).first(3);
  const std::vector<Cost> limits = {500, 5000};
  const CostVectors vectors{{roads.road.weights(8), roads.road.weights(9)}};
  const MetricBatch batch(roads.hierarchy, spans(vectors.weights), execution);
  const Metric metric(roads.hierarchy, vectors.weights[0], execution);
  const PerfectMetric perfect(metric, execution);
  const BlockTree blocks(roads.road.graph.nodes, roads.arcs(), open_arcs(metric.weights()));
  const SearchLinks up = perfect.up();
  return {roads.road.order(execution),
          metric,
          costs_of_lane(batch, 1),
          Sweep(metric, sources[0], Direction::from_roots, execution).costs(),
          SweepBatch(metric, few, Direction::to_roots, execution).costs(2),
          {up.high.begin(), up.high.end()},
          {up.cost.begin(), up.cost.end()},
          ManyToMany(metric, targets).from(sources, execution).cells,
          nearest_targets(metric, sources, targets, 5, execution).cost,
          isochrones(roads.arcs(), metric, few, limits, Direction::from_roots, execution).share,
          corridors(roads.arcs(), metric, blocks, few, std::span(targets).first(3), 0.1, execution).arc,
          routes_between(roads.hierarchy, vectors, pairs(sources, targets), execution).edges};
}

void expect_equal(const Answers& a, const Answers& b) {
  EXPECT_EQ(a.order, b.order);
  expect_same(*a.metric, *b.metric);
  EXPECT_EQ(a.lane, b.lane);
  EXPECT_EQ(a.sweep, b.sweep);
  EXPECT_EQ(a.sweep_in_lane, b.sweep_in_lane);
  EXPECT_EQ(a.perfect_high, b.perfect_high);
  EXPECT_EQ(a.perfect_cost, b.perfect_cost);
  EXPECT_EQ(a.cells, b.cells);
  EXPECT_EQ(a.nearest, b.nearest);
  EXPECT_EQ(a.shares, b.shares);
  EXPECT_EQ(a.corridor, b.corridor);
  EXPECT_EQ(a.routes, b.routes);
}

TEST(Certificates, SameForAnyNumberOfThreads) {
  for_each_graph([](const Roads& roads) {
    const Answers one = answers(roads, {.threads = 1});
    for (const unsigned threads : {2U, 8U}) expect_equal(answers(roads, {.threads = threads}), one);
  });
}

}  // namespace
}  // namespace waywarden
