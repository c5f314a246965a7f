#include "waywarden/flow/skim.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/routing/router.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

TEST(Skim, EqualsThePlainRouterOnTheWholeNetwork) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Network network = worlds::random_network(seed, {.missing = 0.3, .one_way = 0.3});
    Places places = worlds::random_places(seed, network, 9, 30);
    places.node[4] = NodeId::none();
    const EdgeCosts costs = edge_costs(network, {});
    const Skim table = skim(Core(network, places.node), costs, places, {.threads = 2});
    const EdgeWeights weights = to_weights(costs.generalised);
    for (std::size_t j = 0; j < places.size(); ++j) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        const auto cost = table.cost(PlaceId(i), PlaceId(j));
        if (i == 4 || j == 4) {
          EXPECT_FALSE(cost);
          continue;
        }
        const SearchTree tree = dijkstra_router(network)->search(std::span(&places.node[j], 1),
                                                                 weights.per_edge, Direction::to_roots);
        const Distance distance = tree.distance[places.node[i].index()];
        ASSERT_EQ(cost.has_value(), distance != kUnreachable) << "seed " << seed;
        if (cost) {
          EXPECT_EQ(*cost, static_cast<double>(distance) * weights.unit);
        }
      }
    }
  }
}

TEST(Skim, NamesAPlaceThatTheCoreLeftOut) {
  const Network network = worlds::random_network(1);
  const Places places = worlds::random_places(1, network, 3, 30);
  const Core core(network, {});
  try {
    skim(core, edge_costs(network, {}), places, {});
    FAIL() << "no error";
  } catch (const OptionError& error) {
    EXPECT_NE(error.reason().find("'place-"), std::string::npos);
  }
}

TEST(Skim, RefusesPlacesThatAreNotThere) {
  const Skim table(2, std::vector<std::optional<double>>{0.0, 1.0, 1.0, 0.0});
  EXPECT_EQ(table.cost(PlaceId(0), PlaceId(1)), 1.0);
  EXPECT_THROW(table.cost(PlaceId(2), PlaceId(1)), OptionError);
  EXPECT_THROW(table.cost(PlaceId(0), PlaceId::none()), OptionError);
}

TEST(Skim, CutoffLeavesOutWhatIsDearer) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Network network = worlds::random_network(seed, {.missing = 0.3, .one_way = 0.3});
    const Places places = worlds::random_places(seed, network, 9, 30);
    const Core core(network, places.node);
    const EdgeCosts costs = edge_costs(network, {});
    const Skim all = skim(core, costs, places, {});
    std::vector<double> known;
    for (std::size_t j = 0; j < places.size(); ++j) {
      const std::vector<double>& to = all.to(PlaceId(j)).cost;
      known.insert(known.end(), to.begin(), to.end());
    }
    std::sort(known.begin(), known.end());
    const double cutoff = known[known.size() / 2];
    const Skim near = skim(core, costs, places, {.threads = 2}, {.cutoff = cutoff});
    for (std::size_t j = 0; j < places.size(); ++j) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        const auto full = all.cost(PlaceId(i), PlaceId(j)), cut = near.cost(PlaceId(i), PlaceId(j));
        EXPECT_EQ(cut, full && *full <= cutoff ? full : std::nullopt) << "seed " << seed;
        EXPECT_EQ(near.beyond_cutoff(PlaceId(i), PlaceId(j)), full && *full > cutoff);
        EXPECT_EQ(near.joins(PlaceId(i), PlaceId(j)), full.has_value());
      }
    }
  }
}

TEST(Skim, RefusesACutoffThatIsNone) {
  const std::vector<std::optional<double>> costs{0.0};
  EXPECT_THROW(Skim(1, costs, {.cutoff = -1.0}), OptionError);
  EXPECT_THROW(Skim(1, costs, {.cutoff = std::numeric_limits<double>::infinity()}), OptionError);
  EXPECT_THROW(Skim(2, costs), OptionError);
}

TEST(Skim, RefusesPlacesOfAnotherNetwork) {
  const Network network = worlds::random_network(1);
  Places places = worlds::random_places(1, network, 3, 30);
  const Core core(network, places.node);
  places.node[1] = NodeId(network.node_count());
  EXPECT_THROW(skim(core, edge_costs(network, {}), places, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
