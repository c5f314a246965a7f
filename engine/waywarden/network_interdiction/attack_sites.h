#pragma once

/// Where the arcs of any directed graph can be attacked or watched: the input that the classical interdiction
/// problems share (shortest_path_interdiction.h, max_flow_interdiction.h, evasive_capture.h). A site is a set
/// of arcs that is attacked as a whole, for a cost; every arc belongs to at most one site.
/// `Sites::site_of_edge` is such a grouping of a network's edges.
///
/// The graph itself is `ArcColumns` over nodes 0 .. nodes - 1: parallel arcs, loops and unconnected parts are
/// allowed. Checks are O(arcs + sites).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/interdiction/sites.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden {

struct AttackSites {
  /// Per arc; none where it cannot be attacked.
  std::vector<SiteId> site_of_arc;
  /// Per site: what an attack costs, finite and at least 0, and whether it must or must not be attacked.
  std::vector<double> cost;
  std::vector<SiteState> state;

  std::size_t size() const { return cost.size(); }
};

/// Every arc a site of its own, at cost 1.
AttackSites one_site_per_arc(std::size_t arcs);

/// When an exact search gives up and says so (`Status::limit`). A search ended by `seconds` depends on the
/// machine; one that ends otherwise has the same bits everywhere.
struct SearchLimits {
  std::size_t nodes = 100'000;
  double seconds = 60.0;
};

/// Throw `OptionError`: where columns differ in length or an arc ends at no node; where an arc names no site,
/// a cost is negative or not finite, the budget is negative or NaN, or the required sites cost more than it;
/// where a column has not one number per arc, or one of them is negative or NaN.
void check_arcs(std::size_t nodes, ArcColumns arcs);
void check_sites(const AttackSites& sites, std::size_t arcs, double budget);
void check_per_arc(std::span<const double> values, std::size_t arcs, const char* what);

/// Whether a cost is within the budget, but for 1e-9 of rounding.
bool affordable(double cost, double budget);

/// Throws `OptionError` for a site that does not exist.
double cost_of(const AttackSites& sites, std::span<const SiteId> placement);

/// Per site, 1 where it is in the placement. Throws as `cost_of`.
std::vector<std::uint8_t> flags_of(const AttackSites& sites, std::span<const SiteId> placement);

/// The sites whose flag is set, ascending.
std::vector<SiteId> placement_of(std::span<const std::uint8_t> flags);

}  // namespace waywarden
