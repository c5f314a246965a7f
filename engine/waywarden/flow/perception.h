#pragma once

/// What evaders believe of the network: in each draw every edge's cost is multiplied by a random factor, and
/// every evader takes its cheapest route (sampled perception, design 5).
///
///     factor of an edge = field, averaged over its length * effect of its mode * effect of its country *
///     link noise
///
/// Field: at a point exp(s * Z - s^2 / 2), Z = (Z1 + Z2 + Z3) / sqrt(3), one standard normal per cell of
/// three nested grids of 1/64, 1/16 and 1/4 of the median trip's length (the finest rounded to a power of two
/// in metres, so that a slightly different demand keeps its cells). Effects: lognormal with deviations
/// `mode_effect * s` and `country_effect * s`; where the ends of an edge lie in two countries (crossings),
/// the mean of the two effects. Link noise: Gamma with mean 1 and variance b / c for an edge of reference
/// cost c, so that the noisy cost has mean c and variance b * c.
///
/// Guarantees: every factor has mean 1. Cutting an edge in two changes nothing: the field's part exactly, as
/// far as the two costs are in the ratio of their lengths; the noise in distribution, exactly. Both
/// directions of a road share the field and have their own link noise. Draws are keyed (seed, draw, cell |
/// mode | country code | edge id), so one perception serves every scenario on a network, and differences
/// between scenarios are not noise.
///
/// Memory: 4 bytes per edge and draw.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/network/network.h"
#include "waywarden/risk/edge_costs.h"
#include "waywarden/routing/weights.h"

namespace waywarden {

struct PerceptionOptions {
  std::uint64_t seed = 1;
  /// At least 2, so that standard errors exist.
  std::uint32_t draws = 64;
  /// Mean cost of the routes taken over the cheapest; > 1. Met by `calibrate` (spread.h).
  double spread = 1.05;
  /// Deviation of a median trip's cost by link noise, relative; b = link_noise^2 * median cost. 0 = none.
  double link_noise = 0.01;
  /// Deviations of the effects of mode and country, relative to the field's.
  double mode_effect = 0.5;
  double country_effect = 0.5;
};

/// What a typical journey is: demand-weighted medians over cheapest routes.
struct TripScale {
  Metres length;
  double cost = 0.0;
};

class Perception {
 public:
  /// `reference`: costs of the network without closures and teams; edges closed in it get no link noise. The
  /// field's deviation s is 0 until set. Throws `OptionError` for options that make no sense, or a scale that
  /// is not > 0.
  Perception(const Network& network, const EdgeCosts& reference, const TripScale& scale,
             const PerceptionOptions& options, const Execution& execution);

  /// The same draws with another deviation s of the field. Cheap: shares everything.
  Perception with_deviation(double deviation) const;

  double deviation() const { return deviation_; }
  std::uint32_t draws() const;
  const PerceptionOptions& options() const;
  const TripScale& scale() const;
  Metres finest_cell() const;
  /// Cost of one unit of weight, the same for all draws and scenarios: leaves room for factors up to 64.
  double unit() const;

  /// One factor per edge of the network. O(edges + cells). Throws `OptionError` for a draw that is not there.
  std::vector<double> factors(std::uint32_t draw) const;

  /// One weight per edge: the perceived cost, never below one unit, so that routes have no free edges and
  /// ties do not depend on the search. Infinite costs are closed edges.
  std::vector<Weight> weights(std::uint32_t draw, std::span<const double> costs) const;

 private:
  struct Draws;
  Perception(std::shared_ptr<const Draws> draws, double deviation)
      : draws_(std::move(draws)), deviation_(deviation) {}

  std::shared_ptr<const Draws> draws_;
  double deviation_ = 0.0;
};

/// Costs as everyone agrees on them, in a perception's unit and never below one unit.
std::vector<Weight> agreed_weights(std::span<const double> costs, double unit);

}  // namespace waywarden
