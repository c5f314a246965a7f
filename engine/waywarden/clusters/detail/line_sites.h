#pragma once

/// Incidents on a linear network, those at one place taken together, and who is near whom along it.
///
/// The distance between two sites is that found by a search from the smaller one: sums of lengths round
/// differently from the other side, and a pair must not be within reach one way only.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/linear_network/line_search.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden::detail {

struct LineEvent {
  LinePosition position;
  std::int64_t time = 0;

  friend auto operator<=>(const LineEvent&, const LineEvent&) = default;
};

struct LineSites {
  /// Ascending and distinct.
  std::vector<LineEvent> site;
  /// Incidents at each.
  std::vector<std::size_t> incidents;
  /// Per incident in canonical order.
  std::vector<std::uint32_t> site_of;
  /// Sites on edge e are [first_on_edge[e], first_on_edge[e + 1]).
  std::vector<std::size_t> first_on_edge;
};

/// `events` ascending.
LineSites line_sites(const LinearNetwork& network, std::span<const LineEvent> events);

struct NearSite {
  std::uint32_t site = 0;
  double distance = 0.0;
};

/// Searches from sites; one per thread.
class SiteSearch {
 public:
  SiteSearch(const LinearNetwork& network, const LineSites& sites)
      : network_(&network), sites_(&sites), search_(network), seen_(network.edge_count(), 0) {}

  /// All sites at most so far away along the network, the site itself included, ascending; valid until the
  /// next call.
  std::span<const NearSite> within(std::uint32_t site, double limit);

 private:
  void add_edge(std::size_t edge, double limit);

  const LinearNetwork* network_;
  const LineSites* sites_;
  LineSearch search_;
  /// Number of the last search that saw the edge.
  std::vector<std::uint32_t> seen_;
  std::uint32_t searches_ = 0;
  std::vector<NearSite> near_;
};

/// For each site, all others at most so far away, ascending.
std::vector<std::vector<NearSite>> near_sites(const LinearNetwork& network, const LineSites& sites,
                                              double limit, const Execution& execution);

}  // namespace waywarden::detail
