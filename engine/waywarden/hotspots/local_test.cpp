#include "waywarden/hotspots/local_test.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/distinct_values.h"

namespace waywarden {
namespace {

constexpr std::size_t kGrain = 1024;

/// The exact test where it is to be used, else nothing.
std::optional<ExactTest> exact_if_used(std::span<const double> values, const Weights& others, Summand summand,
                                       const LocalTestOptions& options) {
  if (options.method == ProbabilityMethod::permutations) return std::nullopt;
  auto test = ExactTest::of(values, others, summand);
  const double work = test ? test->work() : 0.0;
  if (options.method == ProbabilityMethod::automatic)
    return test && work <= permutation_work(others, options.permutations) ? test : std::nullopt;
  if (!test) throw OptionError("exact probabilities need whole numbers and equal weights within each row");
  if (std::isinf(work)) throw OptionError("the sums are too large for exact probabilities");
  return test;
}

LocalTests of_size(std::size_t cells, const LocalTestOptions& options) {
  LocalTests tests;
  tests.state.resize(cells);
  tests.z_sim.resize(cells);
  tests.p.resize(cells);
  tests.p_error.resize(cells);
  tests.neighbours.resize(cells);
  tests.alternative = options.alternative;
  tests.adjustment = options.adjustment;
  return tests;
}

void fill_probabilities(LocalTests& tests, const FoundTails& found,
                        const std::function<SumDirection(std::size_t)>& direction) {
  tests.method = found.method;
  for (std::size_t i = 0; i < tests.state.size(); ++i) {
    if (tests.state[i] != LocalState::defined) continue;
    const Tails tails = direction(i) == SumDirection::falls ? found.tails[i]->reversed() : *found.tails[i];
    tests.p[i] = tails.p(tests.alternative);
    tests.p_error[i] = tails.standard_error(tests.alternative);
  }
  tests.q = adjusted(tests.p, tests.adjustment);
}

/// The rows of the cells that are tested; those of others empty, so that nothing is spent on them.
Weights rows_tested(const Weights& others, const std::vector<LocalState>& state) {
  Weights kept;
  kept.first.reserve(others.first.size());
  for (std::size_t i = 0; i < others.size(); ++i) {
    for (std::size_t e = others.first[i]; state[i] == LocalState::defined && e < others.first[i + 1]; ++e) {
      kept.neighbour.push_back(others.neighbour[e]);
      if (!others.weight.empty()) kept.weight.push_back(others.weight[e]);
    }
    kept.first.push_back(kept.neighbour.size());
  }
  return kept;
}

}  // namespace

std::string name(LocalState state) {
  switch (state) {
    case LocalState::defined:
      return "defined";
    case LocalState::island:
      return "island";
    case LocalState::constant:
      return "constant";
    case LocalState::all_neighbours:
      return "all_neighbours";
    case LocalState::absent:
      return "absent";
  }
  throw OptionError("no such state");
}

std::string name(ProbabilityMethod method) {
  switch (method) {
    case ProbabilityMethod::automatic:
      return "automatic";
    case ProbabilityMethod::exact:
      return "exact";
    case ProbabilityMethod::permutations:
      return "permutations";
  }
  throw OptionError("no such method");
}

LocalState state_of(Standardised::Why why) {
  switch (why) {
    case Standardised::Why::defined:
      return LocalState::defined;
    case Standardised::Why::constant:
      return LocalState::constant;
    case Standardised::Why::all_neighbours:
      return LocalState::all_neighbours;
  }
  throw OptionError("no such reason");
}

std::string LocalTests::p_name() const { return method == ProbabilityMethod::exact ? "p_exact" : "p_sim"; }

std::size_t LocalTests::count(LocalState which) const {
  return static_cast<std::size_t>(std::count(state.begin(), state.end(), which));
}

void require_fitting(std::span<const double> values, const Weights& weights) {
  require_valid(weights);
  if (weights.size() != values.size()) throw InputError("there must be one row of weights per value");
}

FoundTails find_tails(std::span<const double> values, const Weights& others, Summand summand,
                      const LocalTestOptions& options, const Execution& execution) {
  if (const auto test = exact_if_used(values, others, summand, options))
    return {test->tails(execution), ProbabilityMethod::exact};
  return {permuted_tails(values, others, options.permutations, execution, summand),
          ProbabilityMethod::permutations};
}

LocalTests local_tests(std::span<const double> values, const Weights& others, Summand summand,
                       const std::function<SumDirection(std::size_t)>& direction, LocalState when_absent,
                       const LocalTestOptions& options, const Execution& execution) {
  const DistinctValues distinct = distinct_values(values);
  const Population population(distinct);
  const LocalSummer summer(values, population, distinct, others, summand);
  LocalTests tests = of_size(values.size(), options);
  const auto standardise = [&](std::size_t i) {
    tests.neighbours[i] = static_cast<std::uint32_t>(others.neighbours(i).size());
    const SumDirection way = direction(i);
    if (way == SumDirection::absent) tests.state[i] = when_absent;
    if (tests.neighbours[i] == 0) tests.state[i] = LocalState::island;
    if (tests.state[i] != LocalState::defined) return;
    const Standardised sum = standardised(summer.of(i), population.others(distinct.group[i], summand));
    tests.state[i] = state_of(sum.why);
    if (tests.state[i] == LocalState::defined) tests.z_sim[i] = way == SumDirection::falls ? -sum.z : sum.z;
  };
  parallel_for(values.size(), execution, standardise, kGrain);
  const bool all = tests.count(LocalState::defined) == values.size();
  fill_probabilities(
      tests, find_tails(values, all ? others : rows_tested(others, tests.state), summand, options, execution),
      direction);
  return tests;
}

}  // namespace waywarden
