#pragma once

/// Scan statistics: where, and when, cases cluster more (or less) than chance explains, over all windows of a
/// kind at once (Kulldorff 1997, 2001; Kulldorff et al. 2005). One p per cluster, corrected for the many
/// windows by comparing with the best window of each random study.
///
/// Nothing depends on the order of places: they are put into one of their own content first. What it costs is
/// said in distance_windows.h, connected_windows.h, network_windows.h and maxima.h.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/hotspots/weights.h"
#include "waywarden/linear_network/linear_network.h"
#include "waywarden/scan/distance_windows.h"
#include "waywarden/scan/significance.h"

namespace waywarden {

struct Circles {
  ScanSpace space = ScanSpace::plane;
};

/// Sets of places that hang together (see connected_windows.h).
struct ConnectedSets {
  ScanSpace space = ScanSpace::plane;
  /// Who touches whom; weights do not matter.
  Weights neighbours;
  std::size_t most_places = 12;
};

/// Balls by distance along lines (see network_windows.h).
struct NetworkBalls {
  /// Not owned.
  const LinearNetwork* network = nullptr;
  /// Of each place.
  std::vector<LinePosition> positions;
};

using WindowKind = std::variant<Circles, EllipseOptions, ConnectedSets, NetworkBalls>;

struct ScanOptions {
  ScanModel model = ScanModel::poisson;
  ScanRates rates = ScanRates::high;
  WindowLimits limits;
  ScanTime time = ScanTime::retrospective;
  /// A cluster lasts at most this share of the study.
  double time_share = 0.5;
  /// Cases that a cluster of high rates holds at least.
  std::int64_t fewest_cases = 2;
  MonteCarloOptions monte_carlo;
  std::size_t most_clusters = 100;
};

enum class ScanStatus : std::uint8_t {
  complete,       ///< all simulations were made
  stopped_early,  ///< the best cluster's p was clear before (Besag and Clifford)
  no_cluster      ///< no window is a cluster, so there was nothing to test
};
std::string name(ScanStatus status);

/// Columns, one row per cluster, best first; no two share a place.
struct ScanResult {
  ScanStatus status = ScanStatus::no_cluster;
  std::size_t simulations = 0;

  /// Cluster i holds members [first_member[i], first_member[i + 1]), ascending.
  std::vector<std::size_t> first_member{0};
  std::vector<std::uint32_t> member;
  std::vector<std::uint32_t> centre;
  /// Of the farthest member from the centre; of ellipses the shorter half axis.
  std::vector<double> radius;
  std::vector<double> longer_half_axis;
  std::vector<double> angle;
  std::vector<std::uint32_t> first_interval;
  std::vector<std::uint32_t> last_interval;
  std::vector<std::int64_t> observed;
  std::vector<double> expected;
  /// Inside over outside; nothing where no case is outside.
  std::vector<std::optional<double>> relative_risk;
  std::vector<double> log_likelihood_ratio;
  /// The ratio less the penalty of the shape: what is tested.
  std::vector<double> statistic;
  std::vector<std::optional<double>> p;
  std::vector<std::optional<double>> p_gumbel;
  /// Of a prospective scan that is made once per interval: after how many intervals chance alone brings such
  /// an alarm once (Kleinman, Lazarus and Platt 2004).
  std::vector<std::optional<double>> recurrence_intervals;

  std::size_t size() const { return centre.size(); }
};

/// Throws `InputError` and `OptionError` as the parts do.
ScanResult scan(std::span<const Point> places, const ScanCounts& counts, const WindowKind& kind,
                const ScanOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
