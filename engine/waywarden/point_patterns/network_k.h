#pragma once

/// Do incidents on a network lie closer together, along its lines, than chance would have them? Network K and
/// cross-K functions, by shortest distance.
///
///  - `okabe_yamada`: K(r) = L / (n (n - 1)) x ordered pairs at most r apart (Okabe and Yamada 2001). Its
///    expectation under chance depends on the network; compare with simulations.
///  - `ang`: each pair is divided by the number of places on the network that are exactly as far from its
///    first point (Ang, Baddeley and Nair 2012): K(r) = r under chance, on any network, for r up to the
///    smallest of the points' largest distances.
///
/// Cross-K counts pairs of a point of one set and one of another: L / (n m) x such pairs.
///
/// One bounded search per point, or per node where there are more points (with those of all simulations) than
/// nodes. Points that coincide are 0 apart and count. Neither their order nor the threads change a bit.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

enum class NetworkCorrection : std::uint8_t { okabe_yamada, ang };

std::string name(NetworkCorrection correction);

struct NetworkKOptions {
  /// Metres, ascending, at least 0.
  std::vector<double> radii;
  NetworkCorrection correction = NetworkCorrection::okabe_yamada;
};

/// K at each radius. Throws `InputError` for a position off the network or fewer than two points,
/// `OptionError` for radii that are not ascending, finite and at least 0, or none.
std::vector<double> network_k(const LinearNetwork& network, std::span<const LinePosition> points,
                              const NetworkKOptions& options, const Execution& execution = {});

/// From the points of the first set to those of the second; neither may be empty.
std::vector<double> network_cross_k(const LinearNetwork& network, std::span<const LinePosition> from,
                                    std::span<const LinePosition> to, const NetworkKOptions& options,
                                    const Execution& execution = {});

struct SimulationOptions {
  std::uint32_t simulations = 999;
  std::uint64_t seed = 0;
};

/// The curve of the points, and those of as many points drawn uniformly on the network, simulation after
/// simulation: what `global_envelope` takes.
struct SimulatedK {
  std::vector<double> observed;
  std::vector<double> simulated;
};

SimulatedK simulated_network_k(const LinearNetwork& network, std::span<const LinePosition> points,
                               const NetworkKOptions& options, const SimulationOptions& simulation,
                               const Execution& execution = {});

/// The first set stays, the second is drawn.
SimulatedK simulated_network_cross_k(const LinearNetwork& network, std::span<const LinePosition> from,
                                     std::span<const LinePosition> to, const NetworkKOptions& options,
                                     const SimulationOptions& simulation, const Execution& execution = {});

}  // namespace waywarden
