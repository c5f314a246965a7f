#include "waywarden/network_interdiction/attack_programs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "waywarden/network_interdiction/detail/arc_search.h"
#include "waywarden/network_interdiction/minimum_cut.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Sums of lengths from both ends round differently.
constexpr double kRounding = 1e-9;

/// Potentials of nodes along arcs: that of a head is at most length + relief * x above that of the tail.
class Potentials {
 public:
  Potentials(IntegerProgram& program, ArcColumns arcs, const AttackSites& sites, double most)
      : program_(program), arcs_(arcs), sites_(sites), most_(most) {}

  void add_node(std::uint32_t node, double at_cost, bool is_origin) {
    column_[node] = program_.add_column(at_cost, 0.0, is_origin ? 0.0 : most_);
  }

  std::int32_t column(std::uint32_t node) const { return column_.at(node); }

  /// Nothing is said where it would not bind.
  void add_arc(std::size_t arc, double length, double delay) {
    const std::uint32_t from = arcs_.tail[arc], to = arcs_.head[arc];
    if (from == to || !(length < most_)) return;
    program_.add_entry(column(to), 1.0);
    program_.add_entry(column(from), -1.0);
    const SiteId site = sites_.site_of_arc[arc];
    const double relief = std::min(delay, most_ - length);
    if (site.exists() && relief > 0.0) program_.add_entry(static_cast<std::int32_t>(site.index()), -relief);
    program_.close_row(-kInfinity, length);
  }

 private:
  IntegerProgram& program_;
  ArcColumns arcs_;
  const AttackSites& sites_;
  double most_;
  std::map<std::uint32_t, std::int32_t> column_;
};

std::map<std::uint32_t, std::map<std::uint32_t, double>> weights_by_origin(const NodePairs& pairs) {
  std::map<std::uint32_t, std::map<std::uint32_t, double>> weights;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    if (pairs.weight[k] > 0.0) weights[pairs.origin[k]][pairs.destination[k]] += pairs.weight[k];
  }
  return weights;
}

/// One pair's part: lengths count in parts of the limit.
class EvasivePart {
 public:
  EvasivePart(const EvasivePairs& evaders, std::size_t pair, const AttackSites& sites)
      : evaders_(evaders),
        sites_(sites),
        origin_(evaders.pairs().origin[pair]),
        destination_(evaders.pairs().destination[pair]),
        weight_(evaders.pairs().weight[pair]),
        limit_(evaders.limits()[pair]) {}

  void add_to(IntegerProgram& program, const Execution& execution) const {
    const std::vector<std::uint32_t> arcs = arcs_on_routes(execution);
    Potentials potentials(program, evaders_.arcs(), sites_, kMost);
    for (const std::uint32_t node : nodes_of(arcs)) potentials.add_node(node, 0.0, node == origin_);
    for (const std::uint32_t arc : arcs) potentials.add_arc(arc, scaled(evaders_.cost()[arc]), kInfinity);
    const std::int32_t captured = program.add_integer(-weight_, 0.0, 1.0);
    program.add_entry(potentials.column(destination_), 1.0);
    program.add_entry(captured, -kMost);
    program.close_row(0.0, kInfinity);
  }

 private:
  static constexpr double kMost = 1.0 + kProgramMargin;

  double scaled(double cost) const {
    if (limit_ > 0.0) return cost / limit_;
    return cost > 0.0 ? kMost : 0.0;
  }

  /// Of routes that are short enough with nothing watched.
  std::vector<std::uint32_t> arcs_on_routes(const Execution& execution) const {
    const ArcColumns arcs = evaders_.arcs();
    const auto from = distances({arcs.tail, arcs.head}, origin_, execution);
    const auto to = distances({arcs.head, arcs.tail}, destination_, execution);
    std::vector<std::uint32_t> found;
    for (std::uint32_t a = 0; a < arcs.tail.size(); ++a) {
      const double route = from[arcs.tail[a]] + evaders_.cost()[a] + to[arcs.head[a]];
      if (route <= limit_ * (1.0 + kRounding)) found.push_back(a);
    }
    return found;
  }

  std::vector<double> distances(ArcColumns arcs, std::uint32_t root, const Execution& execution) const {
    const detail::ArcGraph graph(evaders_.node_count(), arcs);
    const std::vector<std::uint32_t> nowhere = {static_cast<std::uint32_t>(graph.node_count())};
    return cheapest_tree(graph, root, evaders_.cost(), nowhere, limit_, execution).distance;
  }

  /// And the ends.
  std::vector<std::uint32_t> nodes_of(const std::vector<std::uint32_t>& arcs) const {
    std::vector<std::uint32_t> nodes = {origin_, destination_};
    for (const std::uint32_t a : arcs) {
      nodes.push_back(evaders_.arcs().tail[a]);
      nodes.push_back(evaders_.arcs().head[a]);
    }
    std::ranges::sort(nodes);
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
  }

  const EvasivePairs& evaders_;
  const AttackSites& sites_;
  std::uint32_t origin_;
  std::uint32_t destination_;
  double weight_;
  double limit_;
};

}  // namespace

IntegerProgram shortest_path_program(std::size_t nodes, ArcColumns arcs, const DelayableArcs& lengths,
                                     const AttackSites& sites, const NodePairs& pairs,
                                     const ShortestPathInterdictionOptions& options) {
  const double most = checked_abandon_at(nodes, arcs, lengths, sites, pairs, options);
  IntegerProgram program = program_over_sites(sites.cost, sites.state, options.budget);
  for (const auto& [origin, weights] : weights_by_origin(pairs)) {
    Potentials potentials(program, arcs, sites, most);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      const auto weight = weights.find(node);
      potentials.add_node(node, weight == weights.end() ? 0.0 : -weight->second, node == origin);
    }
    for (std::size_t a = 0; a < arcs.tail.size(); ++a)
      potentials.add_arc(a, lengths.length[a], lengths.delay[a]);
  }
  return program;
}

IntegerProgram max_flow_program(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                                const AttackSites& sites, FlowEnds ends, double budget) {
  check_sites(sites, arcs.tail.size(), budget);
  static_cast<void>(minimum_cut(nodes, arcs, capacity, ends.source, ends.sink));  // for its checks
  IntegerProgram program = program_over_sites(sites.cost, sites.state, budget);
  // 0 on the source's side of the cut, 1 on the other.
  const auto first = static_cast<std::int32_t>(program.columns());
  for (std::uint32_t node = 0; node < nodes; ++node)
    program.add_column(0.0, node == ends.sink ? 1.0 : 0.0, node == ends.source ? 0.0 : 1.0);
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (arcs.tail[a] == arcs.head[a] || capacity[a] == 0.0) continue;
    program.add_entry(program.add_column(capacity[a], 0.0, 1.0), 1.0);
    program.add_entry(first + static_cast<std::int32_t>(arcs.head[a]), -1.0);
    program.add_entry(first + static_cast<std::int32_t>(arcs.tail[a]), 1.0);
    const SiteId site = sites.site_of_arc[a];
    if (site.exists()) program.add_entry(static_cast<std::int32_t>(site.index()), 1.0);
    program.close_row(0.0, kInfinity);
  }
  return program;
}

IntegerProgram evasive_capture_program(const EvasivePairs& evaders, const AttackSites& sites, double budget,
                                       const Execution& execution) {
  check_sites(sites, evaders.arc_count(), budget);
  IntegerProgram program = program_over_sites(sites.cost, sites.state, budget);
  const NodePairs& pairs = evaders.pairs();
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    execution.check();
    const bool travels = evaders.cheapest()[k] && pairs.origin[k] != pairs.destination[k];
    if (travels && pairs.weight[k] > 0.0) EvasivePart(evaders, k, sites).add_to(program, execution);
  }
  return program;
}

}  // namespace waywarden
