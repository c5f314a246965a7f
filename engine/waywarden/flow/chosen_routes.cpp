#include "waywarden/flow/chosen_routes.h"

#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<double> at_origins(const std::vector<double>& value, const std::vector<std::uint32_t>& origin) {
  std::vector<double> values;
  for (const std::uint32_t at : origin) values.push_back(at < value.size() ? value[at] : 0.0);
  return values;
}

double mean_over(const RouteSets& routes, std::size_t pair, const WalkTerms& terms) {
  const AlternativeSets& sets = routes.sets;
  double mean = 0.0;
  for (std::size_t r = sets.first_route[pair]; r < sets.first_route[pair + 1]; ++r) {
    const auto arcs =
        std::span(sets.edges).subspan(sets.first_edge[r], sets.first_edge[r + 1] - sets.first_edge[r]);
    mean += routes.share[r] * walk_value(arcs, terms);
  }
  return mean;
}

/// Values of the pairs of one destination in one draw.
class Values {
 public:
  Values(const Core& core, const WalkTerms& terms, std::span<const DestinationDemand> demand,
         const Execution& execution)
      : core_(core), terms_(terms), demand_(demand), execution_(execution) {}

  std::vector<double> operator()(const Forest& forest, std::size_t draw, std::size_t d) const {
    const FlowTree& tree = forest.tree(draw, d);
    return at_origins(walk_values(tree, terms_), tree.origin);
  }
  std::vector<double> operator()(const std::vector<FlowNet>& nets, std::size_t, std::size_t d) const {
    return at_origins(walk_values(core_, nets[d], terms_, execution_), nets[d].origin);
  }
  std::vector<double> operator()(const RouteSets& routes, std::size_t, std::size_t d) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < demand_[d].origin.size(); ++i)
      values.push_back(mean_over(routes, demand_[d].first_pair + i, terms_));
    return values;
  }

 private:
  const Core& core_;
  const WalkTerms& terms_;
  std::span<const DestinationDemand> demand_;
  const Execution& execution_;
};

std::size_t pair_count(std::span<const DestinationDemand> demand) {
  return demand.empty() ? 0 : demand.back().first_pair + demand.back().origin.size();
}

/// One entry per draw.
std::vector<double> column(const std::vector<std::vector<double>>& rows, std::size_t i) {
  std::vector<double> values;
  for (const std::vector<double>& row : rows) values.push_back(row[i]);
  return values;
}

}  // namespace

std::size_t draws(const ChosenRoutes& routes) {
  const Forest* forest = std::get_if<Forest>(&routes);
  return forest == nullptr ? 1 : forest->draws;
}

ArcJourneys arc_journeys(const Core& core, const ChosenRoutes& routes,
                         std::span<const DestinationDemand> demand, const Execution& execution) {
  if (const auto* forest = std::get_if<Forest>(&routes)) return arc_journeys(core, *forest, execution);
  if (const auto* nets = std::get_if<std::vector<FlowNet>>(&routes)) return {journeys_on_arcs(core, *nets)};
  return {journeys_on_arcs(core, demand, std::get<RouteSets>(routes))};
}

PairValues pair_values(const Core& core, const ChosenRoutes& routes,
                       std::span<const DestinationDemand> demand, std::span<const double> weight,
                       const WalkTerms& terms, const Execution& execution) {
  const std::size_t pairs = pair_count(demand), rounds = draws(routes);
  if (weight.size() != pairs) throw OptionError("weights must have one entry per pair");
  PairValues result{{std::vector<double>(pairs), std::vector<double>(pairs)}, {}};
  std::vector<std::vector<double>> totals(rounds, std::vector<double>(demand.size(), 0.0));
  const Values values(core, terms, demand, execution);
  parallel_for(demand.size(), execution, [&](std::size_t d) {
    std::vector<std::vector<double>> rows;
    for (std::size_t draw = 0; draw < rounds; ++draw) {
      rows.push_back(std::visit([&](const auto& chosen) { return values(chosen, draw, d); }, routes));
      for (std::size_t i = 0; i < rows.back().size(); ++i)
        totals[draw][d] += weight[demand[d].first_pair + i] * rows.back()[i];
    }
    for (std::size_t i = 0; i < demand[d].origin.size(); ++i) {
      const Estimate one = estimate(column(rows, i));
      result.pair.mean[demand[d].first_pair + i] = one.mean;
      result.pair.standard_error[demand[d].first_pair + i] = one.standard_error;
    }
  });
  std::vector<double> total;
  for (const std::vector<double>& row : totals) total.push_back(std::accumulate(row.begin(), row.end(), 0.0));
  result.total = estimate(total);
  return result;
}

}  // namespace waywarden
