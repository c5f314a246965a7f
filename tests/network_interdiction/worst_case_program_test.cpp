#include "waywarden/network_interdiction/worst_case_program.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "network_interdiction/program_value.h"
#include "network_interdiction/random_contest.h"

namespace waywarden {
namespace {

using programs::value_at;

class RandomPrograms : public testing::TestWithParam<std::uint64_t> {
 protected:
  /// Calls `see(value of the program, true value)` for each placement that is allowed.
  template <class See>
  void for_each_placement(ProgramForm form, const See& see) const {
    const WorstCaseProblem problem = contests::random_contest(GetParam(), 5);
    const IntegerProgram program = worst_case_program(problem, form);
    for (std::size_t code = 0; code < (std::size_t{1} << problem.sites()); ++code) {
      std::vector<bool> watched(problem.sites());
      for (std::size_t site = 0; site < watched.size(); ++site) watched[site] = ((code >> site) & 1U) != 0;
      const auto value = value_at(program, watched);
      EXPECT_EQ(value.has_value(), contests::allowed(problem, watched));
      if (value) see(*value, contests::value_of(problem, watched));
    }
  }
};

TEST_P(RandomPrograms, OfPotentialsAreExactAtEveryPlacement) {
  for_each_placement(ProgramForm::potentials,
                     [](double value, double truth) { EXPECT_NEAR(value, truth, 1e-6); });
}

TEST_P(RandomPrograms, OfLevelsNeverSayTooMuch) {
  for_each_placement(ProgramForm::levels, [](double value, double truth) { EXPECT_LE(value, truth + 1e-6); });
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPrograms, testing::Range(std::uint64_t{1}, std::uint64_t{301}));

/// Sites side by side: no path passes two.
TEST(WorstCaseProgram, OfLevelsIsExactWherePathsPassOneSite) {
  WorstCaseProblem problem{
      .network = {.nodes = 2, .tail = {}, .head = {}, .evasion = {}, .watched_evasion = {}, .site = {}},
      .pairs = {.origin = {NodeId(0)}, .destination = {NodeId(1)}, .weight = {2.0}},
      .cost = {1.0, 1.0, 1.0},
      .state = std::vector(3, SiteState::candidate),
      .budget = 2.0};
  for (std::size_t site = 0; site < 3; ++site) {
    problem.network.tail.emplace_back(0);
    problem.network.head.emplace_back(1);
    problem.network.evasion.push_back(0.9 - 0.2 * static_cast<double>(site));
    problem.network.watched_evasion.push_back(0.1);
    problem.network.site.emplace_back(site);
  }
  const IntegerProgram program = worst_case_program(problem, ProgramForm::levels);
  EXPECT_EQ(program.columns(), 4U);
  EXPECT_NEAR(value_at(program, {true, true, false}).value(), 2.0 * 0.5, 1e-9);
  EXPECT_NEAR(value_at(program, {true, false, false}).value(), 2.0 * 0.7, 1e-9);
  EXPECT_EQ(value_at(program, {true, true, true}), std::nullopt);
}

}  // namespace
}  // namespace waywarden
