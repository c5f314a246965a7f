#include "waywarden/routing/pareto.h"

#include <gtest/gtest.h>

#include <map>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"
#include "worlds/simple_paths.h"

namespace waywarden {
namespace {

using worlds::World;
using Points = std::map<Distance, Distance>;

struct Setting {
  Setting(World given, std::uint64_t seed, Weight bound)
      : world(std::move(given)),
        time(world.weights(seed, 0, bound)),
        risk(world.weights(seed + 1'000'000, 0, bound)),
        by_time(world.hierarchy, time),
        by_risk(world.hierarchy, risk) {}

  ParetoFront front(std::uint32_t s, std::uint32_t t, ParetoOptions options = {},
                    const Execution& execution = {}) const {
    return pareto_front({world.graph.tail, world.graph.head}, by_time, by_risk, s, t, options, execution);
  }

  World world;
  std::vector<Weight> time;
  std::vector<Weight> risk;
  Metric by_time;
  Metric by_risk;
};

Setting tiny(std::uint64_t seed) {
  const worlds::Graph graph = worlds::tiny_graph(seed);
  return {World(graph, worlds::random_order(seed, graph.nodes)), seed, seed % 3 == 0 ? 3U : 100U};
}

/// What no other point is as good as in both.
Points undominated(const Points& cheapest_by_time) {
  Points front;
  for (const auto& [time, risk] : cheapest_by_time) {
    if (front.empty() || risk < front.rbegin()->second) front[time] = risk;
  }
  return front;
}

/// From all simple paths over arcs that are open in both.
Points expected(const Setting& setting, std::uint32_t s, std::uint32_t t) {
  std::vector<Weight> open = setting.time;
  for (std::size_t a = 0; a < open.size(); ++a) {
    if (setting.risk[a] == kClosed) open[a] = kClosed;
  }
  Points least;
  for (const auto& path : worlds::simple_paths(setting.world.graph, open, s, t)) {
    const Distance time = worlds::cost(path, open), risk = worlds::cost(path, setting.risk);
    const auto [point, is_new] = least.try_emplace(time, risk);
    point->second = std::min(point->second, risk);
  }
  return undominated(least);
}

/// The points, once each route has been seen to be real and to cost what it is said to.
Points certified(const Setting& setting, const ParetoFront& front, std::uint32_t s, std::uint32_t t) {
  Points points;
  for (std::size_t i = 0; i < front.size(); ++i) {
    const worlds::Path path(front.arcs(i).begin(), front.arcs(i).end());
    EXPECT_TRUE(worlds::is_simple_path(setting.world.graph, path, s, t));
    EXPECT_EQ(worlds::cost(path, setting.time), front.first_cost[i]);
    EXPECT_EQ(worlds::cost(path, setting.risk), front.second_cost[i]);
    if (i > 0) {
      EXPECT_LT(front.first_cost[i - 1], front.first_cost[i]);
      EXPECT_GT(front.second_cost[i - 1], front.second_cost[i]);
    }
    points[front.first_cost[i]] = front.second_cost[i];
  }
  return points;
}

class RandomFronts : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomFronts, EqualEnumeration) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Setting setting = tiny(GetParam());
  for (std::uint32_t s = 0; s < setting.world.graph.nodes; ++s) {
    for (std::uint32_t t = 0; t < setting.world.graph.nodes; ++t) {
      const ParetoFront front = setting.front(s, t);
      EXPECT_EQ(front.status, ParetoStatus::complete);
      EXPECT_EQ(front.explored, kNoWay);
      EXPECT_EQ(certified(setting, front, s, t), expected(setting, s, t)) << s << " to " << t;
    }
  }
}

TEST_P(RandomFronts, WithinAnExcessAreTheirBeginnings) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Setting setting = tiny(GetParam());
  const auto cheapest = setting.world.from(0, setting.time);
  for (std::uint32_t t = 0; t < setting.world.graph.nodes; ++t) {
    Points within = expected(setting, 0, t);
    std::erase_if(within, [&](const auto& point) {
      return static_cast<double>(point.first) > 1.25 * static_cast<double>(cheapest[t]);
    });
    EXPECT_EQ(certified(setting, setting.front(0, t, {.excess = 0.25}), 0, t), within);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomFronts, testing::Range(std::uint64_t{1}, std::uint64_t{401}));

TEST(ParetoFront, AtTheLimitIsABeginning) {
  const worlds::Graph graph = worlds::grid(12);
  const Setting setting({graph, dissection_order(graph.nodes, joints(graph))}, 1, 30);
  const ParetoFront all = setting.front(0, 143);
  const Points whole = certified(setting, all, 0, 143);
  EXPECT_GT(all.size(), 10U);
  for (const std::size_t most : {std::size_t{0}, all.labels / 8, all.labels / 2}) {
    const ParetoFront some = setting.front(0, 143, {.most_labels = most});
    const Points part = certified(setting, some, 0, 143);
    EXPECT_EQ(some.status, ParetoStatus::limit);
    for (const auto& [time, risk] : whole) {
      EXPECT_TRUE(part.contains(time) || time >= some.explored);
    }
    for (const auto& [time, risk] : part) EXPECT_EQ(whole.at(time), risk);
  }
}

TEST(ParetoFront, IsEmptyWhereOneCostClosesAllWays) {
  const World world({2, {0}, {1}}, {0, 1});
  const std::vector<Weight> open = {1}, closed = {kClosed};
  const Metric a(world.hierarchy, open), b(world.hierarchy, closed);
  EXPECT_EQ(pareto_front({world.graph.tail, world.graph.head}, a, b, 0, 1).size(), 0U);
  EXPECT_EQ(pareto_front({world.graph.tail, world.graph.head}, b, a, 0, 1).size(), 0U);
}

/// Loops may weigh more than any way, and with one, costs would wrap round to less.
TEST(ParetoFront, PassesHeavyLoopsOver) {
  const worlds::Graph graph{3, {0, 1, 1}, {1, 1, 2}};
  const World world(graph, {0, 1, 2});
  const std::vector<Weight> time = {5, kClosed - 1, 7}, risk = {3, kClosed - 1, 4};
  const ParetoFront front = pareto_front({graph.tail, graph.head}, Metric(world.hierarchy, time),
                                         Metric(world.hierarchy, risk), 0, 2);
  EXPECT_EQ(front.first_cost, std::vector<Cost>{12});
  EXPECT_EQ(front.arc, (std::vector<std::uint32_t>{0, 2}));
}

TEST(ParetoFront, RefusesWhatDoesNotFit) {
  const Setting setting(World(4), 4, 9), other(worlds::large_world(), 1, 9);
  EXPECT_THROW(setting.front(0, 1000), OptionError);
  EXPECT_THROW(setting.front(0, 1, {.excess = -1}), OptionError);
  EXPECT_THROW(
      pareto_front({other.world.graph.tail, other.world.graph.head}, other.by_time, setting.by_time, 0, 1),
      OptionError);
}

TEST(ParetoFront, StopsWhenAskedTo) {
  const Setting setting(worlds::large_world(), 1, 9);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(setting.front(0, 4000, {}, {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
