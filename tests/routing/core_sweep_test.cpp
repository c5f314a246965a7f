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
  for (const Weight bound : {3U, 100U, kClosed - 1}) {
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
