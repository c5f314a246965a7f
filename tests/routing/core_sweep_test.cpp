#include "waywarden/routing/core_sweep.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "worlds/random_network.h"
#include "worlds/random_weights.h"

namespace waywarden {
namespace {

class CoreSweeps : public testing::TestWithParam<std::uint64_t> {};

/// `CoreQuery` is compared with Dijkstra's algorithm in a test of its own.
TEST_P(CoreSweeps, DistancesAndArcsAreThoseFoundNodeByNode) {
  const Network network = worlds::random_network(GetParam(), {.rows = 7, .columns = 7, .missing = 0.25});
  RandomStream random(GetParam(), 3, 78);
  std::vector<NodeId> terminals;
  for (int i = 0; i < 9; ++i) terminals.push_back(NodeId(random.below(49)));
  const Core core(network, terminals);
  CoreQuery query(core);
  CoreSweep sweep(core);
  // All distances have 32 bits, some have more, and so have single arcs.
  for (const Weight bound : {3U, 100U, 1U << 28U, 1U << 30U, kClosed - 1}) {
    const CoreMetric metric(core, worlds::random_weights(GetParam(), network.edge_count(), 1, bound));
    std::vector<CoreNode> roots(1 + random.below(16));
    for (CoreNode& root : roots) root = CoreNode(random.below(static_cast<std::uint32_t>(core.node_count())));
    sweep.search_to(roots, metric);
    for (std::size_t i = 0; i < roots.size(); ++i) {
      query.search_to(roots[i], metric);
      for (std::size_t n = 0; n < core.node_count(); ++n) {
        EXPECT_EQ(sweep.distance(i, CoreNode(n)), query.distance(CoreNode(n))) << "seed " << GetParam();
        EXPECT_EQ(sweep.arc(i, CoreNode(n)), query.arc(CoreNode(n))) << "seed " << GetParam();
      }
    }
  }
}

/// Asked in another order, and first about few nodes: what is settled when changes nothing.
TEST_P(CoreSweeps, FindTheSameInAnyOrder) {
  const Network network = worlds::random_network(GetParam(), {.rows = 9, .columns = 9, .missing = 0.2});
  const Core core(network, std::vector<NodeId>{NodeId(0), NodeId(40), NodeId(80)});
  RandomStream random(GetParam(), 4, 78);
  const auto nodes = static_cast<std::uint32_t>(core.node_count());
  CoreSweep sweep(core);
  for (int search = 0; search < 4; ++search) {
    const CoreMetric metric(
        core, worlds::random_weights(GetParam() + 1000, network.edge_count(), 1, search < 2 ? 9 : 1U << 29U));
    std::vector<CoreNode> roots(search % 2 == 0 ? 16 : 3);
    for (CoreNode& root : roots) root = CoreNode(random.below(nodes));
    CoreSweep fresh(core);
    fresh.search_to(roots, metric);
    sweep.search_to(roots, metric);
    for (int question = 0; question < 6; ++question) {
      const CoreNode n(random.below(nodes));
      const std::size_t root = random.below(static_cast<std::uint32_t>(roots.size()));
      EXPECT_EQ(sweep.arc(root, n), fresh.arc(root, n)) << "seed " << GetParam();
      const Distance whole = fresh.distance(root, n);
      EXPECT_EQ(sweep.distance(root, n), whole) << "seed " << GetParam();
      ASSERT_EQ(sweep.distances(n).size(), roots.size());
      if (whole == kUnreachable) {
        EXPECT_GE(sweep.distances(n)[root], CoreSweep::kNoWay);
      } else {
        EXPECT_EQ(sweep.distances(n)[root], static_cast<double>(whole));
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CoreSweeps, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

TEST(CoreSweep, RefusesTooManyRootsNoneAndFreeArcs) {
  const Network network = worlds::random_network(1);
  const Core core(network, std::vector<NodeId>{NodeId(0), NodeId(9)});
  const CoreMetric metric(core, std::vector<Weight>(network.edge_count(), 0));
  CoreSweep sweep(core);
  EXPECT_THROW(sweep.search_to({}, metric), OptionError);
  EXPECT_THROW(sweep.search_to(std::vector<CoreNode>(17, CoreNode(0)), metric), OptionError);
  sweep.search_to(std::vector<CoreNode>(5, CoreNode(0)), metric);
  EXPECT_EQ(sweep.distance(4, CoreNode(1)), 0U);
  EXPECT_THROW(sweep.arc(4, CoreNode(1)), OptionError);
}

}  // namespace
}  // namespace waywarden
