#pragma once

/// Good placements by adding, swapping and rounding, judged by levels alone: one pass over the first levels
/// of each pair gives the gain of every site at once, so that a swap costs microseconds and no path is
/// searched. Deterministic.

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "waywarden/network_interdiction/detail/evasion_levels.h"

namespace waywarden::detail {

class PlacementSearch {
 public:
  /// Keeps a reference to the levels, which may grow.
  PlacementSearch(const EvasionLevels& levels, const Execution& execution)
      : levels_(levels), execution_(execution) {}

  /// Adds teams while they pay and the budget lasts, then exchanges one for others until none pays.
  Watched improve(Watched watched) const;
  /// Teams at the sites of greatest x (by position in `choice`) that the budget pays for.
  Watched rounded(std::span<const double> x) const;
  /// Without the teams that change nothing.
  Watched trimmed(Watched watched) const;

 private:
  struct Gains {
    double evasion = 0.0;
    /// Per site, how much less it would be with a team there.
    std::vector<double> of;
  };
  Gains gains(const Watched& watched) const;
  void fill(Watched& watched) const;
  double spent(const Watched& watched) const;
  std::vector<std::uint32_t> placed(const Watched& watched) const;
  /// Whether some exchange of a team for others paid, and was made.
  bool exchange(Watched& watched) const;
  bool exchange(Watched& watched, double& evasion, std::uint32_t leaving) const;

  const EvasionLevels& levels_;
  const Execution& execution_;
};

}  // namespace waywarden::detail
