#pragma once

/// The sites on each edge of a network: none, one, or several, as where a crossing, a stretch of road and a
/// junction can all be watched. Compressed rows.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"

namespace waywarden {

/// Where a site is.
struct SiteEdge {
  EdgeId edge;
  SiteId site;

  friend auto operator<=>(const SiteEdge&, const SiteEdge&) = default;
};

class EdgeSites {
 public:
  /// No edges: journeys that nobody watches.
  EdgeSites() = default;
  /// At most one site on each edge.
  explicit EdgeSites(std::span<const SiteId> site_of_edge);
  /// In any order; repetitions count once. Throws `OptionError` for an edge that does not exist.
  EdgeSites(std::size_t edges, std::vector<SiteEdge> where);

  std::size_t edge_count() const { return first_.size() - 1; }
  /// Ascending.
  std::span<const SiteId> on(EdgeId edge) const {
    return std::span(sites_).subspan(first_[edge.index()], first_[edge.index() + 1] - first_[edge.index()]);
  }

  friend bool operator==(const EdgeSites&, const EdgeSites&) = default;

 private:
  std::vector<std::uint32_t> first_{0};
  std::vector<SiteId> sites_;
};

/// A quantity of sites, summed over those on each edge.
std::vector<double> sums_over_sites(const EdgeSites& sites, std::span<const double> per_site);

}  // namespace waywarden
