#include "waywarden/network_interdiction/min_cost_flow_interdiction.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/detail/linear_program.h"
#include "waywarden/network_interdiction/detail/route_cover.h"

namespace waywarden {
namespace {

using detail::CoverAnswer;
using detail::CoverRow;
using detail::LinearProgram;

/// Up to here, sums of whole numbers are exact.
constexpr double kExact = 9e15;

bool whole(double value) { return value == std::floor(value) && std::abs(value) < kExact; }

void check(std::size_t nodes, ArcColumns arcs, const PricedArcs& priced, std::span<const double> supply,
           const AttackSites& sites, const MinCostFlowInterdictionOptions& options) {
  const auto finite = [](double value) { return std::isfinite(value); };
  check_arcs(nodes, arcs);
  check_sites(sites, arcs.tail.size(), options.budget);
  check_per_arc(priced.capacity, arcs.tail.size(), "capacity");
  check_per_arc(priced.cost, arcs.tail.size(), "cost");
  if (supply.size() != nodes) throw OptionError("supply has not one number per node");
  if (!std::all_of(supply.begin(), supply.end(), finite)) throw OptionError("a supply is not finite");
  if (!std::all_of(priced.cost.begin(), priced.cost.end(), finite)) {
    throw OptionError("a cost is not finite");
  }
  const double penalty = options.unmet_cost.value_or(0.0);
  if (!(penalty >= 0.0) || !std::isfinite(penalty)) {
    throw OptionError("unmet_cost is negative or not finite");
  }
}

/// One unit more is served along a path of the residual graph, which leaves each node at most once and along
/// which flow that is taken back costs nothing.
double dearer_than_serving(std::size_t nodes, ArcColumns arcs, std::span<const double> cost) {
  std::vector<double> dearest(nodes, 0.0);
  for (std::size_t a = 0; a < cost.size(); ++a) {
    double& most = dearest[arcs.tail[a]];
    most = std::max(most, cost[a]);
  }
  return std::ceil(std::accumulate(dearest.begin(), dearest.end(), 0.0)) + 1.0;
}

double total_demand(std::span<const double> supply) {
  return std::accumulate(supply.begin(), supply.end(), 0.0,
                         [](double sum, double given) { return sum + std::max(-given, 0.0); });
}

struct Served {
  double value = 0.0;
  std::vector<double> flow;
  std::vector<double> unmet;
};

/// The side that serves demand. Columns: a flow per arc, then what is not served per demanding node.
class Supplier {
 public:
  Supplier(std::size_t nodes, ArcColumns arcs, const PricedArcs& priced, std::span<const double> supply,
           const AttackSites& sites, double unmet_cost)
      : cost_(priced.cost.begin(), priced.cost.end()),
        supply_(supply),
        sites_(sites),
        unmet_cost_(unmet_cost),
        demand_(total_demand(supply)),
        program_(started(priced)) {
    program_.add_rows(balances(nodes, arcs));
  }

  double nothing_served() const { return unmet_cost_ * demand_; }

  Served serve(const std::vector<std::uint8_t>& attacked) {
    for (std::size_t a = 0; a < cost_.size(); ++a) {
      const SiteId site = sites_.site_of_arc[a];
      const bool closed = site.exists() && attacked[site.index()] != 0;
      program_.set_bounds(static_cast<int>(a), 0.0, closed ? 0.0 : capacity_[a]);
    }
    if (program_.solve() != detail::ProgramStatus::optimal) {
      throw OptionError("capacities, costs and supplies differ too much in size to be solved");
    }
    return served(program_.point());
  }

  CoverAnswer answer(const std::vector<std::uint8_t>& attacked) {
    const Served found = serve(attacked);
    CoverAnswer answer{{std::min(found.value, nothing_served())}, {}};
    if (found.value < nothing_served()) answer.rows.push_back(row(found));
    return answer;
  }

 private:
  LinearProgram started(const PricedArcs& priced) {
    for (const double most : priced.capacity) capacity_.push_back(std::min(most, demand_));
    std::vector<double> cost = cost_, high = capacity_;
    for (std::size_t n = 0; n < supply_.size(); ++n) {
      if (supply_[n] >= 0.0) continue;
      demanding_.push_back(n);
      cost.push_back(unmet_cost_);
      high.push_back(-supply_[n]);
    }
    return {cost, std::vector<double>(cost.size(), 0.0), high};
  }

  /// Per node: what comes in and is not served, less what goes out, is at least what the node demands.
  detail::ProgramRows balances(std::size_t nodes, ArcColumns arcs) const {
    std::vector<std::vector<std::pair<int, double>>> terms(nodes);
    for (std::size_t a = 0; a < cost_.size(); ++a) {
      if (arcs.tail[a] == arcs.head[a]) continue;
      terms[arcs.head[a]].emplace_back(static_cast<int>(a), 1.0);
      terms[arcs.tail[a]].emplace_back(static_cast<int>(a), -1.0);
    }
    for (std::size_t i = 0; i < demanding_.size(); ++i) {
      terms[demanding_[i]].emplace_back(static_cast<int>(cost_.size() + i), 1.0);
    }
    detail::ProgramRows rows;
    for (std::size_t n = 0; n < nodes; ++n) {
      for (const auto& [column, value] : terms[n]) rows.add(column, value);
      rows.close(-supply_[n]);
    }
    return rows;
  }

  Served served(std::span<const double> point) const {
    Served found{0.0, std::vector<double>(cost_.size()), std::vector<double>(supply_.size(), 0.0)};
    for (std::size_t a = 0; a < cost_.size(); ++a) {
      found.flow[a] = std::clamp(point[a], 0.0, capacity_[a]);
      found.value += cost_[a] * found.flow[a];
    }
    for (std::size_t i = 0; i < demanding_.size(); ++i) {
      const double unmet = std::clamp(point[cost_.size() + i], 0.0, -supply_[demanding_[i]]);
      found.unmet[demanding_[i]] = unmet;
      found.value += unmet_cost_ * unmet;
    }
    return found;
  }

  CoverRow row(const Served& found) const {
    CoverRow row{0, found.value, {}};
    std::map<std::uint32_t, double> through;
    for (std::size_t a = 0; a < found.flow.size(); ++a) {
      const SiteId site = sites_.site_of_arc[a];
      if (!site.exists() || sites_.state[site.index()] == SiteState::forbidden) continue;
      through[static_cast<std::uint32_t>(site.index())] += unmet_cost_ * found.flow[a];
    }
    for (const auto& [site, amount] : through) {
      // Nothing makes it dearer than serving nobody.
      if (amount > 0.0) row.terms.push_back({site, std::min(amount, nothing_served())});
    }
    return row;
  }

  std::vector<double> cost_;
  std::span<const double> supply_;
  const AttackSites& sites_;
  double unmet_cost_;
  double demand_;
  std::vector<double> capacity_;
  std::vector<std::size_t> demanding_;
  LinearProgram program_;
};

/// 1 where every value is a whole number: flows of least cost then are whole as well.
double grain_of(const PricedArcs& priced, std::span<const double> supply, double unmet_cost, double most) {
  const auto fits = [](double value) { return whole(value) || std::isinf(value); };
  const bool all = std::all_of(priced.capacity.begin(), priced.capacity.end(), fits) &&
                   std::all_of(priced.cost.begin(), priced.cost.end(), whole) &&
                   std::all_of(supply.begin(), supply.end(), whole) && whole(unmet_cost);
  return all && most < kExact ? 1.0 : 0.0;
}

}  // namespace

MinCostFlowInterdiction min_cost_flow_interdiction(std::size_t nodes, ArcColumns arcs,
                                                   const PricedArcs& priced, std::span<const double> supply,
                                                   const AttackSites& sites,
                                                   const MinCostFlowInterdictionOptions& options,
                                                   const Execution& execution) {
  check(nodes, arcs, priced, supply, sites, options);
  const double unmet_cost = options.unmet_cost.value_or(dearer_than_serving(nodes, arcs, priced.cost));
  Supplier supplier(nodes, arcs, priced, supply, sites, unmet_cost);
  const double most = supplier.nothing_served();
  const detail::CoverProblem problem{{1.0},
                                     {most},
                                     sites,
                                     options.budget,
                                     grain_of(priced, supply, unmet_cost, most),
                                     [&](const auto& attacked) { return supplier.answer(attacked); }};
  const detail::CoverResult found = detail::best_cover(problem, options.limits, execution);
  Served after = supplier.serve(found.chosen);
  MinCostFlowInterdiction result;
  result.site = placement_of(found.chosen);
  result.cost = cost_of(sites, result.site);
  result.value_before = supplier.serve(std::vector<std::uint8_t>(sites.size(), 0)).value;
  result.value = found.value;
  result.bound = found.bound;
  result.unmet_cost = unmet_cost;
  result.flow = std::move(after.flow);
  result.unmet = std::move(after.unmet);
  result.status = found.status;
  result.nodes = found.nodes;
  result.flows = found.rows;
  return result;
}

}  // namespace waywarden
