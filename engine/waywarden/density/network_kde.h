#pragma once

/// Kernel density of incidents on a network, along its lines: how many per metre, at the centre of each lixel
/// and (exactly, by antiderivatives) in each lixel as a whole.
///
///  - `simple`: the kernel of the shortest distance (Xie and Yan 2008). Branches multiply an incident, so it
///    does not integrate to the number of incidents; reported for comparison.
///  - `discontinuous`: an incident's weight walks outwards without turning round and is shared out equally
///    over the other branches of each node (Okabe, Satoh and Sugihara 2009). Integrates to the weights. At a
///    dead end it turns round, unless told to be lost there.
///  - `continuous`: at a node of degree n each other branch gets 2/n of what arrives, and 2/n - 1 (a negative
///    share where n > 2) goes back (ibid.). Integrates to the weights and has no jumps at nodes.
///  - `heat`: diffusion along the lines (McSwiggan, Baddeley and Nair 2017), the limit of `continuous` with
///    an untruncated Gaussian whose deviation is the bandwidth.
///
/// An incident exactly on a node of degree n gives 2/n of each half to every branch. Edges without length
/// join their ends to one node.
///
/// Where walks are many, equally long ones along the same way are made one. Cost of the equal-split
/// methods: the number of distinct walks within the bandwidth, which grows exponentially with the bandwidth
/// over the length of edges, twice as fast for `continuous`; `depth` and `least_share` bound it, and what is
/// left out is reported as missing. `heat` costs the same whatever the bandwidth, and hardly more for more
/// incidents: sixteen sparse systems of equations.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/density/line_kernels.h"
#include "waywarden/linear_network/lixels.h"

namespace waywarden {

enum class NetworkDensity : std::uint8_t { simple, discontinuous, continuous, heat };
enum class DeadEndRule : std::uint8_t {
  reflect,
  lose,  ///< as some other programs do: weight that arrives at a dead end is missing
};

std::string name(NetworkDensity method);
std::string name(DeadEndRule ends);

struct NetworkKdeOptions {
  NetworkDensity method = NetworkDensity::discontinuous;
  /// Not for `heat`.
  LineKernel kernel = LineKernel::quartic;
  /// Where the kernel ends; for `heat` the deviation.
  Metres bandwidth{300.0};
  DeadEndRule dead_ends = DeadEndRule::reflect;
  /// Walks pass at most so many nodes of degree 3 and more; none = as many as they come to.
  std::optional<std::uint32_t> depth = {};
  /// Walks that carry less than this share of an incident are not followed.
  double least_share = 1e-13;
};

struct NetworkKde {
  /// Per lixel: weight per metre at its centre, and weight on the whole of it.
  std::vector<double> density;
  std::vector<double> mass;
  /// Sum of the incidents' weights, and the exact integral of the density over the whole network.
  double weight = 0.0;
  double integral = 0.0;
  /// weight - integral, and the most that any one incident misses (or has too much), as a share of it; for
  /// `heat`, where incidents are not followed one by one, that of all.
  double missing = 0.0;
  double largest_missing_share = 0.0;
  /// Walks followed, after merging; for `simple` pieces of edges.
  std::uint64_t walks = 0;
};

/// `weights` as long as `incidents`, or empty: each counts 1. Throws `InputError`, naming the incident, for a
/// position that is not on the network or a weight that is negative or not finite, and for lixels of another
/// network; `OptionError` for options outside their domain, for `heat` with dead ends that lose, and where an
/// incident has more than four million walks of one number of edges within the bandwidth: they multiply at
/// each junction.
NetworkKde network_kde(const LinearNetwork& network, std::span<const LinePosition> incidents,
                       std::span<const double> weights, const Lixels& lixels,
                       const NetworkKdeOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
