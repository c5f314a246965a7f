#include "waywarden/flow/calibration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kMostEvaluations = 40;
constexpr double kFirstGuess = 0.45;
constexpr double kLeastDeviation = 1e-3;
constexpr std::size_t kOverlapPairs = 256;

/// A value of the deviation and how far the spread there is above the target.
struct Trial {
  double deviation = 0.0;
  double excess = 0.0;
};

struct Root {
  Trial trial;
  SpreadStatus status = SpreadStatus::met;
};

/// Finds where a nearly increasing function meets 0.
class RootFinder {
 public:
  RootFinder(std::function<double(double)> excess, double target, const CalibrationOptions& options)
      : excess_(std::move(excess)), target_(target), options_(options) {}

  Root find(double guess) {
    Trial low{0.0, -1.0}, high{options_.largest_deviation, 1.0};
    for (bool below = false, above = false; !(below && above);) {
      const Trial trial = try_at(guess);
      if (met(trial)) return {trial, SpreadStatus::met};
      (trial.excess < 0.0 ? low : high) = trial;
      (trial.excess < 0.0 ? below : above) = true;
      if (trial.excess < 0.0 && guess >= options_.largest_deviation) return {trial, SpreadStatus::too_low};
      if (trial.excess > 0.0 && guess == 0.0) return {trial, SpreadStatus::too_high};
      guess = further(trial);
    }
    return between(low, high);
  }

 private:
  Trial try_at(double deviation) { return {deviation, excess_(deviation)}; }
  bool met(const Trial& trial) const { return std::abs(trial.excess) <= options_.tolerance; }

  /// Spread grows about as the square of the deviation; a little beyond that, to have the root in between.
  double further(const Trial& trial) const {
    const double wanted = target_ - 1.0, got = std::max(wanted + trial.excess, 1e-9);
    const double ratio = std::clamp(std::sqrt(wanted / got), 0.4, 2.5);
    const double next = trial.deviation * ratio * (trial.excess < 0.0 ? 1.03 : 0.97);
    return next < kLeastDeviation ? 0.0 : std::min(next, options_.largest_deviation);
  }

  Root between(Trial low, Trial high) {
    double low_excess = low.excess, high_excess = high.excess;
    int last_side = 0;
    for (std::size_t i = 0; i < kMostEvaluations && high.deviation - low.deviation > 1e-7; ++i) {
      const double share = std::clamp(low_excess / (low_excess - high_excess), 0.05, 0.95);
      const Trial trial = try_at(low.deviation + share * (high.deviation - low.deviation));
      if (met(trial)) return {trial, SpreadStatus::met};
      const int side = trial.excess < 0.0 ? -1 : 1;
      (side < 0 ? low : high) = trial;
      (side < 0 ? low_excess : high_excess) = trial.excess;
      // The end that stays put for a second time counts half, so that it is left soon.
      if (side == last_side) (side < 0 ? high_excess : low_excess) /= 2.0;
      last_side = side;
    }
    return {std::abs(low.excess) < std::abs(high.excess) ? low : high, SpreadStatus::jumps};
  }

  std::function<double(double)> excess_;
  double target_;
  CalibrationOptions options_;
};

double journeys_to(const DestinationDemand& one) {
  return std::accumulate(one.journeys.begin(), one.journeys.end(), 0.0);
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The sample and what its routes are measured with.
struct Trials {
  const Core& core;
  Perception perception;
  const EdgeCosts& reference;
  std::vector<DestinationDemand> demand;
  CheapestRoutes cheapest;
  std::vector<double> cost_per_arc;
  const Execution& execution;

  Forest forest(double deviation, std::uint32_t draws) const {
    const Perception drawn = perception.with_deviation(deviation);
    return grow_forest({core, drawn, reference.generalised, {}}, demand, draws, execution);
  }
  double spread(const Forest& grown) const {
    return mean(spread_by_draw(grown, demand, cheapest, cost_per_arc, execution));
  }
};

std::size_t pair_count(const std::vector<DestinationDemand>& demand) {
  std::size_t pairs = 0;
  for (const DestinationDemand& one : demand) pairs += one.origin.size();
  return pairs;
}

Calibration calibrated(const Trials& trials, const PerceptionOptions& options,
                       const CalibrationOptions& calibration) {
  std::size_t evaluations = 0;
  Forest last;
  const auto root_on = [&](std::uint32_t draws, double guess) {
    const auto excess = [&, draws](double deviation) {
      ++evaluations;
      last = trials.forest(deviation, draws);
      return trials.spread(last) - options.spread;
    };
    return RootFinder(excess, options.spread, calibration).find(guess);
  };
  double guess = kFirstGuess * std::sqrt((options.spread - 1.0) / 0.05);
  if (options.draws >= 16) guess = root_on(options.draws / 4, guess).trial.deviation;
  const Root root = root_on(options.draws, std::max(guess, kLeastDeviation));
  if (root.status == SpreadStatus::jumps) last = trials.forest(root.trial.deviation, options.draws);
  return {trials.perception.with_deviation(root.trial.deviation),
          options.spread + root.trial.excess,
          route_overlap(last, trials.demand, trials.cost_per_arc, kOverlapPairs, trials.execution),
          pair_count(trials.demand),
          evaluations,
          root.status};
}

}  // namespace

std::vector<DestinationDemand> sampled_destinations(const std::vector<DestinationDemand>& demand,
                                                    std::size_t size) {
  if (demand.size() <= size) return demand;
  double total = 0.0;
  for (const DestinationDemand& one : demand) total += journeys_to(one);
  const double step = total / static_cast<double>(size);
  std::vector<DestinationDemand> sampled;
  double sum = 0.0, next = step / 2.0;
  for (const DestinationDemand& one : demand) {
    const double journeys = journeys_to(one);
    double steps = 0.0;
    for (sum += journeys; next <= sum; next += step) steps += 1.0;
    if (steps == 0.0) continue;
    sampled.push_back(one);
    for (double& j : sampled.back().journeys) j *= steps / journeys;
  }
  return sampled;
}

Calibration calibrate(const Network& network, const Core& core, const EdgeCosts& reference,
                      const Demand& demand, const Places& places, const PerceptionOptions& options,
                      const CalibrationOptions& calibration, const Execution& execution) {
  if (!std::isfinite(options.spread) || options.spread <= 1.0) throw OptionError("spread must be > 1");
  if (core.network_edge_count() != network.edge_count()) throw OptionError("core and network differ in size");
  const std::vector<DestinationDemand> all = by_destination(demand, places, core);
  const double unit = weight_unit(reference.generalised);
  CheapestRoutes cheapest = cheapest_routes(network, core, reference.generalised, unit, all, execution);
  const Perception perception(network, reference, trip_scale(cheapest, demand), options, execution);
  execution.start("spread of routes", options.draws);
  const Trials trials{core,
                      perception,
                      reference,
                      sampled_destinations(all, calibration.destinations),
                      std::move(cheapest),
                      arc_sums(core, reference.generalised),
                      execution};
  return calibrated(trials, options, calibration);
}

}  // namespace waywarden
