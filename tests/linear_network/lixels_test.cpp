#include "waywarden/linear_network/lixels.h"

#include <gtest/gtest.h>

#include <cmath>

#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(Lixels, AreEquallyLongFewestAndMeet) {
  const LinearNetwork network = line_worlds::random_network(7, 5, 12);
  for (const double longest : {0.01, 0.3, 1.0, 100.0}) {
    const Lixels rows = lixels(network, Metres{longest});
    ASSERT_EQ(rows.first.size(), network.edge_count() + 1);
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      const double length = network.edge(e).length;
      const std::size_t count = rows.first[e + 1] - rows.first[e];
      EXPECT_EQ(count, static_cast<std::size_t>(std::ceil(length / longest)));
      EXPECT_EQ(rows.from[rows.first[e]], 0.0);
      EXPECT_EQ(rows.to[rows.first[e + 1] - 1], length);
      for (std::size_t i = rows.first[e]; i < rows.first[e + 1]; ++i) {
        EXPECT_EQ(rows.edge[i], e);
        EXPECT_NEAR(rows.length(i), length / static_cast<double>(count), 1e-12);
        EXPECT_EQ(rows.from[i], i > rows.first[e] ? rows.to[i - 1] : 0.0);
      }
    }
  }
}

TEST(Lixels, EdgesWithoutLengthHaveNone) {
  const LinearNetwork network(2, {{0, 1, 0.0}, {0, 1, 2.0}});
  EXPECT_EQ(lixels(network, Metres{1.0}).edge, (std::vector<std::uint32_t>{1, 1}));
  EXPECT_THROW(lixels(network, Metres{0.0}), OptionError);
  EXPECT_THROW(lixels(network, Metres{1e-12}), OptionError);
}

TEST(Lixels, AtPositionsHaveNoLength) {
  const LinearNetwork network(2, {{0, 1, 1.0}, {0, 1, 2.0}});
  const std::vector<LinePosition> positions = {{0, 0.5}, {1, 0.0}, {1, 2.0}};
  const Lixels rows = lixels_at(network, positions);
  EXPECT_EQ(rows.first, (std::vector<std::size_t>{0, 1, 3}));
  EXPECT_EQ(rows.centre(2), 2.0);
  EXPECT_EQ(rows.length(2), 0.0);
  const std::vector<LinePosition> unordered = {{1, 0.0}, {0, 0.5}};
  EXPECT_THROW(lixels_at(network, unordered), InputError);
}

}  // namespace
}  // namespace waywarden
