#pragma once

/// Which sites the journeys of each pair pass, and how often: what remains of a loading when every pair
/// counts by itself. Interception of a pair by a set X of watched sites is the sum over its routes of
/// probability * (1 - product over the x of X on the route of (1 - p_x)).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/loading.h"

namespace waywarden {

/// A row per pair and set of sites, ascending by pair. Routes past no site are left out, so the probabilities
/// of a pair sum to at most 1.
struct PairRoutes {
  std::vector<std::size_t> pair;
  std::vector<double> probability;
  /// Ascending, each once.
  std::vector<std::vector<SiteId>> sites;

  std::size_t size() const { return pair.size(); }
};

/// The routes of a loading: one per draw, equal ones as one. Pairs are those of the movement's demand.
/// O(draws * pairs * arcs on a route).
PairRoutes pair_routes(const Movement& movement, const Loading& loading, const Execution& execution = {});

/// Throws `OptionError` when columns differ in length, a route names an unknown pair or site or does not list
/// its sites in ascending order, or the probabilities of a pair are no probabilities.
void check_routes(const PairRoutes& routes, std::size_t pairs, std::size_t sites);

/// Per site, 1 where teams stand.
using Watched = std::vector<std::uint8_t>;

/// Interception of every pair by any set of sites. Keeps a reference to the routes; a detection of 1 is
/// lowered to 1 - 1e-12.
class PairInterceptions {
 public:
  PairInterceptions(const PairRoutes& routes, std::size_t pairs, const std::vector<double>& detection);

  std::vector<double> by(const Watched& watched) const;

  /// What one more site adds: visits (pair, site, gain), the same pair and site once per route.
  template <class Visit>
  void each_gain(const Watched& watched, Visit visit) const {
    for (std::size_t r = 0; r < routes_.size(); ++r) {
      const double left = routes_.probability[r] * unseen(r, watched);
      for (const SiteId site : routes_.sites[r])
        if (watched[site.index()] == 0) visit(routes_.pair[r], site.index(), left * detection_[site.index()]);
    }
  }

 private:
  double unseen(std::size_t route, const Watched& watched) const;

  const PairRoutes& routes_;
  std::size_t pairs_;
  std::vector<double> detection_;
};

}  // namespace waywarden
