#include "waywarden/hotspots/segments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

bool share_a_node(const LinearNetwork::Edge& a, const LinearNetwork::Edge& b) {
  return a.first == b.first || a.first == b.second || a.second == b.first || a.second == b.second;
}

class Segments : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Segments, NeighboursShareNodesStepByStep) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 14, 16);
  std::vector<std::set<std::uint32_t>> within(network.edge_count());
  for (std::uint32_t e = 0; e < network.edge_count(); ++e) within[e] = {e};
  for (unsigned steps = 0; steps <= 4; ++steps) {
    const Weights weights = segment_neighbours(network, steps);
    require_valid(weights);
    for (std::uint32_t e = 0; e < network.edge_count(); ++e) {
      std::set<std::uint32_t> others = within[e];
      others.erase(e);
      const auto row = weights.neighbours(e);
      EXPECT_TRUE(std::ranges::equal(row, others)) << steps;
    }
    for (auto& set : within) {
      const auto before = set;
      for (const std::uint32_t a : before)
        for (std::uint32_t b = 0; b < network.edge_count(); ++b)
          if (share_a_node(network.edge(a), network.edge(b))) set.insert(b);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Segments, testing::Range(std::uint64_t{0}, std::uint64_t{20}));

TEST(SegmentCounts, AreWeightsPerEdgeAndKilometre) {
  const LinearNetwork network(2, {{0, 1, 500.0}, {0, 1, 2000.0}, {0, 1, 0.0}});
  const std::vector<std::optional<LinePosition>> positions = {LinePosition{0, 10.0}, std::nullopt,
                                                              LinePosition{1, 2000.0}, LinePosition{0, 0.0}};
  const SegmentCounts counts = count_by_segment(network, positions);
  EXPECT_EQ(counts.count, (std::vector<double>{2.0, 1.0, 0.0}));
  EXPECT_EQ(counts.per_km, (std::vector<std::optional<double>>{4.0, 0.5, std::nullopt}));
  EXPECT_EQ(counts.unassigned, 1.0);
  const std::vector<double> people = {3.0, 5.0, 0.0, 0.5};
  EXPECT_EQ(count_by_segment(network, positions, people).count, (std::vector<double>{3.5, 0.0, 0.0}));
  EXPECT_EQ(count_by_segment(network, positions, people).unassigned, 5.0);
}

TEST(SegmentCounts, WhatCannotBeIsRefused) {
  const LinearNetwork network(2, {{0, 1, 500.0}});
  const std::vector<std::optional<LinePosition>> good = {LinePosition{0, 10.0}},
                                                 off = {LinePosition{0, 501.0}};
  EXPECT_THROW(count_by_segment(network, off), InputError);
  EXPECT_THROW(count_by_segment(network, good, std::vector<double>{-1.0}), InputError);
  EXPECT_THROW(count_by_segment(network, good, std::vector<double>{1.0, 1.0}), InputError);
  EXPECT_TRUE(count_by_segment(LinearNetwork(), {}).count.empty());
}

}  // namespace
}  // namespace waywarden
