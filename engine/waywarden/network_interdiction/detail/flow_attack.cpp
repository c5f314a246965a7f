#include "waywarden/network_interdiction/detail/flow_attack.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace waywarden::detail {
namespace {

constexpr std::size_t kMostPrices = 60;
constexpr double kTolerance = 1e-12;

/// Arcs of one site that can all be in one cut: those in one direction where the site joins two nodes only,
/// or else all of them.
using Bundle = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

std::vector<Bundle> bundles_of(ArcColumns arcs, const AttackSites& sites) {
  std::vector<std::set<std::uint32_t>> ends(sites.size());
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (!sites.site_of_arc[a].exists()) continue;
    ends[sites.site_of_arc[a].index()].insert({arcs.tail[a], arcs.head[a]});
  }
  std::vector<Bundle> bundles(arcs.tail.size());
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    const SiteId site = sites.site_of_arc[a];
    if (!site.exists()) continue;
    const bool joins_two = ends[site.index()].size() <= 2;
    bundles[a] = {static_cast<std::uint32_t>(site.index()), joins_two ? arcs.tail[a] : 0,
                  joins_two ? arcs.head[a] : 0};
  }
  return bundles;
}

}  // namespace

FlowAttack::FlowAttack(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                       const AttackSites& sites, FlowEnds ends)
    : nodes_(nodes),
      arcs_(arcs),
      capacity_(capacity),
      sites_(sites),
      ends_(ends),
      share_(capacity.size(), 0.0) {
  share_costs();
}

void FlowAttack::share_costs() {
  const std::vector<Bundle> bundle = bundles_of(arcs_, sites_);
  std::map<Bundle, double> together;
  for (std::size_t a = 0; a < share_.size(); ++a) together[bundle[a]] += capacity_[a];
  for (std::size_t a = 0; a < share_.size(); ++a) {
    if (!sites_.site_of_arc[a].exists() || capacity_[a] == 0.0) continue;
    share_[a] = sites_.cost[sites_.site_of_arc[a].index()] * (capacity_[a] / together[bundle[a]]);
  }
}

Mark FlowAttack::mark_of(std::size_t arc, std::span<const Mark> marks) const {
  const SiteId site = sites_.site_of_arc[arc];
  return site.exists() ? marks[site.index()] : Mark::out;
}

double FlowAttack::flow(std::span<const Mark> marks) const {
  std::vector<double> left(capacity_.begin(), capacity_.end());
  for (std::size_t a = 0; a < left.size(); ++a) left[a] = mark_of(a, marks) == Mark::in ? 0.0 : left[a];
  return minimum_cut(nodes_, arcs_, left, ends_.source, ends_.sink).value;
}

PricedCut FlowAttack::cut_at(double price, std::span<const Mark> marks) const {
  std::vector<double> toll(capacity_.begin(), capacity_.end());
  for (std::size_t a = 0; a < toll.size(); ++a) {
    const Mark mark = mark_of(a, marks);
    if (mark == Mark::in) toll[a] = 0.0;
    if (mark == Mark::open) toll[a] = std::min(toll[a], price * share_[a]);
  }
  PricedCut cut;
  cut.arc = minimum_cut(nodes_, arcs_, toll, ends_.source, ends_.sink).arc;
  std::set<std::uint32_t> paid;
  for (const std::uint32_t a : cut.arc) {
    if (mark_of(a, marks) == Mark::open && toll[a] < capacity_[a]) {
      cut.spent += share_[a];
      paid.insert(static_cast<std::uint32_t>(sites_.site_of_arc[a].index()));
    } else {
      cut.through += toll[a];
    }
  }
  cut.paid.assign(paid.begin(), paid.end());
  return cut;
}

/// From here on, no attack pays.
double FlowAttack::highest_price(std::span<const Mark> marks) const {
  double price = 0.0;
  for (std::size_t a = 0; a < share_.size(); ++a) {
    if (mark_of(a, marks) == Mark::open && share_[a] > 0.0) price = std::max(price, capacity_[a] / share_[a]);
  }
  return price * (1.0 + 1e-9);
}

/// Cutting planes in one dimension: the relaxed value is concave in the price.
FlowBound FlowAttack::bound(std::span<const Mark> marks, double left) const {
  PricedCut dear = cut_at(0.0, marks);
  FlowBound found{dear.through, {dear}};
  if (dear.spent <= left) return found;
  const double price = highest_price(marks);
  PricedCut cheap = cut_at(price, marks);
  found.bound = std::max(found.bound, cheap.through + price * (cheap.spent - left));
  found.cuts.push_back(cheap);
  for (std::size_t i = 0; i < kMostPrices && dear.spent > cheap.spent; ++i) {
    const double at = (cheap.through - dear.through) / (dear.spent - cheap.spent);
    const double expected = dear.through + at * (dear.spent - left);
    PricedCut between = cut_at(std::max(0.0, at), marks);
    const double reached = between.through + std::max(0.0, at) * (between.spent - left);
    found.bound = std::max(found.bound, reached);
    found.cuts.push_back(between);
    if (reached >= expected - kTolerance * std::max(1.0, std::abs(expected))) break;
    (between.spent > left ? dear : cheap) = std::move(between);
  }
  found.cuts.push_back(std::move(dear));
  return found;
}

std::vector<CoverTerm> FlowAttack::held(const PricedCut& cut, std::span<const Mark> marks) const {
  std::map<std::uint32_t, double> held;
  for (const std::uint32_t a : cut.arc) {
    if (mark_of(a, marks) != Mark::open || capacity_[a] == 0.0) continue;
    held[static_cast<std::uint32_t>(sites_.site_of_arc[a].index())] += capacity_[a];
  }
  std::vector<CoverTerm> terms;
  for (const auto& [site, capacity] : held) terms.push_back({site, capacity});
  return terms;
}

double FlowAttack::capacity_of(const PricedCut& cut, std::span<const Mark> marks) const {
  double sum = 0.0;
  for (const std::uint32_t a : cut.arc) sum += mark_of(a, marks) == Mark::in ? 0.0 : capacity_[a];
  return sum;
}

}  // namespace waywarden::detail
