#include "waywarden/flow/spread_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kLeastDeviation = 0.02;
constexpr std::size_t kFirstPoints = 10;
constexpr int kRefinements = 2;
/// Of draws, to see how much of the profile is their noise.
constexpr std::uint32_t kBatches = 8;
/// Half the 95 % quantile of chi-squared with one degree of freedom.
constexpr double kFall = 1.920729;
/// How far below the best points are looked at more closely, and smoothed.
constexpr double kNear = 6.0;
constexpr double kReach = 1.4;

/// The observations under one deviation.
struct Point {
  double deviation = 0.0;
  double spread = 1.0;
  /// Per trace, then per post.
  std::vector<double> each;
  double sum = 0.0;
  double scale = 1.0;
  double overdispersion = 0.0;
  /// The sum by each batch of the draws alone.
  std::array<double, kBatches> batch{};

  double x() const { return std::log(deviation); }
};
using Profile = std::vector<Point>;

double sum_of(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// The trees of some destinations alone.
Forest part_of(const Forest& forest, std::size_t first, std::size_t count) {
  Forest part{forest.draws, count, {}};
  for (std::size_t draw = 0; draw < forest.draws; ++draw) {
    const auto row = forest.trees.begin() + static_cast<std::ptrdiff_t>(draw * forest.destinations + first);
    part.trees.insert(part.trees.end(), row, row + static_cast<std::ptrdiff_t>(count));
  }
  return part;
}

/// Every so many draws are a batch of their own.
Forest batch_of(const Forest& forest, std::uint32_t batch) {
  const std::uint32_t size = forest.draws / kBatches;
  const auto row = [&](std::uint32_t draw) {
    return forest.trees.begin() + static_cast<std::ptrdiff_t>(draw * forest.destinations);
  };
  return {size, forest.destinations, {row(batch * size), row((batch + 1) * size)}};
}

/// What is needed to try a deviation.
struct Trials {
  const Core& core;
  const EdgeCosts& reference;
  Perception perception;
  /// The whole demand where there are counts, else a sample of it.
  std::vector<DestinationDemand> demand;
  CheapestRoutes cheapest;
  std::vector<double> cost_per_arc;
  std::size_t pairs;
  double journeys;
  const ObservedCounts& counts;
  std::optional<TraceLikelihood> traces;
  const SpreadFitOptions& options;
  const Execution& execution;

  Point at(double deviation) const {
    const Forest forest = grown(perception.with_deviation(deviation));
    const std::vector<double> spreads = spread_by_draw(forest, demand, cheapest, cost_per_arc, execution);
    Point point = seen_in(forest);
    point.deviation = deviation;
    point.spread = sum_of(spreads) / static_cast<double>(spreads.size());
    for (std::uint32_t batch = 0; batch < kBatches; ++batch)
      point.batch[batch] = seen_in(batch_of(forest, batch)).sum;
    return point;
  }

 private:
  /// Demand and traces together: what is believed of the edges is drawn once.
  Forest grown(const Perception& drawn) const {
    std::vector<DestinationDemand> both = demand;
    if (traces) both.insert(both.end(), traces->demand().begin(), traces->demand().end());
    return grow_forest({core, drawn, reference.generalised, {}}, both, options.perception.draws, execution);
  }

  Point seen_in(const Forest& forest) const {
    Point point;
    const std::size_t own = demand.size();
    if (traces)
      point.each = traces->log_likelihoods(part_of(forest, own, traces->demand().size()), execution);
    if (counts.size() > 0) {
      const CountLikelihood found =
          count_likelihood(core, part_of(forest, 0, own), counts, pairs, journeys, options.counts, execution);
      point.each.insert(point.each.end(), found.log_likelihood.begin(), found.log_likelihood.end());
      point.scale = found.scale;
      point.overdispersion = found.overdispersion;
    }
    point.sum = sum_of(point.each);
    return point;
  }
};

double best_of(const Profile& profile) { return std::ranges::max_element(profile, {}, &Point::sum)->sum; }

/// Further points between those near the best and their neighbours, at even ratios.
void refine(const Trials& trials, Profile& profile) {
  const double enough = best_of(profile) - kNear;
  Profile more;
  for (std::size_t i = 0; i + 1 < profile.size(); ++i) {
    if (std::max(profile[i].sum, profile[i + 1].sum) < enough) continue;
    more.push_back(trials.at(std::sqrt(profile[i].deviation * profile[i + 1].deviation)));
  }
  profile.insert(profile.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::ranges::sort(profile, {}, &Point::deviation);
}

Profile profile_of(const Trials& trials) {
  const double ratio = std::log(trials.options.largest_deviation / kLeastDeviation);
  Profile profile;
  for (std::size_t i = 0; i < kFirstPoints; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(kFirstPoints - 1);
    profile.push_back(trials.at(kLeastDeviation * std::exp(share * ratio)));
  }
  for (int round = 0; round < kRefinements; ++round) refine(trials, profile);
  return profile;
}

/// a + b * x + c * x^2 by least squares, x counted from `centre`.
struct Parabola {
  double centre = 0.0;
  std::array<double, 3> c{};

  double value(double x) const { return c[0] + (x - centre) * (c[1] + (x - centre) * c[2]); }
  double slope(double x) const { return c[1] + 2.0 * (x - centre) * c[2]; }
  double vertex() const { return centre - c[1] / (2.0 * c[2]); }
};

/// By orthogonal polynomials on the points; at least three different x.
Parabola fitted(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  Parabola p;
  p.centre = sum_of(x) / n;
  double s2 = 0.0, s3 = 0.0, y0 = 0.0, y1 = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double d = x[i] - p.centre;
    s2 += d * d;
    s3 += d * d * d;
    y0 += y[i];
    y1 += d * y[i];
  }
  const double skew = s3 / s2, mean2 = s2 / n;
  double norm = 0.0, y2 = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double d = x[i] - p.centre, q = d * d - skew * d - mean2;
    norm += q * q;
    y2 += q * y[i];
  }
  p.c[2] = y2 / norm;
  p.c[1] = y1 / s2 - skew * p.c[2];
  p.c[0] = y0 / n - mean2 * p.c[2];
  return p;
}

/// Neighbours of the best point within `kNear` or a ratio of `kReach` of it, at least two on each side where
/// there are.
std::span<const Point> near_best(const Profile& profile) {
  const auto best = std::ranges::max_element(profile, {}, &Point::sum);
  const double enough = best->sum - kNear;
  const auto belongs = [&](const Point& point) {
    return point.sum >= enough || std::abs(point.x() - best->x()) <= std::log(kReach);
  };
  auto first = best, last = best;
  while (first != profile.begin() && (belongs(*(first - 1)) || best - first < 2)) --first;
  while (last + 1 != profile.end() && (belongs(*(last + 1)) || last - best < 2)) ++last;
  return {first, last + 1};
}

struct Top {
  double x;
  double value;
  double adjustment;
  /// Of the interval that the parabola alone would give, in ln(deviation).
  double half_width;
};

std::vector<double> xs_of(std::span<const Point> points) {
  std::vector<double> xs;
  for (const Point& point : points) xs.push_back(point.x());
  return xs;
}

/// How much the slope of the sum varies with the draws.
double variance_of_draws(double x, std::span<const Point> points, std::span<const double> xs) {
  std::vector<double> slopes, sums(points.size());
  for (std::uint32_t batch = 0; batch < kBatches; ++batch) {
    for (std::size_t i = 0; i < points.size(); ++i) sums[i] = points[i].batch[batch];
    slopes.push_back(fitted(xs, sums).slope(x));
  }
  const double n = kBatches, mean = sum_of(slopes) / n;
  double squares = 0.0;
  for (const double slope : slopes) squares += (slope - mean) * (slope - mean);
  return squares / (n - 1.0) / n;
}

/// Sum of squared scores of the observations, and of what the draws add to them, over the curvature.
double adjustment_at(double x, std::span<const Point> points, std::span<const double> xs, double curvature) {
  double squares = 0.0;
  std::vector<double> one(points.size());
  for (std::size_t k = 0; k < points.front().each.size(); ++k) {
    for (std::size_t i = 0; i < points.size(); ++i) one[i] = points[i].each[k];
    const double score = fitted(xs, one).slope(x);
    squares += score * score;
  }
  return std::max(1.0, (squares + variance_of_draws(x, points, xs)) / curvature);
}

/// The vertex of the parabola through the points near the best; the best itself where that is none.
Top top_of(const Profile& profile) {
  const std::span<const Point> points = near_best(profile);
  const auto best = std::ranges::max_element(profile, {}, &Point::sum);
  const std::vector<double> xs = xs_of(points);
  std::vector<double> sums;
  for (const Point& point : points) sums.push_back(point.sum);
  const Parabola smooth = fitted(xs, sums);
  const bool inside = smooth.c[2] < 0.0 && smooth.vertex() > xs.front() && smooth.vertex() < xs.back();
  if (!inside) return {best->x(), best->sum, 1.0, 0.0};
  const double x = smooth.vertex();
  const double curvature = -2.0 * smooth.c[2], adjustment = adjustment_at(x, points, xs, curvature);
  return {x, smooth.value(x), adjustment, std::sqrt(2.0 * kFall * adjustment / curvature)};
}

double spread_at(double x, const Profile& profile) {
  std::size_t right = 1;
  while (right + 1 < profile.size() && profile[right].x() < x) ++right;
  const Point &a = profile[right - 1], &b = profile[right];
  const double share = std::clamp((x - a.x()) / (b.x() - a.x()), 0.0, 1.0);
  return a.spread + share * (b.spread - a.spread);
}

/// Where the profile, from the top outwards, first falls below `level`; nothing where it never does. `step`
/// is +1 or -1.
std::optional<double> crossing(const Top& top, double level, const Profile& profile, int step) {
  double x = top.x, value = top.value;
  const auto size = static_cast<std::ptrdiff_t>(profile.size());
  for (std::ptrdiff_t i = step > 0 ? 0 : size - 1; i >= 0 && i < size; i += step) {
    const Point& next = profile[static_cast<std::size_t>(i)];
    if ((next.x() - top.x) * step <= 0.0) continue;
    if (next.sum < level) return x + (next.x() - x) * (value - level) / (value - next.sum);
    x = next.x();
    value = next.sum;
  }
  return std::nullopt;
}

/// Mean cost of traces over the cheapest.
double traced_spread(const Trials& trials, const Network& network) {
  const std::vector<DestinationDemand> demand(trials.traces->demand().begin(), trials.traces->demand().end());
  const CheapestRoutes cheapest =
      cheapest_routes(network, trials.core, trials.reference.generalised,
                      weight_unit(trials.reference.generalised), demand, trials.execution);
  const std::vector<double> costs = trials.traces->costs();
  const std::vector<std::size_t> pairs = trials.traces->pairs();
  double sum = 0.0;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const double least = cheapest.cost[pairs[i]];
    sum += least > 0.0 ? costs[i] / least : 1.0;
  }
  return sum / static_cast<double>(costs.size());
}

void describe(const Profile& profile, SpreadFit& fit) {
  for (const Point& point : profile) {
    fit.profile_deviation.push_back(point.deviation);
    fit.profile_spread.push_back(point.spread);
    fit.profile_log_likelihood.push_back(point.sum);
  }
}

SpreadFit fit_of(const Trials& trials) {
  const Profile profile = profile_of(trials);
  const Top top = top_of(profile);
  const double level = top.value - kFall * top.adjustment;
  const auto low = crossing(top, level, profile, -1), high = crossing(top, level, profile, 1);
  if (!low && !high)
    throw InputError({},
                     "the observations are about as likely whatever the spread of routes: they cannot "
                     "tell it (all on pairs with one route, too few, or posts that all routes pass alike)");
  SpreadFit fit;
  fit.deviation = std::exp(top.x);
  fit.spread = spread_at(top.x, profile);
  fit.low = low ? spread_at(std::min(*low, top.x - top.half_width), profile) : 1.0;
  if (high) fit.high = spread_at(std::max(*high, top.x + top.half_width), profile);
  fit.adjustment = top.adjustment;
  fit.log_likelihood = top.value;
  describe(profile, fit);
  const auto nearest =
      std::ranges::min_element(profile, {}, [&](const Point& point) { return std::abs(point.x() - top.x); });
  if (trials.counts.size() > 0) fit.scale = nearest->scale;
  fit.overdispersion = nearest->overdispersion;
  return fit;
}

void check_options(const SpreadFitOptions& options) {
  if (!std::isfinite(options.largest_deviation) || options.largest_deviation <= 2.0 * kLeastDeviation)
    throw OptionError("the largest deviation must be well above 0.02");
  if (options.perception.draws < kBatches)
    throw OptionError("the fit of spread needs at least " + std::to_string(kBatches) + " draws");
  if (options.destinations == 0) throw OptionError("spread is measured on at least one destination");
}

}  // namespace

SpreadFit fit_spread(const Network& network, const Core& core, const EdgeCosts& reference,
                     const Demand& demand, const Places& places, const ObservedRoutes& routes,
                     const ObservedCounts& counts, const SpreadFitOptions& options,
                     const Execution& execution) {
  check_options(options);
  if (routes.size() == 0 && counts.size() == 0) throw InputError({}, "nothing was observed");
  const std::vector<DestinationDemand> all = by_destination(demand, places, core);
  CheapestRoutes cheapest = cheapest_routes(network, core, reference.generalised,
                                            weight_unit(reference.generalised), all, execution);
  Trials trials{.core = core,
                .reference = reference,
                .perception = Perception(network, reference, trip_scale(cheapest, demand), options.perception,
                                         execution),
                .demand = counts.size() > 0 ? all : sampled_destinations(all, options.destinations),
                .cheapest = std::move(cheapest),
                .cost_per_arc = arc_sums(core, reference.generalised),
                .pairs = demand.size(),
                .journeys = demand.total(),
                .counts = counts,
                .traces = std::nullopt,
                .options = options,
                .execution = execution};
  if (routes.size() > 0)
    trials.traces.emplace(core, places, reference.generalised, routes, options.bandwidth);
  SpreadFit fit = fit_of(trials);
  if (trials.traces) fit.traced_spread = traced_spread(trials, network);
  fit.traces = routes.size();
  fit.posts = counts.size();
  return fit;
}

}  // namespace waywarden
