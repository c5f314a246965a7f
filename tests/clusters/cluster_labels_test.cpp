#include "waywarden/clusters/cluster_labels.h"

#include <gtest/gtest.h>

#include "waywarden/clusters/detail/labelling.h"

namespace waywarden {
namespace {

using detail::kNoCluster;

TEST(ClusterLabels, LargestFirstThenBySmallestMember) {
  const std::vector<std::uint32_t> group = {7, 2, kNoCluster, 2, 5, 7, 5, 5};
  const std::vector<std::uint32_t> order = {0, 1, 2, 3, 4, 5, 6, 7};
  const ClusterLabels labels = detail::labels(group, order);
  EXPECT_EQ(labels.sizes, (std::vector<std::size_t>{3, 2, 2}));
  const std::vector<std::optional<std::uint32_t>> expected = {1, 2, std::nullopt, 2, 0, 1, 0, 0};
  EXPECT_EQ(labels.cluster, expected);
}

TEST(ClusterLabels, GoBackToTheRows) {
  const std::vector<double> rows = {5.0, 1.0, 3.0, 1.0};
  const auto order = detail::canonical_order(std::span(rows));
  EXPECT_EQ(order, (std::vector<std::uint32_t>{1, 3, 2, 0}));
  const std::vector<std::uint32_t> group = {0, 0, kNoCluster, 3};
  const std::vector<std::optional<std::uint32_t>> expected = {1, 0, std::nullopt, 0};
  EXPECT_EQ(detail::labels(group, order).cluster, expected);
}

TEST(ClusterLabels, OfNothing) {
  EXPECT_TRUE(detail::labels({}, {}).cluster.empty());
  const std::vector<std::uint32_t> noise = {kNoCluster, kNoCluster}, order = {1, 0};
  EXPECT_TRUE(detail::labels(noise, order).sizes.empty());
}

}  // namespace
}  // namespace waywarden
