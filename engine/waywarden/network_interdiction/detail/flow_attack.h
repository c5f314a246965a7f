#pragma once

/// One search node of max-flow interdiction: what can flow, and what attacks of open sites bring it down to.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/network_interdiction/attack_sites.h"
#include "waywarden/network_interdiction/detail/cover_bound.h"
#include "waywarden/network_interdiction/max_flow_interdiction.h"
#include "waywarden/network_interdiction/minimum_cut.h"

namespace waywarden::detail {

/// A cut at some price of attacks: what it lets through, and what the attacks on it cost.
struct PricedCut {
  double through = 0.0;
  double spent = 0.0;
  std::vector<std::uint32_t> arc;
  /// Of open sites that the cut pays for, ascending.
  std::vector<std::uint32_t> paid;
};

/// What a relaxation knows: no attack brings the flow below `bound`.
struct FlowBound {
  double bound = 0.0;
  /// All cuts met, the one last whose attacks exceed what is left of the budget, if any does.
  std::vector<PricedCut> cuts;
};

class FlowAttack {
 public:
  /// Keeps references.
  FlowAttack(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity, const AttackSites& sites,
             FlowEnds ends);

  /// Greatest flow where the sites marked `in` are gone.
  double flow(std::span<const Mark> marks) const;
  /// `left` is what is left of the budget; every open site must be affordable.
  FlowBound bound(std::span<const Mark> marks, double left) const;
  /// How much capacity of a cut each site holds; sites without any are left out. Ascending.
  std::vector<CoverTerm> held(const PricedCut& cut, std::span<const Mark> marks) const;
  /// What the cut lets through where nothing but the sites marked `in` are gone.
  double capacity_of(const PricedCut& cut, std::span<const Mark> marks) const;

 private:
  Mark mark_of(std::size_t arc, std::span<const Mark> marks) const;
  PricedCut cut_at(double price, std::span<const Mark> marks) const;
  double highest_price(std::span<const Mark> marks) const;
  void share_costs();

  std::size_t nodes_;
  ArcColumns arcs_;
  std::span<const double> capacity_;
  const AttackSites& sites_;
  FlowEnds ends_;
  /// Per arc: what of its site's cost it stands for.
  std::vector<double> share_;
};

}  // namespace waywarden::detail
