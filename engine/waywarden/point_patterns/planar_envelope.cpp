#include "waywarden/point_patterns/planar_envelope.h"

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/point_patterns/near_points.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kThrown = 501, kDealt = 502;

std::vector<double> l_values(const std::vector<std::optional<double>>& k) {
  std::vector<double> values;
  for (const auto& l : l_of_k(k)) values.push_back(l.value());
  return values;
}

void require_defined(const LEnvelopeOptions& options) {
  if (options.k.correction == EdgeCorrection::border) {
    throw OptionError("an envelope cannot use the border correction, under which K may be undefined");
  }
  if (options.k.radii.empty()) throw OptionError("an envelope needs radii");
}

/// `simulate(item)` gives the curve of a simulation.
template <class Simulate>
LEnvelope enveloped(std::vector<double> observed, const LEnvelopeOptions& options, const Execution& execution,
                    Simulate simulate) {
  const std::size_t width = observed.size();
  std::vector<double> simulated(options.simulations * width);
  execution.start("simulating", options.simulations);
  const auto run = [&](std::size_t s) {
    const std::vector<double> curve = simulate(s);
    std::copy(curve.begin(), curve.end(), simulated.begin() + static_cast<std::ptrdiff_t>(s * width));
    execution.advance();
  };
  parallel_for(options.simulations, execution, run);
  GlobalEnvelope envelope = global_envelope(observed, simulated, options.envelope);
  return {std::move(observed), std::move(envelope)};
}

/// The kinds dealt anew: as many as there were go first.
void deal(std::vector<Point>& pooled, std::size_t first_kind, std::uint64_t seed, std::uint64_t item) {
  RandomStream stream(seed, item, kDealt);
  for (std::size_t i = 0; i < first_kind; ++i) {
    std::swap(pooled[i], pooled[i + stream.below(static_cast<std::uint32_t>(pooled.size() - i))]);
  }
}

}  // namespace

std::vector<Point> uniform_points(const PlanarWindow& window, std::size_t count, std::uint64_t seed,
                                  std::uint64_t item) {
  RandomStream stream(seed, item, kThrown);
  const Point low = window.bounds().low, high = window.bounds().high;
  std::vector<Point> points;
  points.reserve(count);
  while (points.size() < count) {
    const double x = low.x + (high.x - low.x) * stream.uniform();
    const Point p{x, low.y + (high.y - low.y) * stream.uniform()};
    if (window.contains(p)) points.push_back(p);
  }
  return points;
}

LEnvelope l_envelope(std::span<const Point> points, const PlanarWindow& window,
                     const LEnvelopeOptions& options, const Execution& execution) {
  require_defined(options);
  if (points.size() < 2) throw InputError("an envelope needs at least two points");
  auto observed = l_values(planar_k(points, window, options.k, execution));
  return enveloped(std::move(observed), options, execution, [&](std::size_t s) {
    const auto thrown = uniform_points(window, points.size(), options.seed, s);
    return l_values(planar_k(thrown, window, options.k, {.threads = 1}));
  });
}

LEnvelope cross_l_envelope(std::span<const Point> from, std::span<const Point> to, const PlanarWindow& window,
                           const LEnvelopeOptions& options, const Execution& execution) {
  require_defined(options);
  if (from.empty() || to.empty()) throw InputError("an envelope needs points of both kinds");
  auto observed = l_values(planar_cross_k(from, to, window, options.k, execution));
  std::vector<Point> pooled(from.begin(), from.end());
  pooled.insert(pooled.end(), to.begin(), to.end());
  std::sort(pooled.begin(), pooled.end());
  return enveloped(std::move(observed), options, execution, [&](std::size_t s) {
    std::vector<Point> dealt = pooled;
    deal(dealt, from.size(), options.seed, s);
    const std::span all(dealt);
    return l_values(
        planar_cross_k(all.first(from.size()), all.subspan(from.size()), window, options.k, {.threads = 1}));
  });
}

}  // namespace waywarden
