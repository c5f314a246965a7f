#include "waywarden/hotspots/emerging.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;

/// "H" hot, "C" cold, "." neither, oldest first.
std::vector<BinHeat> heats(const std::string& text) {
  std::vector<BinHeat> steps;
  for (const char c : text) {
    steps.push_back(c == 'H' ? BinHeat::hot : c == 'C' ? BinHeat::cold : BinHeat::neither);
  }
  return steps;
}

std::string class_of(const std::string& text, Trend trend = Trend::neither) {
  return name(emerging_class(heats(text), trend));
}

TEST(EmergingClass, AllSeventeen) {
  EXPECT_EQ(class_of("...C......"), "no_pattern");
  EXPECT_EQ(class_of(".........H"), "new_hot");
  EXPECT_EQ(class_of("........HH"), "consecutive_hot");
  EXPECT_EQ(class_of(".HHHHHHHHH", Trend::up), "intensifying_hot");
  EXPECT_EQ(class_of(".HHHHHHHHH"), "persistent_hot");
  EXPECT_EQ(class_of(".HHHHHHHHH", Trend::down), "diminishing_hot");
  EXPECT_EQ(class_of("..H.H..HHH"), "sporadic_hot");
  EXPECT_EQ(class_of("..H.C..HHH"), "oscillating_hot");
  EXPECT_EQ(class_of("HHHHHHHHH."), "historical_hot");
  EXPECT_EQ(class_of(".........C"), "new_cold");
  EXPECT_EQ(class_of("........CC"), "consecutive_cold");
  EXPECT_EQ(class_of(".CCCCCCCCC", Trend::down), "intensifying_cold");
  EXPECT_EQ(class_of(".CCCCCCCCC"), "persistent_cold");
  EXPECT_EQ(class_of(".CCCCCCCCC", Trend::up), "diminishing_cold");
  EXPECT_EQ(class_of("..C.C..CCC"), "sporadic_cold");
  EXPECT_EQ(class_of("..C.H..CCC"), "oscillating_cold");
  EXPECT_EQ(class_of("CCCCCCCCC."), "historical_cold");
}

TEST(EmergingClass, NinetyPercentIsExact) {
  EXPECT_EQ(class_of("HHHHHHHH.H"), "persistent_hot");           // 9 of 10
  EXPECT_EQ(class_of("HHHHHHHHHH.H.HHHHHH"), "sporadic_hot");    // 17 of 19
  EXPECT_EQ(class_of("HHHHHHHHHHHHHHHHH.H"), "persistent_hot");  // 18 of 19
  EXPECT_EQ(class_of("HHHHHHHHHHHHHHHHH.."), "no_pattern");
  EXPECT_EQ(class_of("HHHHHHHHHHHHHHHHHH."), "historical_hot");
  EXPECT_EQ(class_of("..HHHHHHHHHHHHHHHHH"), "consecutive_hot");
  EXPECT_EQ(class_of(".HHHHHHHHHHHHHHHHHH"), "persistent_hot");
  EXPECT_EQ(class_of("HHHHHHHH"), "persistent_hot");
}

TEST(EmergingClass, TheLastStepComesFirst) {
  EXPECT_EQ(class_of("HHHHHHHHHC"), "new_cold");
  EXPECT_EQ(class_of("HHHHHHHHHHHHHHHHHHCC"), "consecutive_cold");
  EXPECT_EQ(class_of("HHHHHHHHHHHHHHHHCH.C"), "oscillating_cold");
  EXPECT_EQ(class_of("CHHHHHHHHH", Trend::up), "intensifying_hot");
  EXPECT_EQ(class_of("HHHHHHHHH.", Trend::up), "historical_hot");
}

TEST(EmergingClass, NewAndConsecutiveLookBackForTheirOwnKindOnly) {
  EXPECT_EQ(class_of("CC.......H"), "new_hot");
  EXPECT_EQ(class_of("CC......HH"), "consecutive_hot");
  EXPECT_EQ(class_of("HC......HH"), "oscillating_hot");
}

TEST(EmergingClass, FewSteps) {
  EXPECT_EQ(class_of(""), "no_pattern");
  EXPECT_EQ(class_of("H"), "new_hot");
  EXPECT_EQ(class_of("."), "no_pattern");
  EXPECT_EQ(class_of(".H"), "new_hot");
  EXPECT_EQ(class_of("HH"), "persistent_hot");
  EXPECT_EQ(class_of("H."), "no_pattern");
}

/// Every sequence of up to eight steps has one class, and hot and cold mirror each other.
TEST(EmergingClass, HotAndColdAreMirrorImages) {
  std::set<std::string> seen;
  for (unsigned code = 0; code < 6561; ++code) {
    std::string text, mirrored;
    for (unsigned i = 0, rest = code; i < 8; ++i, rest /= 3) {
      text += ".HC"[rest % 3];
      mirrored += ".CH"[rest % 3];
    }
    const std::string actual = class_of(text, Trend::up);
    std::string expected = class_of(mirrored, Trend::down);
    if (const auto at = expected.find("cold"); at != std::string::npos)
      expected.replace(at, 4, "hot");
    else if (const auto hot = expected.find("hot"); hot != std::string::npos)
      expected.replace(hot, 3, "cold");
    EXPECT_EQ(actual, expected) << text;
    // No rule but one of its kind for a last step that is significant.
    if (text.back() == 'H') {
      EXPECT_TRUE(actual.ends_with("_hot") && !actual.starts_with("historical"));
    }
    seen.insert(actual);
  }
  EXPECT_EQ(seen.size(), 11U);  // up alone, and 8 of 8 for 90 %: no persistent, no historical
}

constexpr std::size_t kSteps = 20;

/// A board of counts around 5 with patches of 19 hexagons, each with counts of its own over time.
struct Board {
  SpaceTimeCube cube;
  std::map<std::string, std::size_t> middle;
};

using Level = std::function<double(std::size_t)>;

Board board(const std::vector<std::pair<std::string, Level>>& patches) {
  Board made;
  const auto columns = static_cast<std::int32_t>(patches.size() * 8 + 4);
  for (std::size_t s = 0; s <= kSteps; ++s) made.cube.steps.bounds.push_back(static_cast<std::int64_t>(s));
  RandomStream stream(7, 0);
  for (std::int32_t q = 0; q < columns; ++q) {
    for (std::int32_t r = 0; r < 24; ++r) {
      const HexCell cell{q, r};
      const auto patch = static_cast<std::size_t>(q / 8);
      const HexCell centre{static_cast<std::int32_t>(patch) * 8 + 4, 12};
      const bool within = patch < patches.size() && hex_distance(cell, centre) <= 2;
      if (cell == centre && within) made.middle[patches[patch].first] = made.cube.cells.size();
      made.cube.cells.push_back(cell);
      for (std::size_t s = 0; s < kSteps; ++s) {
        const double mean = within ? patches[patch].second(s) : 8.0;
        const double noise = mean > 0.0 ? 2.0 * stream.uniform() - 1.0 : 0.0;
        made.cube.counts.push_back(static_cast<std::int64_t>(std::max(0.0, mean + noise)));
      }
    }
  }
  return made;
}

/// Hot (H), cold (C) or usual by a text of 20 letters.
Level by_text(const std::string& text) {
  return [text](std::size_t s) { return text[s] == 'H' ? 28.0 : text[s] == 'C' ? 0.0 : 8.0; };
}

TEST(EmergingHotspots, FindsAllSeventeenInAMadeCube) {
  const Board made = board({
      {"no_pattern", by_text("....................")},
      {"new_hot", by_text("...................H")},
      {"consecutive_hot", by_text(".............HHHHHHH")},
      {"intensifying_hot", [](std::size_t s) { return 20.0 + 0.8 * static_cast<double>(s); }},
      {"persistent_hot", [](std::size_t s) { return s % 2 == 0 ? 26.0 : 30.0; }},
      {"diminishing_hot", [](std::size_t s) { return 36.0 - 0.8 * static_cast<double>(s); }},
      {"sporadic_hot", by_text("..HHH.....HHHH...HHH")},
      {"oscillating_hot", by_text("..CCCC..HH..CC...HHH")},
      {"historical_hot", by_text("HHHHHHHHHHHHHHHHHHH.")},
      {"new_cold", by_text("...................C")},
      {"consecutive_cold", by_text(".............CCCCCCC")},
      {"intensifying_cold", [](std::size_t s) { return 5.0 - static_cast<double>(s) / 4.0; }},
      {"persistent_cold", [](std::size_t s) { return s % 2 == 0 ? 0.0 : 2.0; }},
      {"diminishing_cold", [](std::size_t s) { return static_cast<double>(s) / 4.0; }},
      {"sporadic_cold", by_text("..CCC.....CCCC...CCC")},
      {"oscillating_cold", by_text("..HHHH..CC..HH...CCC")},
      {"historical_cold", by_text("CCCCCCCCCCCCCCCCCCC.")},
  });
  EmergingOptions options;
  options.steps_back = 0;
  const EmergingResult result = emerging_hotspots(made.cube, options);
  EXPECT_EQ(result.bins.method, ProbabilityMethod::exact);
  for (const auto& [expected, cell] : made.middle) {
    EXPECT_EQ(name(result.emerging[cell]), expected);
  }
}

TEST(EmergingHotspots, OrderOfCellsAndThreadsDoNotMatter) {
  const Board made = board(
      {{"new_hot", by_text("...................H")}, {"sporadic_cold", by_text("..CCC.....CCCC...CCC")}});
  const SpaceTimeCube& cube = made.cube;
  const auto order = random_order(5, cube.cells.size());
  SpaceTimeCube shuffled{reordered(std::span(cube.cells), order), cube.steps, {}, {}, 0};
  for (const std::size_t cell : order) {
    shuffled.counts.insert(shuffled.counts.end(), cube.series(cell).begin(), cube.series(cell).end());
  }
  const EmergingResult first = emerging_hotspots(cube, {}, {.threads = 1});
  const EmergingResult second = emerging_hotspots(shuffled, {}, {.threads = 3});
  for (std::size_t row = 0; row < order.size(); ++row) {
    EXPECT_EQ(second.emerging[row], first.emerging[order[row]]);
    EXPECT_EQ(second.trend[row].z, first.trend[order[row]].z);
    EXPECT_EQ(second.hot_steps[row], first.hot_steps[order[row]]);
    for (std::size_t s = 0; s < kSteps; ++s) {
      EXPECT_EQ(second.bins.q[cube.bin(row, s)], first.bins.q[cube.bin(order[row], s)]);
    }
  }
}

TEST(EmergingHotspots, HeatFollowsTheBinsAndTheLevel) {
  const Board made = board({{"sporadic_hot", by_text("..HHH.....HHHH...HHH")}});
  for (const double level : {0.10, 0.05, 0.0001}) {
    EmergingOptions options;
    options.level = level;
    const EmergingResult result = emerging_hotspots(made.cube, options);
    std::size_t hot = 0, cold = 0;
    for (std::size_t bin = 0; bin < made.cube.counts.size(); ++bin) {
      const auto spot = name(result.bins.hotspot[bin]);
      const bool significant = result.bins.q[bin] && *result.bins.q[bin] <= level;
      EXPECT_EQ(result.heat[bin] == BinHeat::hot, significant && spot.starts_with("hot"));
      EXPECT_EQ(result.heat[bin] == BinHeat::cold, significant && spot.starts_with("cold"));
      hot += result.heat[bin] == BinHeat::hot ? 1 : 0;
      cold += result.heat[bin] == BinHeat::cold ? 1 : 0;
    }
    std::size_t hot_steps = 0, cold_steps = 0;
    for (const auto steps : result.hot_steps) hot_steps += steps;
    for (const auto steps : result.cold_steps) cold_steps += steps;
    EXPECT_EQ(hot_steps, hot);
    EXPECT_EQ(cold_steps, cold);
    EXPECT_GT(hot, 0U);
  }
}

TEST(EmergingHotspots, AConstantOrEmptyCubeHasNoPattern) {
  SpaceTimeCube cube;
  cube.steps.bounds = {0, 1, 2, 3};
  EXPECT_TRUE(emerging_hotspots(cube).emerging.empty());
  cube.cells = {{0, 0}, {1, 0}, {0, 1}};
  cube.counts.assign(9, 4);
  const EmergingResult result = emerging_hotspots(cube);
  EXPECT_EQ(result.emerging, std::vector(3, EmergingClass::none));
  EXPECT_EQ(result.trend[0].n, 0U);
  EXPECT_FALSE(result.trend[0].p.has_value());
}

TEST(EmergingHotspots, RefusesLevelsOutsideTheirDomain) {
  for (const double level : {0.0, -1.0, 0.2, std::numeric_limits<double>::quiet_NaN()}) {
    EmergingOptions options;
    options.level = level;
    EXPECT_THROW(emerging_hotspots({}, options), OptionError);
  }
  EmergingOptions options;
  options.trend_level = 1.0;
  EXPECT_THROW(emerging_hotspots({}, options), OptionError);
}

}  // namespace
}  // namespace waywarden
