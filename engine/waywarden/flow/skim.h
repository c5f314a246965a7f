#pragma once

/// Cheapest generalised costs between all places, as every evader would agree on them (nothing perceived, no
/// teams). Sparse: pairs dearer than a cutoff are only remembered as joined, one bit each.
///
/// Memory: 12 bytes per pair kept, and with a cutoff up to n * n / 8 bytes for n places. Of 10,000 places a
/// cutoff that keeps a tenth of the pairs takes 0.13 GB, all pairs take 1.2 GB.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/ids.h"
#include "waywarden/network/places.h"
#include "waywarden/risk/edge_costs.h"
#include "waywarden/routing/core.h"

namespace waywarden {

struct SkimOptions {
  /// Pairs that cost more, in money, are left out; none are where nothing is stated.
  std::optional<double> cutoff = std::nullopt;
};

class Skim {
 public:
  /// What is known about the ways to one place.
  struct Arrivals {
    /// Ascending.
    std::vector<PlaceId> origin;
    /// In money.
    std::vector<double> cost;
    /// One bit per place that a way joins at more than the cutoff; empty where there is none.
    std::vector<std::uint64_t> beyond;
  };

  /// Of a full table, a row per destination.
  Skim(std::size_t places, std::span<const std::optional<double>> costs, const SkimOptions& options = {});
  /// One per destination.
  Skim(std::vector<Arrivals> arrivals, const SkimOptions& options);

  std::size_t place_count() const { return arrivals_.size(); }
  std::optional<double> cutoff() const { return cutoff_; }
  /// In money; nothing where no route is, or only dearer ones than the cutoff, or a place is not attached.
  /// 0 for places attached to one node. O(log places). Throws `OptionError` for a place that is not there.
  std::optional<double> cost(PlaceId origin, PlaceId destination) const;
  /// Some route leads there, whatever it costs. Throws likewise.
  bool joins(PlaceId origin, PlaceId destination) const;
  const Arrivals& to(PlaceId destination) const;
  /// Some route leads there, but all cost more than the cutoff.
  bool beyond_cutoff(PlaceId origin, PlaceId destination) const;

 private:
  std::vector<Arrivals> arrivals_;
  std::optional<double> cutoff_;
};

/// One search per place. Costs are exact to the rounding of `Weights`: one unit per edge. The places' nodes
/// must be terminals of the core. Throws `OptionError` for a cutoff that is not finite and >= 0.
Skim skim(const Core& core, const EdgeCosts& costs, const Places& places, const Execution& execution,
          const SkimOptions& options = {});

/// The core's node of each place; none for places that are not attached. Throws `OptionError` where a place's
/// node is not in the core.
std::vector<CoreNode> core_nodes(const Core& core, const Places& places);

}  // namespace waywarden
