#include "waywarden/flow/place_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_places.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using small::on_a_line;
using small::places_with;

class RandomPairs : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPairs, AreThoseOfAFullTable) {
  RandomStream random(GetParam(), 0);
  const std::size_t n = 8;
  Places places = places_with(small::random_weights(random, n), small::random_weights(random, n));
  if (GetParam() % 3 == 0) places.node[2] = NodeId::none();
  const small::Costs costs = small::random_costs(random, n, 0.3);
  const double cutoff = 4.0;
  const PlacePairs pairs = place_pairs(places, Skim(n, costs, {.cutoff = cutoff}));
  std::size_t at = 0, unreachable = 0, beyond = 0;
  double kept = 0.0, left_out = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      const double product = places.source_weight[i] * places.destination_weight[j];
      if (i == j || product == 0.0 || !places.node[i].exists() || !places.node[j].exists()) continue;
      const std::optional<double> cost = costs[j * n + i];
      unreachable += !cost;
      if (cost && *cost > cutoff) ++beyond, left_out += product;
      if (!cost || *cost > cutoff) continue;
      ASSERT_LT(at, pairs.size());
      EXPECT_EQ(pairs.table.row[at], i);
      EXPECT_EQ(pairs.table.column[at], j);
      EXPECT_EQ(pairs.table.value[at], product);
      EXPECT_EQ(pairs.cost[at++], *cost);
      kept += product;
    }
  }
  EXPECT_EQ(at, pairs.size());
  double up_to = 0.0, less = 0.0;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    up_to += pairs.cost[k] <= pairs.median_cost ? pairs.table.value[k] : 0.0;
    less += pairs.cost[k] < pairs.median_cost ? pairs.table.value[k] : 0.0;
  }
  EXPECT_GE(up_to, kept / 2.0 - 1e-12);
  EXPECT_LE(less, kept / 2.0 + 1e-12);
  EXPECT_EQ(pairs.unreachable, unreachable);
  EXPECT_EQ(pairs.beyond_cutoff, beyond);
  EXPECT_NEAR(pairs.share_beyond_cutoff, left_out > 0.0 ? left_out / (left_out + kept) : 0.0, 1e-14);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPairs, testing::Range(std::uint64_t{1}, std::uint64_t{31}));

TEST(PlacePairs, OfNothingAreNone) {
  const PlacePairs pairs = place_pairs(places_with({}, {}), on_a_line({}));
  EXPECT_EQ(pairs.size(), 0U);
  EXPECT_EQ(pairs.median_cost, 0.0);
}

TEST(PlacePairs, RefuseWeightsThatMakeNoSense) {
  const Skim skim = on_a_line({0.0, 1.0});
  EXPECT_THROW(place_pairs(places_with({-1.0, 1.0}, {1.0, 1.0}), skim), OptionError);
  EXPECT_THROW(place_pairs(places_with({1.0, 1.0}, {0.0, 0.0}), skim), OptionError);
  EXPECT_THROW(place_pairs(places_with({1e200, 1.0}, {1e200, 1.0}), skim), OptionError);
  EXPECT_THROW(place_pairs(places_with({1.0}, {1.0}), skim), OptionError);
}

TEST(PlacePairs, LongListsOfNamesAreCut) {
  const Places places = places_with(std::vector<double>(25, 1.0), std::vector<double>(25, 1.0));
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < 25; ++i) rows.push_back(i);
  EXPECT_NE(quoted(rows, places).find("'t' and 5 more"), std::string::npos) << quoted(rows, places);
  EXPECT_EQ(quoted({0, 2}, places), "'a', 'c'");
}

}  // namespace
}  // namespace waywarden
