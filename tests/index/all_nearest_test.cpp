#include "waywarden/index/all_nearest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Lists = std::vector<std::vector<SquaredHit>>;

Lists found(const std::vector<Point>& points, std::size_t k, unsigned threads = 1) {
  Lists lists(points.size());
  all_nearest(points, k, {.threads = threads}, [&](std::size_t i, std::span<const SquaredHit> hits) {
    lists[i].assign(hits.begin(), hits.end());
    std::sort(lists[i].begin(), lists[i].end());
  });
  return lists;
}

Lists by_comparing_all(const std::vector<Point>& points, std::size_t k) {
  Lists lists(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < points.size(); ++j) {
      const double dx = points[j].x - points[i].x, dy = points[j].y - points[i].y;
      if (i != j) lists[i].push_back({dx * dx + dy * dy, static_cast<std::uint32_t>(j)});
    }
    std::sort(lists[i].begin(), lists[i].end(), [&](const SquaredHit& a, const SquaredHit& b) {
      return std::tuple(a.squared_distance, points[a.index], a.index) <
             std::tuple(b.squared_distance, points[b.index], b.index);
    });
    lists[i].resize(std::min(k, lists[i].size()));
    std::sort(lists[i].begin(), lists[i].end());
  }
  return lists;
}

class AllNearest : public ::testing::TestWithParam<std::uint64_t> {};

/// On whole coordinates in every third world: many ties, and points on top of each other.
TEST_P(AllNearest, EqualsComparingAll) {
  RandomStream stream(GetParam(), 0);
  const std::size_t n = stream.below(220), k = stream.below(12);
  std::vector<Point> points;
  for (std::size_t i = 0; i < n; ++i) {
    const bool whole = GetParam() % 3 == 0, cluster = stream.below(2) == 0;
    const double scale = cluster ? 1.0 : 1000.0;
    points.push_back(whole ? Point{double(stream.below(6)), double(stream.below(6))}
                           : Point{scale * stream.normal(), stream.normal()});
  }
  EXPECT_EQ(found(points, k), by_comparing_all(points, k));
  EXPECT_EQ(found(points, k, 4), found(points, k));
}
INSTANTIATE_TEST_SUITE_P(Seeds, AllNearest, ::testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(AllNearestOf, NothingAndOnePoint) {
  EXPECT_TRUE(found({}, 3).empty());
  EXPECT_TRUE(found({{1, 2}}, 3)[0].empty());
}

TEST(AllNearestOf, ManyPointsInOnePlaceTakesNoLonger) {
  const auto lists = found(std::vector<Point>(20'000, Point{3, 4}), 2);
  EXPECT_EQ(lists[7], (std::vector<SquaredHit>{{0.0, 0}, {0.0, 1}}));
}

TEST(AllNearestOf, RefusesWhatHasNoDistance) {
  EXPECT_THROW(found({{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 0}}, 1), InputError);
  EXPECT_THROW(found({{0, 0}, {0, 1e200}}, 1), InputError);
}

}  // namespace
}  // namespace waywarden
