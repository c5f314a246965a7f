#include "waywarden/network_interdiction/worst_case_program.h"

#include <limits>
#include <map>

#include "waywarden/network_interdiction/detail/evasion_levels.h"

namespace waywarden {
namespace {

using detail::EvasionLevels;
using detail::EvasionSearch;
using detail::EvasionTree;
using detail::LevelledPair;
using detail::Towards;
using detail::Watched;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

void add_levels(IntegerProgram& program, const EvasionLevels& levels) {
  program.offset = levels.settled();
  for (const LevelledPair& pair : levels.pairs()) {
    const std::int32_t evasion = program.add_column(pair.weight, pair.floor, pair.ceiling);
    for (const detail::Level& level : pair.levels) {
      program.add_entry(evasion, 1.0);
      for (const std::uint32_t site : pair.sites_of(level)) {
        program.add_entry(static_cast<std::int32_t>(site), level.evasion - pair.floor);
      }
      program.close_row(level.evasion, kInfinity);
    }
  }
}

/// The part of the program that belongs to one destination.
class Potentials {
 public:
  Potentials(IntegerProgram& program, const EvasionNetwork& network, const EvasionTree& least,
             const EvasionTree& greatest)
      : program_(program), network_(network), least_(least.product), greatest_(greatest.product) {}

  void add(const std::map<NodeId, double>& weights) {
    for (std::size_t node = 0; node < network_.nodes; ++node) {
      const auto weight = weights.find(NodeId(node));
      column_.push_back(
          program_.add_column(weight == weights.end() ? 0.0 : weight->second, least_[node], greatest_[node]));
    }
    for (std::size_t arc = 0; arc < network_.arcs(); ++arc) add_arc(arc);
  }

 private:
  void add_arc(std::size_t arc) {
    const std::size_t to = network_.head[arc].index();
    const double r = network_.evasion[arc];
    if (!network_.site[arc].exists()) return add_row(arc, r, 0.0);
    const double q = network_.watched_evasion[arc];
    add_row(arc, r, (r - q) * greatest_[to]);
    add_row(arc, q, 0.0);
  }

  /// evasion of tail >= factor * evasion of head - relief * x, where that says anything.
  void add_row(std::size_t arc, double factor, double relief) {
    const std::size_t from = network_.tail[arc].index();
    const std::size_t to = network_.head[arc].index();
    if (from == to || least_[from] >= factor * greatest_[to]) return;
    program_.add_entry(column_[from], 1.0);
    program_.add_entry(column_[to], -factor);
    if (relief > 0.0) program_.add_entry(static_cast<std::int32_t>(network_.site[arc].index()), relief);
    program_.close_row(0.0, kInfinity);
  }

  IntegerProgram& program_;
  const EvasionNetwork& network_;
  const std::vector<double>& least_;
  const std::vector<double>& greatest_;
  std::vector<std::int32_t> column_;
};

std::map<NodeId, std::map<NodeId, double>> weights_by_destination(const EvaderPairs& pairs) {
  std::map<NodeId, std::map<NodeId, double>> weights;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    if (pairs.weight[pair] > 0.0) weights[pairs.destination[pair]][pairs.origin[pair]] += pairs.weight[pair];
  }
  return weights;
}

void add_potentials(IntegerProgram& program, const WorstCaseProblem& problem, const Execution& execution) {
  const EvasionSearch search(problem.network);
  const Watched all(problem.sites(), 1);
  const Watched none(problem.sites(), 0);
  for (const auto& [destination, weights] : weights_by_destination(problem.pairs)) {
    execution.check();
    const EvasionTree least = search.tree(destination, all, Towards::tails);
    const EvasionTree greatest = search.tree(destination, none, Towards::tails);
    Potentials(program, problem.network, least, greatest).add(weights);
  }
}

}  // namespace

IntegerProgram worst_case_program(const WorstCaseProblem& problem, ProgramForm form,
                                  const Execution& execution) {
  check(problem);
  IntegerProgram program = program_over_sites(problem.cost, problem.state, problem.budget);
  if (form == ProgramForm::levels) {
    add_levels(program, EvasionLevels(problem, execution));
  } else {
    add_potentials(program, problem, execution);
  }
  return program;
}

}  // namespace waywarden
