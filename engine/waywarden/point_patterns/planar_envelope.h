#pragma once

/// L of points in a window with a global envelope (envelopes.h) from simulations: is there more, or less,
/// clustering than chance brings? For one kind of points, as many points thrown evenly over the window; for
/// two kinds, the kinds dealt anew over the same places (random labelling). Simulations run on any number of
/// threads, each from a stream of its own: the same bits.

#include <optional>

#include "waywarden/point_patterns/envelopes.h"
#include "waywarden/point_patterns/planar_k.h"

namespace waywarden {

struct LEnvelopeOptions {
  /// Its correction is not `border`, under which some simulations would be undefined.
  PlanarKOptions k{};
  std::size_t simulations = 999;
  std::uint64_t seed = 0;
  EnvelopeOptions envelope{};
};

struct LEnvelope {
  std::vector<double> observed;
  GlobalEnvelope envelope;
};

/// Throw as `planar_k`, and `InputError` for fewer than two points (or none of a kind).
LEnvelope l_envelope(std::span<const Point> points, const PlanarWindow& window,
                     const LEnvelopeOptions& options, const Execution& execution = {});
LEnvelope cross_l_envelope(std::span<const Point> from, std::span<const Point> to, const PlanarWindow& window,
                           const LEnvelopeOptions& options, const Execution& execution = {});

/// Evenly over the window, from the stream (seed, item).
std::vector<Point> uniform_points(const PlanarWindow& window, std::size_t count, std::uint64_t seed,
                                  std::uint64_t item);

}  // namespace waywarden
