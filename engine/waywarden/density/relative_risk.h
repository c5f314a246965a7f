#pragma once

/// Where is the share of cases high, given where there could be any? The log ratio of two kernel densities of
/// one bandwidth, each scaled to mass 1 (Bithell 1990; Kelsall and Diggle 1995), with tolerance: per cell,
/// the probability of a ratio as high if cases and controls came from one density.
///
///   asymptotic   z = log ratio / sqrt(s(u) (1 / n_cases + 1 / n_controls) / pooled density), normal; s(u) is
///                the mass of the squared kernel inside over the square of that of the kernel (Hazelton and
///                Davies, Biometrical Journal 51, 2009)
///   Monte Carlo  kinds dealt anew over the same places (random labelling); p counts ties and the observed
///
/// Tolerance contours are the lines of p_upper = 0.05 (raised) and p_lower = 0.05 (lowered), as
/// `contour_lines` draws them. p is per cell: with thousands of cells some will be low by chance.
///
/// Edges are corrected at the cells (`evaluation`), which cancels in the ratio and remains in s(u). Cells
/// that only kernels of one kind reach, or none, have no ratio. Time: kernels of all points, then those of
/// the cases per permutation.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/density/planar_density.h"

namespace waywarden {

enum class RiskState : std::uint8_t { defined, outside, only_cases, only_controls, no_events };

/// "defined", "outside", ...
std::string name(RiskState state);

struct RelativeRiskOptions {
  PlanarKernel kernel = PlanarKernel::gaussian;
  double bandwidth = 0.0;
  /// 0: asymptotic.
  std::size_t permutations = 0;
  std::uint64_t seed = 0;
};

struct RelativeRisk {
  RasterGrid grid;
  std::vector<RiskState> state;
  /// Where defined, otherwise nothing.
  std::vector<std::optional<double>> log_ratio;
  std::vector<std::optional<double>> p_upper;
  std::vector<std::optional<double>> p_lower;
};

/// Throws as `planar_density`, and `InputError` where there are no cases or no controls.
RelativeRisk relative_risk(std::span<const Point> cases, std::span<const Point> controls,
                           const PlanarWindow& window, const RasterGrid& grid,
                           const RelativeRiskOptions& options, const Execution& execution = {});

}  // namespace waywarden
