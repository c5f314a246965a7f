#include "waywarden/network_interdiction/evasion_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "network_interdiction/random_contest.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

class RandomEvasion : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomEvasion, IsThatOfPlainRelaxation) {
  const WorstCaseProblem problem = contests::random_contest(GetParam());
  RandomStream random(GetParam(), 1, 4711);
  std::vector<bool> watched(problem.sites());
  std::vector<SiteId> placed;
  for (std::size_t site = 0; site < watched.size(); ++site) {
    watched[site] = random.below(2) == 0;
    if (watched[site]) placed.emplace_back(site);
  }
  const std::vector<double> evasion = greatest_evasion(problem, placed);
  ASSERT_EQ(evasion.size(), problem.pairs.size());
  for (std::size_t pair = 0; pair < evasion.size(); ++pair) {
    const auto product = contests::relaxed(problem.network, problem.pairs.origin[pair], watched);
    EXPECT_DOUBLE_EQ(evasion[pair], product[problem.pairs.destination[pair].index()]);
  }
  EXPECT_EQ(evasion, greatest_evasion(problem, placed, {.threads = 1}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomEvasion, testing::Range(std::uint64_t{1}, std::uint64_t{401}));

/// Two arcs one after the other, the first watchable.
WorstCaseProblem line() {
  return {.network = {.nodes = 3,
                      .tail = {NodeId(0), NodeId(1)},
                      .head = {NodeId(1), NodeId(2)},
                      .evasion = {0.5, 0.8},
                      .watched_evasion = {0.1, 0.8},
                      .site = {SiteId(0), SiteId::none()}},
          .pairs = {.origin = {NodeId(0), NodeId(2)},
                    .destination = {NodeId(2), NodeId(0)},
                    .weight = {1.0, 1.0}},
          .cost = {1.0},
          .state = {SiteState::candidate},
          .budget = 1.0};
}

TEST(GreatestEvasion, IsTheProductAlongThePath) {
  const WorstCaseProblem problem = line();
  EXPECT_EQ(greatest_evasion(problem, {}), (std::vector{0.5 * 0.8, 0.0}));
  const std::vector<SiteId> placed = {SiteId(0)};
  EXPECT_EQ(greatest_evasion(problem, placed), (std::vector{0.1 * 0.8, 0.0}));
}

TEST(GreatestEvasion, RefusesASiteThatDoesNotExist) {
  const std::vector<SiteId> placed = {SiteId(1)};
  EXPECT_THROW(greatest_evasion(line(), placed), OptionError);
  const std::vector<SiteId> nowhere = {SiteId::none()};
  EXPECT_THROW(greatest_evasion(line(), nowhere), OptionError);
}

TEST(GreatestEvasion, StopsWhenAskedTo) {
  Progress progress;
  progress.cancel();
  EXPECT_THROW(greatest_evasion(line(), {}, {.progress = &progress}), Cancelled);
}

std::string complaint(const std::function<void(WorstCaseProblem&)>& spoil) {
  WorstCaseProblem problem = line();
  spoil(problem);
  try {
    check(problem);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(WorstCaseProblems, AreRefusedWithTheRowThatIsWrong) {
  const double nan = std::nan("");
  const auto says = [](const std::string& text, const auto& spoil) {
    EXPECT_NE(complaint(spoil).find(text), std::string::npos) << text << "; said: " << complaint(spoil);
  };
  EXPECT_EQ(complaint([](WorstCaseProblem&) {}), "");
  says("arc 1: its tail", [](WorstCaseProblem& p) { p.network.tail[1] = NodeId(3); });
  says("arc 0: its head", [](WorstCaseProblem& p) { p.network.head[0] = NodeId::none(); });
  says("arc 1: evasion is not", [&](WorstCaseProblem& p) { p.network.evasion[1] = nan; });
  says("arc 0: evasion is greater", [](WorstCaseProblem& p) { p.network.watched_evasion[0] = 0.6; });
  says("arc 0: watched evasion", [](WorstCaseProblem& p) { p.network.watched_evasion[0] = -0.1; });
  says("arc 0: its site", [](WorstCaseProblem& p) { p.network.site[0] = SiteId(1); });
  says("columns of arcs", [](WorstCaseProblem& p) { p.network.site.pop_back(); });
  says("pair 1: its origin", [](WorstCaseProblem& p) { p.pairs.origin[1] = NodeId(7); });
  says("pair 0: its destination", [](WorstCaseProblem& p) { p.pairs.destination[0] = NodeId(7); });
  says("pair 0: its weight", [](WorstCaseProblem& p) { p.pairs.weight[0] = -1.0; });
  says("columns of pairs", [](WorstCaseProblem& p) { p.pairs.weight.pop_back(); });
  says("site 0: its cost", [](WorstCaseProblem& p) { p.cost[0] = std::numeric_limits<double>::infinity(); });
  says("columns of sites", [](WorstCaseProblem& p) { p.state.clear(); });
  says("the budget is", [&](WorstCaseProblem& p) { p.budget = nan; });
  says("does not pay", [](WorstCaseProblem& p) {
    p.state[0] = SiteState::required;
    p.budget = 0.5;
  });
}

}  // namespace
}  // namespace waywarden
