#include "waywarden/hotspots/censored_getis_ord.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;
using Counts = std::vector<std::int64_t>;
using Lists = std::vector<std::vector<std::uint32_t>>;

int warmth(HotspotClass c) {
  constexpr std::array kOrder = {HotspotClass::cold_99,         HotspotClass::cold_95, HotspotClass::cold_90,
                                 HotspotClass::not_significant, HotspotClass::hot_90,  HotspotClass::hot_95,
                                 HotspotClass::hot_99};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), c) - kOrder.begin());
}

GetisOrdResult exact(const Counts& counts, const Weights& weights) {
  const std::vector<double> values(counts.begin(), counts.end());
  return getis_ord(values, weights, {.method = ProbabilityMethod::exact});
}

/// Row i on a line knows the cells up to two steps away.
Weights line(std::uint32_t cells) {
  Lists lists(cells);
  for (std::uint32_t i = 0; i < cells; ++i)
    for (std::uint32_t j = i < 2 ? 0 : i - 2; j <= std::min(cells - 1, i + 2); ++j)
      if (j != i) lists[i].push_back(j);
  return binary_weights(lists);
}

/// What `getis_ord` finds for these counts lies within the bounds.
void expect_within(const CensoredGetisOrd& bounds, const Counts& counts, const Weights& weights) {
  const auto found = exact(counts, weights);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!found.z[i]) continue;
    ASSERT_TRUE(bounds.z_low[i]);
    EXPECT_GE(*found.z[i], *bounds.z_low[i] - 1e-9);
    EXPECT_LE(*found.z[i], *bounds.z_high[i] + 1e-9);
    EXPECT_GE(*found.p[i], *bounds.p_low[i] - 1e-11);
    EXPECT_LE(*found.p[i], *bounds.p_high[i] + 1e-11);
    EXPECT_GE(*found.q[i], *bounds.q_low[i] - 1e-11);
    EXPECT_LE(*found.q[i], *bounds.q_high[i] + 1e-11);
    EXPECT_GE(warmth(found.hotspot[i]), warmth(bounds.coldest[i]));
    EXPECT_LE(warmth(found.hotspot[i]), warmth(bounds.hottest[i]));
  }
}

TEST(CensoredGetisOrd, ExactCountsAreGetisOrd) {
  const Counts counts = {0, 0, 0, 0, 1, 0, 0, 9, 8, 9, 9, 8, 0, 1, 0, 2};
  const Weights weights = line(16);
  const auto bounds = censored_getis_ord({counts, counts}, weights);
  const auto found = exact(counts, weights);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    EXPECT_NEAR(*bounds.z_low[i], *found.z[i], 1e-9);
    EXPECT_NEAR(*bounds.z_high[i], *found.z[i], 1e-9);
    EXPECT_NEAR(*bounds.p_low[i], *found.p[i], 1e-12);
    EXPECT_NEAR(*bounds.p_high[i], *found.p[i], 1e-12);
    EXPECT_EQ(bounds.coldest[i], found.hotspot[i]);
    EXPECT_EQ(bounds.hottest[i], found.hotspot[i]);
  }
  EXPECT_EQ(bounds.sure(), counts.size());
  EXPECT_GT(found.count(HotspotClass::hot_95), 0U);
}

/// A hump so high that no count below 5 elsewhere can hide it.
TEST(CensoredGetisOrd, ClearHotSpotsStaySure) {
  CountRanges counts{Counts(60, 0), Counts(60, 1)};
  for (std::size_t i = 20; i < 27; ++i) counts.low[i] = counts.high[i] = 40;
  const auto bounds = censored_getis_ord(counts, line(60));
  EXPECT_EQ(bounds.coldest[23], HotspotClass::hot_99);
  EXPECT_EQ(bounds.hottest[23], HotspotClass::hot_99);
  // Four zeros among ones would be cold, four ones among zeros are nothing: nobody can be sure there.
  EXPECT_EQ(bounds.coldest[50], HotspotClass::cold_99);
  EXPECT_EQ(bounds.hottest[50], HotspotClass::not_significant);
}

TEST(CensoredGetisOrd, NamesWhatIsUndefined) {
  const auto bounds =
      censored_getis_ord({{1, 2, 3, 4}, {1, 2, 3, 4}}, binary_weights({{1}, {0}, {0, 1, 3}, {}}));
  EXPECT_EQ(bounds.state[2], LocalState::all_neighbours);
  EXPECT_EQ(bounds.state[3], LocalState::island);
  EXPECT_EQ(bounds.hottest[3], HotspotClass::undefined);
  const auto flat = censored_getis_ord({{2, 2, 2}, {2, 2, 2}}, binary_weights({{1}, {0}, {0}}));
  EXPECT_EQ(flat.state[0], LocalState::constant);
  EXPECT_EQ(flat.sure(), 0U);
  EXPECT_TRUE(censored_getis_ord({}, {}).state.empty());
}

TEST(CensoredGetisOrd, RefusesWhatDoesNotFit) {
  const Weights two = binary_weights({{1}, {0}});
  EXPECT_THROW(censored_getis_ord({{1, 1}, {0, 1}}, two), InputError);
  EXPECT_THROW(censored_getis_ord({{-1, 1}, {0, 1}}, two), InputError);
  EXPECT_THROW(censored_getis_ord({{1, 1}, {1}}, two), InputError);
  EXPECT_THROW(censored_getis_ord({{1}, {1}}, two), InputError);
  EXPECT_THROW(
      censored_getis_ord({{1, 900'000'000, 5}, {1, 900'000'000, 5}}, binary_weights({{1}, {0}, {0}})),
      InputError);
  Weights uneven = binary_weights({{1, 2}, {0}, {0}});
  uneven.weight = {1.0, 2.0, 1.0, 1.0};
  EXPECT_THROW(censored_getis_ord({{1, 2, 3}, {1, 2, 3}}, uneven), OptionError);
}

class RandomRanges : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  RandomStream stream_{GetParam(), 0};
  CountRanges counts_;
  Lists lists_;

  void make(std::uint32_t cells, std::uint32_t largest, std::uint32_t width) {
    lists_.resize(cells);
    for (std::uint32_t i = 0; i < cells; ++i) {
      counts_.low.push_back(i < cells / 4 ? 2 * largest : stream_.below(largest));
      counts_.high.push_back(counts_.low.back() + stream_.below(width));
      for (std::uint32_t j = i < 2 ? 0 : i - 2; j <= std::min(cells - 1, i + 2); ++j)
        if (j != i && stream_.below(8) != 0) lists_[i].push_back(j);
    }
  }
};

/// All counts that fit, one after the other: bounds hold, and each tail's ends are met.
TEST_P(RandomRanges, HoldForEveryCountThatFits) {
  make(7, 4, 3);
  const Weights weights = binary_weights(lists_);
  const auto bounds = censored_getis_ord(counts_, weights);
  std::vector<double> least(7, 2.0);
  for (Counts counts = counts_.low;;) {
    expect_within(bounds, counts, weights);
    const auto found = exact(counts, weights);
    for (std::size_t i = 0; i < 7; ++i)
      if (found.p[i]) least[i] = std::min(least[i], *found.p[i]);
    std::size_t i = 0;
    while (i < 7 && counts[i] == counts_.high[i]) counts[i] = counts_.low[i], ++i;
    if (i == 7) break;
    ++counts[i];
  }
  for (std::size_t i = 0; i < 7; ++i)
    EXPECT_NEAR(bounds.p_low[i] ? least[i] : 0.0, bounds.p_low[i].value_or(0.0), 1e-11) << "cell " << i;
}

TEST_P(RandomRanges, HoldForCountsAtRandom) {
  make(60, 5, 4);
  const Weights weights = binary_weights(lists_);
  const auto bounds = censored_getis_ord(counts_, weights);
  for (int draw = 0; draw < 20; ++draw) {
    Counts counts;
    for (std::size_t i = 0; i < 60; ++i)
      counts.push_back(counts_.low[i] +
                       stream_.below(static_cast<std::uint32_t>(counts_.high[i] - counts_.low[i] + 1)));
    expect_within(bounds, counts, weights);
  }
}

TEST_P(RandomRanges, SameBitsInAnyOrderAndOnAnyThreads) {
  make(40, 5, 4);
  const Weights weights = binary_weights(lists_);
  const auto order = random_order(GetParam(), 40);
  const auto one = censored_getis_ord(counts_, weights, Adjustment::benjamini_hochberg, {.threads = 1});
  const CountRanges turned = {reordered<std::int64_t>(counts_.low, order),
                              reordered<std::int64_t>(counts_.high, order)};
  const auto two =
      censored_getis_ord(turned, reordered(weights, order), Adjustment::benjamini_hochberg, {.threads = 2});
  using Optional = std::optional<double>;
  EXPECT_EQ(two.p_high, reordered<Optional>(one.p_high, order));
  EXPECT_EQ(two.z_low, reordered<Optional>(one.z_low, order));
  EXPECT_EQ(two.z_high, reordered<Optional>(one.z_high, order));
  EXPECT_EQ(two.q_low, reordered<Optional>(one.q_low, order));
  EXPECT_EQ(two.coldest, reordered<HotspotClass>(one.coldest, order));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRanges, ::testing::Range(std::uint64_t{1}, std::uint64_t{16}));

}  // namespace
}  // namespace waywarden
