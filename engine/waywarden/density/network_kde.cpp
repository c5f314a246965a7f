#include "waywarden/density/network_kde.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/density/detail/equal_split.h"
#include "waywarden/density/detail/shortest.h"
#include "waywarden/density/line_heat.h"

namespace waywarden {
namespace {

using density_detail::EqualSplit;
using density_detail::LixelShare;
using density_detail::LixelSums;
using density_detail::ShortestKernel;

/// Incidents are laid in blocks of so many, each block on lixels of its own.
constexpr std::size_t kBlock = 32;

void require_fit(const LinearNetwork& network, const Lixels& lixels) {
  bool fits = lixels.first.size() == network.edge_count() + 1 && lixels.first.back() == lixels.size() &&
              lixels.from.size() == lixels.size() && lixels.to.size() == lixels.size();
  for (std::size_t i = 0; fits && i < lixels.size(); ++i) {
    const std::uint32_t e = lixels.edge[i];
    fits = e < network.edge_count() && lixels.first[e] <= i && i < lixels.first[e + 1] &&
           0.0 <= lixels.from[i] && lixels.from[i] <= lixels.to[i] &&
           lixels.to[i] <= network.edge(e).length &&
           (i == lixels.first[e] || lixels.to[i - 1] <= lixels.from[i]);
  }
  if (!fits) throw InputError("the lixels are not those of the network");
}

void require_valid(const NetworkKdeOptions& options) {
  static_cast<void>(scaled(options.kernel, options.bandwidth));  // says what is wrong with the bandwidth
  if (!(options.least_share >= 0.0) || options.least_share >= 1.0) {
    throw OptionError("the least share of a walk must be at least 0 and below 1");
  }
  if (options.method == NetworkDensity::heat && options.dead_ends == DeadEndRule::lose) {
    throw OptionError("heat has nowhere to go at a dead end: it reflects");
  }
}

struct Places {
  std::vector<WeightedPosition> on_lines;
  /// Weight on nodes that no line with length meets.
  double homeless = 0.0;
};

/// In canonical order, those of one place made one.
std::vector<WeightedPosition> gathered(std::vector<WeightedPosition> all) {
  std::ranges::sort(all, [](const auto& a, const auto& b) {
    return std::pair(a.position, a.weight) < std::pair(b.position, b.weight);
  });
  std::vector<WeightedPosition> places;
  for (const auto& [position, weight] : all) {
    if (places.empty() || places.back().position != position) places.push_back({position, 0.0});
    places.back().weight += weight;
  }
  return places;
}

Places places_of(const LinearNetwork& network, const JoinedLines& lines,
                 std::span<const LinePosition> incidents, std::span<const double> weights) {
  std::vector<WeightedPosition> found;
  std::vector<double> homeless;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    const auto position = joined_position(lines, network, incidents[i]);
    if (position) {
      found.push_back({*position, weight});
    } else {
      homeless.push_back(weight);
    }
  }
  std::ranges::sort(homeless);
  return {gathered(std::move(found)), std::accumulate(homeless.begin(), homeless.end(), 0.0)};
}

void require_weights(std::span<const double> weights, std::size_t incidents) {
  if (!weights.empty() && weights.size() != incidents) {
    throw InputError("there must be as many weights as incidents");
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] >= 0.0) || !std::isfinite(weights[i])) {
      throw InputError("the weight of incident " + std::to_string(i) +
                       " is not a finite number of at least 0");
    }
  }
}

NetworkKde empty_result(std::size_t lixels) {
  NetworkKde result;
  result.density.resize(lixels);
  result.mass.resize(lixels);
  return result;
}

/// What a block of incidents comes to.
struct BlockSums {
  std::vector<LixelShare> lixels;
  double integral = 0.0;
  double largest_missing_share = 0.0;
  std::uint64_t walks = 0;
};

template <class Layer>
BlockSums lay_block(std::span<const WeightedPosition> incidents, Layer& layer, LixelSums& sums,
                    const Execution& execution) {
  BlockSums block;
  const std::uint64_t walks_before = layer.walks();
  for (const auto& [position, weight] : incidents) {
    const double share = layer.lay(position, weight, sums, execution);
    block.integral += weight * share;
    block.largest_missing_share = std::max(block.largest_missing_share, std::abs(1.0 - share));
  }
  block.lixels = sums.take();
  block.walks = layer.walks() - walks_before;
  return block;
}

void add(NetworkKde& result, const BlockSums& block) {
  for (const auto& [lixel, density, mass] : block.lixels) {
    result.density[lixel] += density;
    result.mass[lixel] += mass;
  }
  result.integral += block.integral;
  result.largest_missing_share = std::max(result.largest_missing_share, block.largest_missing_share);
  result.walks += block.walks;
}

/// Blocks do not depend on the threads, and are summed in their order.
template <class Layer, class Kernel>
NetworkKde lay_all(const JoinedLines& lines, std::span<const WeightedPosition> incidents,
                   const Lixels& lixels, const NetworkKdeOptions& options, const Kernel& kernel,
                   const Execution& execution) {
  struct Workspace {
    Layer layer;
    LixelSums sums;
  };
  const std::size_t blocks = (incidents.size() + kBlock - 1) / kBlock;
  std::vector<std::unique_ptr<Workspace>> workspace(workspaces(execution));
  std::vector<BlockSums> laid(blocks);
  execution.start("laying kernels on the network", blocks);
  parallel_for_with_workspace(blocks, execution, [&](std::size_t slot, std::size_t block) {
    auto& own = workspace[slot];
    if (!own) own.reset(new Workspace{Layer(lines, options, kernel), LixelSums(lines, lixels)});
    const std::size_t first = block * kBlock;
    const std::size_t count = std::min(kBlock, incidents.size() - first);
    laid[block] = lay_block(incidents.subspan(first, count), own->layer, own->sums, execution);
    execution.advance();
  });
  NetworkKde result = empty_result(lixels.size());
  for (const BlockSums& block : laid) add(result, block);
  return result;
}

NetworkKde lay_all(const JoinedLines& lines, std::span<const WeightedPosition> incidents,
                   const Lixels& lixels, const NetworkKdeOptions& options, const Execution& execution) {
  return std::visit(
      [&](const auto& kernel) {
        using Kernel = std::decay_t<decltype(kernel)>;
        return options.method == NetworkDensity::simple
                   ? lay_all<ShortestKernel<Kernel>>(lines, incidents, lixels, options, kernel, execution)
                   : lay_all<EqualSplit<Kernel>>(lines, incidents, lixels, options, kernel, execution);
      },
      scaled(options.kernel, options.bandwidth));
}

}  // namespace

std::string name(NetworkDensity method) {
  constexpr std::array kNames = {"simple", "discontinuous", "continuous", "heat"};
  return kNames[static_cast<std::size_t>(method)];
}

std::string name(DeadEndRule ends) { return ends == DeadEndRule::reflect ? "reflect" : "lose"; }

NetworkKde network_kde(const LinearNetwork& network, std::span<const LinePosition> incidents,
                       std::span<const double> weights, const Lixels& lixels,
                       const NetworkKdeOptions& options, const Execution& execution) {
  require_valid(options);
  require_on(network, incidents);
  require_weights(weights, incidents.size());
  require_fit(network, lixels);
  const JoinedLines lines = joined(network);
  const Places places = places_of(network, lines, incidents, weights);
  NetworkKde result = options.method == NetworkDensity::heat
                          ? line_heat(lines, places.on_lines, lixels, options.bandwidth, execution)
                          : lay_all(lines, places.on_lines, lixels, options, execution);
  result.weight = places.homeless;
  for (const auto& place : places.on_lines) result.weight += place.weight;
  result.missing = result.weight - result.integral;
  if (options.method == NetworkDensity::heat && result.weight > 0.0) {
    result.largest_missing_share = std::abs(result.missing) / result.weight;
  }
  if (places.homeless > 0.0) result.largest_missing_share = std::max(result.largest_missing_share, 1.0);
  return result;
}

}  // namespace waywarden
