#include "waywarden/network/joints.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

Link line(std::vector<Point> vertices, std::int16_t level = 0) {
  Link link{std::move(vertices), {}};
  link.facts.level = level;
  return link;
}

std::vector<bool> joined(const std::vector<Link>& lines) {
  const Joints joints(lines);
  std::vector<bool> found;
  for (const Link& link : lines) {
    for (std::size_t i = 0; i < link.line.size(); ++i) found.push_back(joints.joined(found.size()));
  }
  return found;
}

TEST(Joints, AreSharedVerticesOfALevel) {
  EXPECT_EQ(joined({line({{0, 0}, {1, 0}, {2, 0}}), line({{1, -1}, {1, 0}, {1, 1}})}),
            (std::vector<bool>{true, true, true, true, true, true}));
  EXPECT_EQ(joined({line({{0, 0}, {1, 0}, {2, 0}}), line({{1, -1}, {1, 0}, {1, 1}}, 1)}),
            (std::vector<bool>{true, false, true, true, false, true}));
  EXPECT_EQ(joined({}), std::vector<bool>{});
}

/// The definition, with ordered sets.
std::vector<bool> slowly_joined(const std::vector<Link>& lines) {
  std::map<std::pair<Point, int>, int> uses;
  for (const Link& link : lines) {
    for (const Point p : link.line) ++uses[{p, link.facts.level}];
  }
  std::set<Point> alone;
  for (const Link& link : lines) {
    for (const Point end : {link.line.front(), link.line.back()}) {
      if (uses[{end, link.facts.level}] == 1) alone.insert(end);
    }
  }
  std::vector<bool> found;
  for (const Link& link : lines) {
    for (const Point p : link.line) found.push_back(uses[{p, link.facts.level}] > 1 || alone.contains(p));
  }
  return found;
}

class RandomJoints : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomJoints, AreThoseOfTheDefinition) {
  RandomStream random(GetParam(), 1, 83);
  std::vector<Link> lines;
  for (std::uint32_t i = 0; i < 1 + random.below(30); ++i) {
    std::vector<Point> vertices;
    for (std::uint32_t v = 0; v < 2 + random.below(5); ++v) {
      vertices.push_back({static_cast<double>(random.below(7)), static_cast<double>(random.below(5))});
    }
    lines.push_back(
        line(std::move(vertices), static_cast<std::int16_t>(static_cast<int>(random.below(3)) - 1)));
  }
  EXPECT_EQ(joined(lines), slowly_joined(lines)) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomJoints, testing::Range(std::uint64_t{1}, std::uint64_t{401}));

}  // namespace
}  // namespace waywarden
