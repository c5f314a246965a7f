#include "waywarden/linear_network/linear_network.h"

#include <gtest/gtest.h>

#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(LinearNetwork, BranchesLeaveBothEndsAndALoopTwice) {
  const LinearNetwork network(3, {{0, 1, 2.0}, {1, 1, 3.0}, {1, 0, 4.0}});
  EXPECT_EQ(network.node_count(), 3U);
  EXPECT_EQ(network.edge_count(), 3U);
  EXPECT_EQ(network.total_length(), 9.0);
  EXPECT_EQ(network.degree(0), 2U);
  EXPECT_EQ(network.degree(1), 4U);
  EXPECT_EQ(network.degree(2), 0U);
  std::vector<std::uint32_t> ways;
  for (const auto& branch : network.branches(1)) {
    ways.push_back(branch.way);
    EXPECT_EQ(branch.way / 2, branch.edge);
    EXPECT_EQ(network.head(branch.way), branch.node);
    EXPECT_EQ(network.head(branch.way ^ 1U), 1U);
    EXPECT_EQ(branch.length, network.edge(branch.edge).length);
  }
  EXPECT_EQ(ways, (std::vector<std::uint32_t>{1, 2, 3, 4}));
}

TEST(LinearNetwork, EmptyIsANetwork) {
  EXPECT_EQ(LinearNetwork().node_count(), 0U);
  EXPECT_EQ(LinearNetwork(0, {}).total_length(), 0.0);
}

TEST(LinearNetwork, WhatCannotBeIsRefused) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THROW(LinearNetwork(2, {{0, 2, 1.0}}), InputError);
  EXPECT_THROW(LinearNetwork(2, {{2, 0, 1.0}}), InputError);
  for (const double length : {-1.0, nan, infinity}) {
    EXPECT_THROW(LinearNetwork(2, {{0, 1, length}}), InputError) << length;
  }
  EXPECT_THROW(LinearNetwork(2, {{0, 1, 1e308}, {0, 1, 1e308}}), InputError);
  EXPECT_NO_THROW(LinearNetwork(2, {{0, 1, 0.0}}));
}

TEST(LinearNetwork, PositionsMustLieOnIt) {
  const LinearNetwork network(2, {{0, 1, 2.0}});
  const std::vector<LinePosition> good = {{0, 0.0}, {0, 2.0}};
  EXPECT_NO_THROW(require_on(network, good));
  for (const LinePosition bad : {LinePosition{1, 0.0}, LinePosition{0, -0.1}, LinePosition{0, 2.1},
                                 LinePosition{0, std::numeric_limits<double>::quiet_NaN()}}) {
    EXPECT_THROW(require_on(network, {&bad, 1}), InputError);
  }
}

}  // namespace
}  // namespace waywarden
