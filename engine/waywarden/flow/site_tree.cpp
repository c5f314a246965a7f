#include "waywarden/flow/site_tree.h"

#include <algorithm>
#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kNoSite = std::numeric_limits<std::uint32_t>::max();

/// A site tree in the making: from the destination upstream, so parents stand before children.
class Contraction {
 public:
  /// The node that a journey meets first when it passes `sites` and then goes on to node `next`.
  std::uint32_t extend(std::uint32_t next, std::span<const SiteId> sites) {
    for (std::size_t i = sites.size(); i-- > 0;) {
      if (passes(next, sites[i])) continue;
      site_.push_back(sites[i]);
      parent_.push_back(next);
      next = static_cast<std::uint32_t>(site_.size() - 1);
    }
    return next;
  }

  /// With the order turned round.
  SiteTree finish() const {
    SiteTree tree;
    const std::size_t size = site_.size();
    for (std::size_t i = size; i-- > 0;) {
      tree.site.push_back(site_[i]);
      const std::size_t parent = parent_[i] == kNoSite ? i : parent_[i];
      tree.parent.push_back(static_cast<std::uint32_t>(size - 1 - parent));
    }
    tree.injected.assign(size, 0.0);
    return tree;
  }

 private:
  bool passes(std::uint32_t node, SiteId site) const {
    for (; node != kNoSite; node = parent_[node]) {
      if (site_[node] == site) return true;
    }
    return false;
  }

  std::vector<SiteId> site_;
  std::vector<std::uint32_t> parent_;
};

/// Drops what stands again later, from position `first` on.
void keep_last(std::vector<SiteId>& sites, std::size_t first) {
  const auto begin = sites.begin() + static_cast<std::ptrdiff_t>(first);
  auto kept = sites.end();
  for (auto at = sites.end(); at != begin;) {
    if (std::find(kept, sites.end(), *--at) == sites.end()) *--kept = *at;
  }
  sites.erase(begin, kept);
}

}  // namespace

ArcSites::ArcSites(const Core& core, const EdgeSites& site_of_edge) {
  if (site_of_edge.edge_count() != core.network_edge_count())
    throw OptionError("sites must be those of the network's edges");
  for (std::size_t a = 0; a < core.arc_count(); ++a) {
    for (const EdgeId e : core.edges(CoreArc(a))) {
      const std::span<const SiteId> on_edge = site_of_edge.on(e);
      sites_.insert(sites_.end(), on_edge.begin(), on_edge.end());
    }
    keep_last(sites_, first_.back());
    first_.push_back(static_cast<std::uint32_t>(sites_.size()));
  }
}

SiteTree contracted(const FlowTree& tree, const DestinationDemand& demand, std::uint32_t draw,
                    const ArcSites& sites) {
  Contraction contraction;
  std::vector<std::uint32_t> first_site(tree.size() + 1, kNoSite);
  for (std::size_t i = tree.size(); i-- > 0;) {
    first_site[i] = contraction.extend(first_site[tree.parent[i]], sites.on(tree.arc[i]));
  }
  SiteTree result = contraction.finish();
  result.draw = draw;
  result.destination = demand.destination;
  for (std::size_t i = 0; i < tree.origin.size(); ++i) {
    if (tree.origin[i] == FlowTree::kNoRoute) continue;
    const std::uint32_t first = first_site[tree.origin[i]];
    (first == kNoSite ? result.unseen : result.injected[result.site.size() - 1 - first]) +=
        demand.journeys[i];
  }
  return result;
}

}  // namespace waywarden
