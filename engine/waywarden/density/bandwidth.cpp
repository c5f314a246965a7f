#include "waywarden/density/bandwidth.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/near_points.h"
#include "waywarden/point_patterns/planar_k.h"

namespace waywarden {
namespace {

constexpr double kPi = std::numbers::pi;

void require_two(std::span<const Point> points) {
  if (points.size() < 2) throw InputError("a bandwidth needs at least two points");
}

std::vector<double> sorted_coordinates(std::span<const Point> points, double Point::*axis) {
  std::vector<double> values;
  for (const Point p : points) {
    if (!p.finite()) throw InputError("a point is not finite");
    values.push_back(p.*axis);
  }
  std::sort(values.begin(), values.end());
  return values;
}

double deviation_of(std::span<const double> sorted) {
  const auto n = static_cast<double>(sorted.size());
  double sum = 0.0, squares = 0.0;
  for (const double v : sorted) sum += v;
  for (const double v : sorted) squares += (v - sum / n) * (v - sum / n);
  return std::sqrt(squares / (n - 1.0));
}

/// Between the two values around it, as R's default (type 7).
double quantile(std::span<const double> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

/// Where half of the values are equal, there is no range between the quartiles.
double robust_deviation_of(std::span<const double> sorted) {
  const double range = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.349;
  const double deviation = deviation_of(sorted);
  return range > 0.0 ? std::min(deviation, range) : deviation;
}

AxisDeviations per_axis(std::span<const Point> points, double (*spread)(std::span<const double>)) {
  require_two(points);
  const double factor = std::pow(static_cast<double>(points.size()), -1.0 / 6);
  const AxisDeviations deviations{factor * spread(sorted_coordinates(points, &Point::x)),
                                  factor * spread(sorted_coordinates(points, &Point::y))};
  if (deviations.x > 0.0 && deviations.y > 0.0) return deviations;
  throw InputError("all points share a coordinate: their spread says nothing of a bandwidth");
}

/// Of two discs of radius h whose centres are s apart.
double shared_area(double h, double s) {
  const double u = std::min(s / (2 * h), 1.0);
  return 2 * h * h * (std::acos(u) - u * std::sqrt(1 - u * u));
}

/// M(radii[i]) as the header has it; K grows by steps at the lower ends of the bins.
double diggle_error(std::span<const double> radii, std::span<const std::optional<double>> k, double intensity,
                    std::size_t i) {
  const double h = radii[i], disc = kPi * h * h;
  double shared = 0.0;
  for (std::size_t j = 0; j < 2 * i && j + 1 < radii.size(); ++j) {
    shared += shared_area(h, radii[j]) * (*k[j + 1] - *k[j]);
  }
  return (1 / intensity - 2 * *k[i]) / disc + shared / (disc * disc);
}

double nearest_apart(std::span<const Point> sorted) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = i + 1; j < sorted.size() && sorted[j].x - sorted[i].x < least; ++j) {
      const double apart = std::hypot(sorted[j].x - sorted[i].x, sorted[j].y - sorted[i].y);
      if (apart > 0.0) least = std::min(least, apart);
    }
  }
  if (std::isinf(least)) throw InputError("all points lie in one place: they say nothing of a bandwidth");
  return least;
}

std::vector<double> candidates_of(std::span<const Point> sorted, const PlanarWindow& window,
                                  const LikelihoodOptions& options) {
  for (const double candidate : options.candidates) {
    if (!(candidate > 0.0) || !std::isfinite(candidate)) {
      throw OptionError("candidates must be finite and above 0");
    }
  }
  if (!options.candidates.empty()) return options.candidates;
  if (options.steps < 2) throw OptionError("at least two candidates are needed");
  const double low = nearest_apart(sorted), high = window.diameter() / 2;
  std::vector<double> candidates;
  for (std::size_t i = 0; i < options.steps; ++i) {
    candidates.push_back(
        low * std::pow(high / low, static_cast<double>(i) / static_cast<double>(options.steps - 1)));
  }
  return candidates;
}

enum class Self : std::uint8_t { left_out, counted };

/// Gaussian density at the points, corrected at the edge, in their order.
std::vector<double> density_at(std::span<const Point> sorted, std::span<const double> weights,
                               const PlanarWindow& window, double deviation, Self self,
                               const Execution& execution) {
  // Farther out, nothing is left in double precision: logarithms see what sums do not.
  const NearPoints near(sorted, 38.6 * deviation);
  std::vector<double> densities(sorted.size());
  const auto estimate = [&](std::size_t i) {
    double sum = 0.0;
    near.visit(sorted[i], [&](std::uint32_t j, double apart) {
      if (self == Self::left_out && i == j) return;
      sum += weights[j] * std::exp(-apart * apart / (2 * deviation * deviation));
    });
    const double share = window.share_of_gaussian(sorted[i], deviation);
    densities[i] = sum / (2 * kPi * deviation * deviation * share);
  };
  parallel_for(sorted.size(), execution, estimate, 16);
  return densities;
}

double log_likelihood(std::span<const Point> sorted, const PlanarWindow& window, double deviation,
                      const Execution& execution) {
  const std::vector<double> ones(sorted.size(), 1.0);
  double sum = 0.0;
  for (const double density : density_at(sorted, ones, window, deviation, Self::left_out, execution)) {
    sum += std::log(density);
  }
  return sum;
}

}  // namespace

AxisDeviations scott_deviations(std::span<const Point> points) { return per_axis(points, deviation_of); }

AxisDeviations silverman_deviations(std::span<const Point> points) {
  return per_axis(points, robust_deviation_of);
}

BandwidthChoice diggle_deviation(std::span<const Point> points, const PlanarWindow& window,
                                 const DiggleOptions& options, const Execution& execution) {
  require_two(points);
  if (options.steps < 8) throw OptionError("at least 8 steps are needed");
  const double largest = rule_of_thumb_radius(window, points.size());
  PlanarKOptions k_options{.radii = {}, .pairs_at_radius = PairsAtRadius::binned};
  for (std::size_t i = 0; i < options.steps; ++i) {
    k_options.radii.push_back(largest * static_cast<double>(i) / static_cast<double>(options.steps - 1));
  }
  const auto k = planar_k(points, window, k_options, execution);
  const double intensity = static_cast<double>(points.size()) / window.area();
  BandwidthChoice choice;
  for (std::size_t i = 1; 2 * i < options.steps; ++i) {
    choice.candidates.push_back(k_options.radii[i] / 2);
    choice.criterion.push_back(diggle_error(k_options.radii, k, intensity, i));
  }
  const auto best = std::min_element(choice.criterion.begin(), choice.criterion.end());
  choice.deviation = choice.candidates[static_cast<std::size_t>(best - choice.criterion.begin())];
  return choice;
}

BandwidthChoice likelihood_deviation(std::span<const Point> points, const PlanarWindow& window,
                                     const LikelihoodOptions& options, const Execution& execution) {
  require_two(points);
  require_inside(window, points);
  const auto sorted = in_canonical_order(points);
  BandwidthChoice choice;
  choice.candidates = candidates_of(sorted, window, options);
  for (const double candidate : choice.candidates) {
    choice.criterion.push_back(log_likelihood(sorted, window, candidate, execution));
  }
  const auto best = std::max_element(choice.criterion.begin(), choice.criterion.end());
  if (std::isinf(*best))
    throw OptionError("every candidate is too narrow: a point is out of reach of the others");
  choice.deviation = choice.candidates[static_cast<std::size_t>(best - choice.criterion.begin())];
  return choice;
}

std::vector<double> adaptive_deviations(const WeightedPoints& events, const PlanarWindow& window,
                                        const AdaptiveOptions& options, const Execution& execution) {
  require_inside(window, events.points);
  for (const double option : {options.pilot, options.deviation, options.widest}) {
    if (!(option > 0.0) || !std::isfinite(option)) {
      throw OptionError("pilot, deviation and widest must be finite and above 0");
    }
  }
  std::vector<std::size_t> order(events.points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(events.points[a], events.weight(a)) < std::pair(events.points[b], events.weight(b));
  });
  std::vector<Point> sorted;
  std::vector<double> weights;
  for (const std::size_t i : order) {
    sorted.push_back(events.points[i]);
    weights.push_back(events.weight(i));
  }
  const auto pilot = density_at(sorted, weights, window, options.pilot, Self::counted, execution);
  double logs = 0.0;
  for (const double density : pilot) logs += std::log(density);
  const double mean = std::exp(logs / static_cast<double>(pilot.size()));
  std::vector<double> deviations(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    deviations[order[k]] = options.deviation * std::min(options.widest, std::sqrt(mean / pilot[k]));
  }
  return deviations;
}

}  // namespace waywarden
