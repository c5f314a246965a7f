#include "waywarden/base/linear_program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Case {
  LinearProgram program;
  std::vector<LinearTerm> objective;
  std::string status;
  double value = 0.0;
};

double number(std::istream& in) {
  std::string word;
  in >> word;
  return std::stod(word);
}

Case read_case(const std::string& line) {
  std::istringstream in(line);
  std::size_t variables = 0, rows = 0;
  in >> variables >> rows;
  Case c;
  for (std::size_t i = 0; i < variables; ++i) c.program.low.push_back(number(in));
  for (std::size_t i = 0; i < variables; ++i) c.program.high.push_back(number(in));
  for (std::size_t r = 0; r < rows; ++r) {
    LinearProgram::Row row{{}, number(in), 0.0};
    row.high = number(in);
    for (std::size_t i = 0; i < variables; ++i) row.terms.push_back({i, number(in)});
    c.program.rows.push_back(row);
  }
  for (std::size_t i = 0; i < variables; ++i) c.objective.push_back({i, number(in)});
  in >> c.status;
  if (c.status == "optimal") c.value = number(in);
  return c;
}

std::vector<Case> scipy_cases() {
  std::ifstream file(WAYWARDEN_SOURCE_DIR "/tests/base/fixtures/linear_programs.txt");
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) cases.push_back(read_case(line));
  return cases;
}

const char* text(LinearStatus status) {
  constexpr const char* kNames[] = {"optimal", "reached", "unbounded", "infeasible", "unstable"};
  return kNames[static_cast<std::size_t>(status)];
}

TEST(LinearProgram, AgreesWithScipyOnRandomPrograms) {
  const std::vector<Case> cases = scipy_cases();
  ASSERT_EQ(cases.size(), 300U);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const LinearSolution solution = Simplex(cases[i].program).maximize(cases[i].objective);
    EXPECT_EQ(text(solution.status), cases[i].status) << "line " << i + 1;
    EXPECT_NEAR(solution.value, cases[i].value, 1e-7 * (1 + std::abs(cases[i].value))) << "line " << i + 1;
    const bool has_point = !solution.point.empty();
    EXPECT_EQ(has_point, cases[i].status == "optimal");
    EXPECT_LE(has_point ? cases[i].program.violation(solution.point) : 0.0, 1e-9) << "line " << i + 1;
  }
}

TEST(LinearProgram, OneTableauServesManyObjectives) {
  for (const Case& c : scipy_cases()) {
    Simplex reused(c.program);
    for (std::size_t v = 0; v < c.program.variables(); ++v)
      for (const double sign : {1.0, -1.0}) {
        const LinearSolution again = reused.maximize({{v, sign}});
        const LinearSolution fresh = Simplex(c.program).maximize({{v, sign}});
        ASSERT_EQ(text(again.status), std::string(text(fresh.status)));
        EXPECT_NEAR(again.value, fresh.value, 1e-7);
      }
  }
}

/// Moving a bound that binds by a little moves the optimum by its price.
TEST(LinearProgram, PricesAreWhatABoundIsWorth) {
  LinearProgram program;
  for (int i = 0; i < 2; ++i) program.add_variable(0.0, kInfinity);
  program.rows = {{{{0, 1.0}, {1, 2.0}}, -kInfinity, 8.0},
                  {{{0, 3.0}, {1, 1.0}}, -kInfinity, 9.0},
                  {{{0, 1.0}, {1, 1.0}}, -kInfinity, 100.0}};
  const LinearSolution solution = Simplex(program).maximize({{0, 1.0}, {1, 1.0}});
  ASSERT_EQ(solution.status, LinearStatus::optimal);
  EXPECT_NEAR(solution.value, 5.0, 1e-12);
  for (std::size_t r = 0; r < 3; ++r) {
    LinearProgram moved = program;
    moved.rows[r].high += 0.5;
    const double gain = Simplex(moved).maximize({{0, 1.0}, {1, 1.0}}).value - solution.value;
    EXPECT_NEAR(solution.row_prices[r] * 0.5, gain, 1e-9) << "row " << r;
  }
}

TEST(LinearProgram, StopsWhenTheValueIsEnough) {
  LinearProgram program;
  for (int i = 0; i < 50; ++i) program.add_variable(0.0, 1.0);
  std::vector<LinearTerm> all;
  for (std::size_t i = 0; i < 50; ++i) all.push_back({i, 1.0});
  const LinearSolution solution = Simplex(program).maximize(all, {}, 10.0);
  EXPECT_EQ(solution.status, LinearStatus::reached);
  EXPECT_GE(solution.value, 10.0);
  EXPECT_LT(solution.value, 50.0);
}

/// Degenerate assignment problems: every vertex has many bases, the optimum is a permutation.
TEST(LinearProgram, SolvesAssignments) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    constexpr std::size_t n = 6;
    RandomStream random(seed, 0);
    std::vector<LinearTerm> gain;
    LinearProgram program;
    for (std::size_t v = 0; v < n * n; ++v) {
      program.add_variable(0.0, kInfinity);
      gain.push_back({v, static_cast<double>(random.below(20))});
    }
    for (std::size_t i = 0; i < n; ++i) {
      LinearProgram::Row row{{}, 1.0, 1.0}, column{{}, 1.0, 1.0};
      for (std::size_t j = 0; j < n; ++j) {
        row.terms.push_back({i * n + j, 1.0});
        column.terms.push_back({j * n + i, 1.0});
      }
      program.rows.push_back(row);
      program.rows.push_back(column);
    }
    std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5};
    double best = 0.0;
    do {
      double sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) sum += gain[i * n + order[i]].weight;
      best = std::max(best, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    const LinearSolution solution = Simplex(program).maximize(gain);
    ASSERT_EQ(solution.status, LinearStatus::optimal);
    EXPECT_NEAR(solution.value, best, 1e-9);
  }
}

TEST(LinearProgram, MalformedProgramsAreErrors) {
  LinearProgram crossed;
  crossed.add_variable(1.0, 0.0);
  EXPECT_THROW(Simplex{crossed}, OptionError);
  LinearProgram stray;
  stray.add_variable(0.0, 1.0);
  stray.rows = {{{{1, 1.0}}, 0.0, 1.0}};
  EXPECT_THROW(Simplex{stray}, OptionError);
  stray.rows = {{{{0, std::nan("")}}, 0.0, 1.0}};
  EXPECT_THROW(Simplex{stray}, OptionError);
}

TEST(LinearProgram, StopsWhenAskedTo) {
  LinearProgram program;
  program.add_variable(0.0, 1.0);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(Simplex(program).maximize({{0, 1.0}}, {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
