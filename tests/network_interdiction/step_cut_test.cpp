#include "waywarden/network_interdiction/detail/step_cut.h"

#include <gtest/gtest.h>

#include "network_interdiction/random_contest.h"

namespace waywarden::detail {
namespace {

/// Random levels of one to three sites each, over `sites` sites.
LevelledPair random_pair(RandomStream& random, std::uint32_t sites) {
  LevelledPair pair{.root = NodeId(0), .leaf = NodeId(1), .levels = {}, .sites = {}};
  pair.floor = 0.1 * random.uniform();
  double evasion = 1.0;
  while ((evasion *= random.below(5) == 0 ? 1.0 : 0.6 + 0.4 * random.uniform()) > 0.3) {
    const std::uint32_t count = 1 + random.below(2) * random.below(3);
    pair.levels.push_back({evasion, static_cast<std::uint32_t>(pair.sites.size()), count});
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint32_t site = random.below(sites);
      while (std::find(pair.sites.end() - i, pair.sites.end(), site) != pair.sites.end())
        site = random.below(sites);
      pair.sites.push_back(site);
    }
  }
  return pair;
}

/// By the definition, interval by interval.
double integral(const LevelledPair& pair, const std::vector<double>& x) {
  double sum = pair.floor;
  double least = 1.0;
  for (std::size_t j = 0; j < pair.levels.size(); ++j) {
    double w = 0.0;
    for (const std::uint32_t site : pair.sites_of(pair.levels[j])) w += x[site];
    least = std::min(least, w);
    const double next = j + 1 < pair.levels.size() ? pair.levels[j + 1].evasion : pair.floor;
    sum += (pair.levels[j].evasion - next) * std::max(0.0, 1.0 - least);
  }
  return sum;
}

std::vector<double> random_point(RandomStream& random, std::size_t sites) {
  std::vector<double> x(sites);
  for (double& value : x)
    value = random.below(2) == 0 ? static_cast<double>(random.below(2)) : random.uniform();
  return x;
}

class StepCuts : public testing::TestWithParam<std::uint64_t> {};

TEST_P(StepCuts, TouchTheirPointAndHoldAtEveryPlacement) {
  constexpr std::uint32_t kSites = 7;
  RandomStream random(GetParam(), 2, 4711);
  const LevelledPair pair = random_pair(random, kSites);
  const std::vector<double> x = random_point(random, kSites);
  const std::vector<double> core = random_point(random, kSites);
  const StepCut cut = deepest_step_cut(pair, x, core);
  EXPECT_NEAR(cut.at(x), integral(pair, x), 1e-8);
  for (std::uint32_t code = 0; code < (1U << kSites); ++code) {
    Watched watched(kSites);
    std::vector<double> corner(kSites);
    for (std::uint32_t site = 0; site < kSites; ++site) {
      watched[site] = static_cast<std::uint8_t>((code >> site) & 1U);
      corner[site] = watched[site];
    }
    EXPECT_LE(cut.at(corner), pair.evasion(watched) + 1e-9);
    EXPECT_NEAR(deepest_step_cut(pair, corner, core).at(corner), pair.evasion(watched), 1e-12);
  }
}

TEST_P(StepCuts, NameEachSiteOnce) {
  RandomStream random(GetParam(), 3, 4711);
  const LevelledPair pair = random_pair(random, 5);
  const StepCut cut = deepest_step_cut(pair, random_point(random, 5), random_point(random, 5));
  for (std::size_t i = 1; i < cut.terms.size(); ++i) EXPECT_LT(cut.terms[i - 1].first, cut.terms[i].first);
  for (const auto& term : cut.terms) EXPECT_GT(term.second, 0.0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, StepCuts, testing::Range(std::uint64_t{1}, std::uint64_t{501}));

TEST(StepCut, SaysTheFloorWhereAllIsCovered) {
  LevelledPair pair{.root = NodeId(0), .leaf = NodeId(1), .levels = {{0.5, 0, 2}}, .sites = {0, 1}};
  pair.floor = 0.2;
  const std::vector<double> x = {0.7, 0.6};
  const StepCut cut = deepest_step_cut(pair, x, x);
  EXPECT_TRUE(cut.terms.empty());
  EXPECT_EQ(cut.at(x), 0.2);
}

}  // namespace
}  // namespace waywarden::detail
