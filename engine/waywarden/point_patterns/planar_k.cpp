#include "waywarden/point_patterns/planar_k.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/edge_weight.h"
#include "waywarden/point_patterns/near_points.h"

namespace waywarden {
namespace {

using Column = std::vector<double>;

/// Sums per radius, of a fixed number of blocks of points: blocks run on any thread, and are added in order.
constexpr std::size_t kBlocks = 128;

template <class AddPoint>
Column block_sums(std::size_t points, std::size_t width, const Execution& execution, AddPoint add_point) {
  std::vector<Column> parts(kBlocks, Column(width, 0.0));
  const auto sum_block = [&](std::size_t block) {
    const std::size_t first = points * block / kBlocks, last = points * (block + 1) / kBlocks;
    for (std::size_t i = first; i < last; ++i) {
      if (i % 64 == 0) execution.check();
      add_point(i, parts[block]);
    }
  };
  parallel_for(kBlocks, execution, sum_block);
  Column sums(width, 0.0);
  for (const Column& part : parts) {
    for (std::size_t k = 0; k < width; ++k) sums[k] += part[k];
  }
  return sums;
}

/// The first radius at which a pair so far apart counts, the last one not below the distance.
std::size_t first_reaching(std::span<const double> radii, double distance, PairsAtRadius pairs) {
  const auto reached = pairs == PairsAtRadius::counted
                           ? std::lower_bound(radii.begin(), radii.end(), distance)
                           : std::upper_bound(radii.begin(), radii.end() - 1, distance);
  return static_cast<std::size_t>(reached - radii.begin());
}

Column running_sums(Column steps) {
  for (std::size_t k = 1; k < steps.size(); ++k) steps[k] += steps[k - 1];
  return steps;
}

/// Two kinds of points, or one kind twice: then a point is no neighbour of itself.
enum class Kinds : std::uint8_t { same, different };

struct Pattern {
  std::span<const Point> from, to;
  Kinds kinds = Kinds::same;
  const PlanarWindow& window;

  double pairs() const {
    const auto n = static_cast<double>(from.size()), m = static_cast<double>(to.size());
    return kinds == Kinds::same ? n * (n - 1.0) : n * m;
  }
};

/// Of weights, by distance.
Column weighted_pairs(const Pattern& pattern, const PlanarKOptions& options, const NearPoints& near,
                      const EdgeWeight& weight, const Execution& execution) {
  return running_sums(
      block_sums(pattern.from.size(), options.radii.size(), execution, [&](std::size_t i, Column& sums) {
        near.visit(pattern.from[i], [&](std::uint32_t j, double apart) {
          if (pattern.kinds == Kinds::same && i == j) return;
          sums[first_reaching(options.radii, apart, options.pairs_at_radius)] +=
              weight(i, pattern.to[j], apart);
        });
      }));
}

/// Of pairs, by distance, where the first point is at least r from the edge.
Column deep_pairs(const Pattern& pattern, const PlanarKOptions& options, const NearPoints& near,
                  const EdgeWeight& weight, const Execution& execution) {
  const std::span<const double> radii = options.radii;
  const auto add = [&](std::size_t i, Column& steps) {
    const auto beyond = static_cast<std::size_t>(
        std::upper_bound(radii.begin(), radii.end(), weight.depth(i)) - radii.begin());
    near.visit(pattern.from[i], [&](std::uint32_t j, double apart) {
      const std::size_t reached = first_reaching(radii, apart, options.pairs_at_radius);
      if ((pattern.kinds == Kinds::same && i == j) || reached >= beyond) return;
      steps[reached] += 1.0;
      steps[beyond] -= 1.0;
    });
  };
  return running_sums(block_sums(pattern.from.size(), radii.size() + 1, execution, add));
}

std::vector<std::optional<double>> border_k(const Pattern& pattern, const PlanarKOptions& options,
                                            const NearPoints& near, const EdgeWeight& weight,
                                            const Execution& execution) {
  const std::span<const double> radii = options.radii;
  const Column counted = deep_pairs(pattern, options, near, weight, execution);
  std::vector<double> depths;
  for (std::size_t i = 0; i < pattern.from.size(); ++i) depths.push_back(weight.depth(i));
  std::sort(depths.begin(), depths.end());
  const double others = pattern.pairs() / static_cast<double>(pattern.from.size());
  std::vector<std::optional<double>> k(radii.size());
  for (std::size_t r = 0; r < radii.size(); ++r) {
    const auto deep =
        static_cast<double>(depths.end() - std::lower_bound(depths.begin(), depths.end(), radii[r]));
    if (deep > 0.0) k[r] = pattern.window.area() * counted[r] / (deep * others);
  }
  return k;
}

std::vector<std::optional<double>> k_of(const Pattern& pattern, const PlanarKOptions& options,
                                        const Execution& execution) {
  require_radii(options.radii, pattern.window);
  require_largest_weight(options.largest_weight);
  if (options.radii.empty() || !(pattern.pairs() > 0.0)) {
    return std::vector<std::optional<double>>(options.radii.size());
  }
  const NearPoints near(pattern.to, options.radii.back());
  const EdgeWeight weight(pattern.window, pattern.from, options.correction, options.largest_weight,
                          execution);
  if (options.correction == EdgeCorrection::border) {
    return border_k(pattern, options, near, weight, execution);
  }
  std::vector<std::optional<double>> k;
  for (const double sum : weighted_pairs(pattern, options, near, weight, execution)) {
    k.emplace_back(pattern.window.area() * sum / pattern.pairs());
  }
  return k;
}

double half_width_of(const PairCorrelationOptions& options, const PlanarWindow& window, std::size_t n) {
  const double half = options.half_width.value_or(0.15 * std::sqrt(window.area() / static_cast<double>(n)));
  if (half > 0.0 && std::isfinite(half)) return half;
  throw OptionError("the half-width of the kernel must be above 0");
}

/// Epanechnikov's kernel at every radius less than its half-width from the distance.
void add_kernel(std::span<const double> radii, double distance, double weight, double half, Column& sums) {
  for (std::size_t k = first_reaching(radii, distance - half, PairsAtRadius::counted); k < radii.size();
       ++k) {
    const double u = (radii[k] - distance) / half;
    if (u >= 1.0) return;
    sums[k] += weight * 0.75 * (1.0 - u * u) / half;
  }
}

}  // namespace

std::string name(EdgeCorrection correction) {
  switch (correction) {
    case EdgeCorrection::none:
      return "none";
    case EdgeCorrection::border:
      return "border";
    case EdgeCorrection::isotropic:
      return "isotropic";
    case EdgeCorrection::translation:
      return "translation";
  }
  throw OptionError("no such edge correction");
}

std::string name(PairsAtRadius pairs) { return pairs == PairsAtRadius::counted ? "counted" : "binned"; }

std::vector<std::optional<double>> planar_k(std::span<const Point> points, const PlanarWindow& window,
                                            const PlanarKOptions& options, const Execution& execution) {
  require_inside(window, points);
  const auto sorted = in_canonical_order(points);
  return k_of({sorted, sorted, Kinds::same, window}, options, execution);
}

std::vector<std::optional<double>> planar_cross_k(std::span<const Point> from, std::span<const Point> to,
                                                  const PlanarWindow& window, const PlanarKOptions& options,
                                                  const Execution& execution) {
  require_inside(window, from);
  require_inside(window, to);
  const auto first = in_canonical_order(from), second = in_canonical_order(to);
  return k_of({first, second, Kinds::different, window}, options, execution);
}

std::vector<std::optional<double>> l_of_k(std::span<const std::optional<double>> k) {
  std::vector<std::optional<double>> l(k.begin(), k.end());
  for (auto& value : l) {
    if (value) value = std::sqrt(*value / std::numbers::pi);
  }
  return l;
}

std::vector<std::optional<double>> pair_correlation(std::span<const Point> points, const PlanarWindow& window,
                                                    const PairCorrelationOptions& options,
                                                    const Execution& execution) {
  require_inside(window, points);
  require_radii(options.radii, window);
  require_largest_weight(options.largest_weight);
  if (options.correction == EdgeCorrection::border) {
    throw OptionError("pair correlation has no border correction");
  }
  if (!options.radii.empty() && !(options.radii.front() > 0.0)) throw OptionError("radii must be above 0");
  std::vector<std::optional<double>> g(options.radii.size());
  if (options.radii.empty() || points.size() < 2) return g;
  const auto sorted = in_canonical_order(points);
  const double half = half_width_of(options, window, points.size());
  const NearPoints near(sorted, options.radii.back() + half);
  const EdgeWeight weight(window, sorted, options.correction, options.largest_weight, execution);
  const auto add = [&](std::size_t i, Column& sums) {
    near.visit(sorted[i], [&](std::uint32_t j, double apart) {
      if (i != j) add_kernel(options.radii, apart, weight(i, sorted[j], apart), half, sums);
    });
  };
  const Column sums = block_sums(points.size(), options.radii.size(), execution, add);
  const Pattern pattern{sorted, sorted, Kinds::same, window};
  for (std::size_t k = 0; k < g.size(); ++k) {
    g[k] = window.area() * sums[k] / (2 * std::numbers::pi * options.radii[k] * pattern.pairs());
  }
  return g;
}

double rule_of_thumb_radius(const PlanarWindow& window, std::size_t points) {
  const Point low = window.bounds().low, high = window.bounds().high;
  const double quarter = std::min(high.x - low.x, high.y - low.y) / 4;
  if (points == 0) return quarter;
  const double crowd = std::sqrt(1000.0 * window.area() / (std::numbers::pi * static_cast<double>(points)));
  return std::min(quarter, crowd);
}

}  // namespace waywarden
