#include "waywarden/scan/connected_windows.h"

#include <gtest/gtest.h>

#include "scan/studies.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using studies::Set;

bool hangs_together(const Set& set, const Weights& touching) {
  Set reached = {set[0]};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const std::uint32_t j : set) {
      const auto near = touching.neighbours(reached[i]);
      const auto back = touching.neighbours(j);
      const bool touch = std::find(near.begin(), near.end(), j) != near.end() ||
                         std::find(back.begin(), back.end(), reached[i]) != back.end();
      if (touch && std::find(reached.begin(), reached.end(), j) == reached.end()) reached.push_back(j);
    }
  }
  return reached.size() == set.size();
}

/// Every subset of each centre's nearest places, tried.
std::vector<Set> brute_force(const std::vector<Point>& places, const Weights& touching,
                             const std::vector<double>& measure, std::size_t k, double most) {
  std::set<Set> sets;
  for (std::uint32_t centre = 0; centre < places.size(); ++centre) {
    const auto apart = [&](std::uint32_t i) {
      return std::hypot(places[i].x - places[centre].x, places[i].y - places[centre].y);
    };
    Set near;
    for (std::uint32_t i = 0; i < places.size(); ++i) {
      std::size_t as_near = 0;
      for (std::uint32_t j = 0; j < places.size(); ++j) as_near += apart(j) <= apart(i) * (1 + 1e-9) ? 1 : 0;
      if (as_near <= k || i == centre) near.push_back(i);
    }
    for (std::uint32_t bits = 1; bits < (1U << near.size()); ++bits) {
      Set set;
      for (std::size_t b = 0; b < near.size(); ++b) {
        if ((bits >> b & 1U) != 0) set.push_back(near[b]);
      }
      if (std::find(set.begin(), set.end(), centre) == set.end()) continue;
      if (studies::sum_over(set, measure) <= most && hangs_together(set, touching)) sets.insert(set);
    }
  }
  return {sets.begin(), sets.end()};
}

class ConnectedWindows : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ConnectedWindows, AreAllConnectedSetsNearTheCentre) {
  std::mt19937_64 random(GetParam());
  const auto places = studies::random_places(random, 16);
  const Weights touching = studies::touching(places, 35.0);
  std::vector<double> measure;
  for (std::size_t i = 0; i < 16; ++i) measure.push_back(static_cast<double>(1 + random() % 9));
  const double share = GetParam() % 2 == 0 ? 1.0 : 0.3;
  const double most = most_measure(measure, {share, {}});
  const Windows windows = connected_windows(places, touching, measure, {.most_places = 6}, {share, {}});
  EXPECT_EQ(studies::sets_of(windows), brute_force(places, touching, measure, 6, most));
  EXPECT_LE(windows.deepest(), 6U);
  for (std::size_t row = 0; row < windows.rows(); ++row) {
    std::set<Set> once;
    for (std::size_t k = 0; k < windows.steps(row).size(); ++k) {
      EXPECT_TRUE(once.insert(members(windows, row, k)).second);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ConnectedWindows, testing::Range<std::uint64_t>(0, 40));

TEST(ConnectedWindows, KeepWithinTheDistance) {
  const std::vector<Point> places = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
  const Weights line = studies::touching(places, 1.0);
  const std::vector<double> measure(4, 1.0);
  const auto sets = studies::sets_of(connected_windows(places, line, measure, {}, {1.0, 1.5}));
  EXPECT_EQ(sets, (std::vector<Set>{{0}, {0, 1}, {0, 1, 2}, {1}, {1, 2}, {1, 2, 3}, {2}, {2, 3}, {3}}));
}

TEST(ConnectedWindows, RefuseWhatMakesNoSense) {
  const std::vector<Point> places = {{0, 0}, {1, 0}};
  const Weights pair = studies::touching(places, 1.0);
  const std::vector<double> measure = {1, 1};
  EXPECT_THROW(connected_windows(places, pair, measure, {.most_places = 0}, {}), OptionError);
  EXPECT_THROW(connected_windows(places, pair, measure, {.most_places = 21}, {}), OptionError);
  EXPECT_THROW(connected_windows(places, {}, measure, {}, {}), OptionError);
  EXPECT_EQ(connected_windows({}, {}, {}, {}, {}).rows(), 0U);
}

}  // namespace
}  // namespace waywarden
