#pragma once

/// Several routes between two nodes that a person would call different: the cheapest, and others that are not
/// much dearer, have not much in common with those before and take no pointless detours.
///
/// `ViaNodeRoutes` joins the cheapest ways to and from a node in between (Abraham, Delling, Goldberg and
/// Werneck, "Alternative routes in road networks", 2013). Each route is certain to keep the bounds in
/// `ViaNodeOptions`; routes that keep them but pass no such node are not found, nor are some whose parts of
/// up to twice the cost for local optimality are no cheapest ways, so there may be fewer than asked for.
/// `PenaltyRoutes` makes the arcs that it has used dearer and looks for the cheapest route again: finds more,
/// but does not look at local optimality. `dissimilar` chooses from both, `path_sizes` measures what they
/// have in common: choice sets for path-size logit.
///
/// Costs are exact, in the weights' unit. Routes are made of open arcs, visit no node twice, and no two of
/// one answer are the same. Answers are the same for the same arcs, order and weights: ties go to the
/// smallest ids.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/partial_customization.h"
#include "waywarden/routing/point_to_point.h"

namespace waywarden {

namespace detail {
struct Incidence;
}

/// One entry per route, the cheapest first. None where there is no way; one without arcs from a node to
/// itself.
struct Alternatives {
  std::vector<Cost> cost;
  /// Cost over that of the first.
  std::vector<double> stretch;
  /// Cost of the arcs that routes before it use too, over the cost of the first; 0 for 0 of 0.
  std::vector<double> sharing;
  /// Arcs of route i in travel order: arc[begin[i]] .. arc[begin[i + 1] - 1].
  std::vector<std::size_t> begin{0};
  std::vector<std::uint32_t> arc;

  std::size_t size() const { return cost.size(); }
  std::span<const std::uint32_t> arcs(std::size_t route) const {
    return std::span(arc).subspan(begin[route], begin[route + 1] - begin[route]);
  }
};

/// Bounds in multiples of the cheapest cost c.
struct ViaNodeOptions {
  /// The cheapest included.
  std::size_t count = 3;
  /// A route costs at most (1 + excess) c, and where it leaves the cheapest route, all its own arcs together
  /// cost at most (1 + excess) times those it avoids.
  double excess = 0.25;
  /// At most sharing * c of its cost is on arcs of the routes before it.
  double sharing = 0.8;
  /// Each part of it that costs at most local_optimality * c is a cheapest way between its ends.
  double local_optimality = 0.25;
};

struct PenaltyOptions {
  /// The cheapest included.
  std::size_t count = 3;
  /// As above: a route's cost, and what it shares with those before it.
  double excess = 0.25;
  double sharing = 0.8;
  /// Arcs become so many times dearer whenever they are used, by 1 at least; above 1.
  double factor = 1.2;
  /// How often to look for a route.
  std::size_t rounds = 30;
};

/// Two sweeps, then a distance for each candidate that keeps the other bounds: about a tenth of a second on a
/// city. Memory 8 bytes per arc, per question 45 bytes per node. Not thread-safe: one object per thread.
class ViaNodeRoutes {
 public:
  /// The arcs of the metric's hierarchy, which along with both must outlive it. Throws `OptionError` for
  /// those of another graph.
  ViaNodeRoutes(ArcColumns arcs, const Metric& metric);
  ~ViaNodeRoutes();

  /// Throws `OptionError` for nodes that do not exist and bounds below 0.
  Alternatives between(std::uint32_t source, std::uint32_t target, const ViaNodeOptions& options = {},
                       const Execution& execution = {});

 private:
  ArcColumns arcs_;
  const Metric& metric_;
  std::unique_ptr<const detail::Incidence> leaving_;
  std::unique_ptr<const detail::Incidence> entering_;
  PointToPoint point_to_point_;
};

/// A partial customization and a distance per round: some ten milliseconds for a route through a city. Ends
/// early where weights, once dearer, would no longer fit (`PartialCustomization`). Memory that of a metric,
/// and 10 bytes per link. Not thread-safe: one object per thread.
class PenaltyRoutes {
 public:
  /// Copies the metric; arcs and hierarchy must outlive it. Throws as above.
  PenaltyRoutes(ArcColumns arcs, const Metric& metric);
  PenaltyRoutes(const PenaltyRoutes&) = delete;
  PenaltyRoutes& operator=(const PenaltyRoutes&) = delete;

  /// Throws as above, and for a factor not above 1.
  Alternatives between(std::uint32_t source, std::uint32_t target, const PenaltyOptions& options = {},
                       const Execution& execution = {});

 private:
  std::vector<std::uint32_t> route_between(std::uint32_t source, std::uint32_t target);
  std::vector<WeightChange> dearer(std::span<const std::uint32_t> route, double factor) const;

  ArcColumns arcs_;
  /// As given, and made dearer for as long as a question lasts.
  std::vector<Weight> weights_;
  Metric metric_;
  PartialCustomization partial_;
  PointToPoint point_to_point_;
};

/// Up to `count` routes out of one or several answers to one question: the cheapest, then again and again the
/// one whose least dissimilarity to those chosen is largest, while it is above `least`. Dissimilarity of two
/// routes: the cost of the arcs that one of them uses, over that of all arcs that they use; 0 for 0 of 0.
/// Ties go to the cheaper one, then by arcs. `weights` per arc. O(count * arcs of all routes). Throws
/// `OptionError` where `least` is below 0.
Alternatives dissimilar(std::span<const Alternatives> pools, std::span<const Weight> weights,
                        std::size_t count, double least = 0.0);

/// Per route the path size of Ben-Akiva and Bierlaire (1999): the mean over its cost of 1 / number of routes
/// that use the arc. 1 for a route that shares nothing, and for one that costs nothing.
std::vector<double> path_sizes(const Alternatives& routes, std::span<const Weight> weights);

}  // namespace waywarden
