#include "waywarden/hotspots/getis_ord.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Squares and sums of values up to this stay finite.
constexpr double kLargestValue = 1e100;

void require_finite(std::span<const double> values) {
  const auto usable = [](double v) { return std::abs(v) <= kLargestValue; };
  const auto bad = std::find_if_not(values.begin(), values.end(), usable);
  if (bad == values.end()) return;
  throw InputError("the value of cell " + std::to_string(bad - values.begin()) +
                   " is not finite, or beyond 1e100");
}

/// Sums of all values, added in ascending order: the same bits however the rows came.
struct Totals {
  double mean = 0.0;
  double squares = 0.0;  ///< of deviations from the mean
  std::vector<double> sorted;

  double n() const { return static_cast<double>(sorted.size()); }
};

Totals totals(std::span<const double> values) {
  Totals all;
  all.sorted.assign(values.begin(), values.end());
  std::sort(all.sorted.begin(), all.sorted.end());
  double sum = 0.0;
  for (const double v : all.sorted) sum += v;
  all.mean = all.sorted.empty() ? 0.0 : sum / all.n();
  // The mean of equal values need not round to them.
  if (all.sorted.empty() || all.sorted.front() == all.sorted.back()) return all;
  for (const double v : all.sorted) all.squares += (v - all.mean) * (v - all.mean);
  return all;
}

/// What the neighbours of one cell add up to.
struct LocalSums {
  double weights = 0.0;
  double squared_weights = 0.0;
  double weighted_values = 0.0;
};

LocalSums local_sums(std::span<const double> values, const Weights& weights, std::size_t cell) {
  std::vector<std::pair<double, double>> row;
  for (std::size_t e = weights.first[cell]; e < weights.first[cell + 1]; ++e) {
    if (weights.weight_at(e) > 0.0) row.emplace_back(weights.weight_at(e), values[weights.neighbour[e]]);
  }
  // In the order of content, not of rows.
  std::sort(row.begin(), row.end());
  LocalSums sums;
  for (const auto& [weight, value] : row) {
    sums.weights += weight;
    sums.squared_weights += weight * weight;
    sums.weighted_values += weight * value;
  }
  return sums;
}

/// Mean and variance of the values that are compared, and how many they are.
struct Moments {
  double n = 0.0;
  double mean = 0.0;
  double variance = 0.0;
};

Moments moments_without(const Totals& all, double left_out) {
  const double n = all.n(), deviation = left_out - all.mean;
  if (all.squares == 0.0) return {n - 1.0, all.mean, 0.0};
  const double squares = all.squares - deviation * deviation * n / (n - 1.0);
  if (squares > 1e-6 * all.squares) return {n - 1.0, all.mean - deviation / (n - 1.0), squares / (n - 1.0)};
  // One value makes up nearly all the variance: the difference would be rounding noise.
  std::vector<double> others = all.sorted;
  others.erase(std::lower_bound(others.begin(), others.end(), left_out));
  const Totals rest = totals(others);
  return {rest.n(), rest.mean, rest.squares / rest.n()};
}

Moments moments(const Totals& all, double own, LocalStatistic statistic) {
  if (statistic == LocalStatistic::gi) return moments_without(all, own);
  return {all.n(), all.mean, all.squares / all.n()};
}

/// n times the sum of squared weights less the square of their sum: 0 where everything is a neighbour with
/// one weight.
double weight_spread(const LocalSums& sums, double n) {
  return n * sums.squared_weights - sums.weights * sums.weights;
}

double z_score(const LocalSums& sums, const Moments& m) {
  const double spread = weight_spread(sums, m.n);
  return (sums.weighted_values - sums.weights * m.mean) / std::sqrt(m.variance * spread / (m.n - 1.0));
}

/// Of a cell that has neighbours.
LocalState state_of(const LocalSums& sums, const Moments& compared) {
  if (!(compared.variance > 0.0)) return LocalState::constant;
  // With even one cell that is no neighbour, the spread is at least 1 / n of this product.
  const bool some_are_not = weight_spread(sums, compared.n) > 1e-12 * compared.n * sums.squared_weights;
  return some_are_not ? LocalState::defined : LocalState::all_neighbours;
}

bool use_exact(std::span<const double> values, const Weights& others, const GetisOrdOptions& options) {
  if (options.method == ProbabilityMethod::permutations) return false;
  const bool applies = exact_applies(values, others);
  if (options.method == ProbabilityMethod::automatic) {
    return applies && exact_work(values, others) <= permutation_work(others, options.permutations);
  }
  if (!applies) throw OptionError("exact probabilities need whole numbers and equal weights within each row");
  return true;
}

HotspotClass hotspot_class(std::optional<double> z, std::optional<double> q,
                           const std::optional<Tails>& tails) {
  if (!z || !q || !tails) return HotspotClass::undefined;
  const bool hot = *z > 0.0 && tails->upper < tails->lower;
  const bool cold = *z < 0.0 && tails->lower < tails->upper;
  if ((!hot && !cold) || *q > 0.10) return HotspotClass::not_significant;
  if (*q > 0.05) return hot ? HotspotClass::hot_90 : HotspotClass::cold_90;
  if (*q > 0.01) return hot ? HotspotClass::hot_95 : HotspotClass::cold_95;
  return hot ? HotspotClass::hot_99 : HotspotClass::cold_99;
}

GetisOrdResult sized_result(std::size_t cells) {
  GetisOrdResult result;
  result.state.resize(cells);
  result.z.resize(cells);
  result.p.resize(cells);
  result.neighbours.resize(cells);
  return result;
}

}  // namespace

std::string name(HotspotClass hotspot) {
  switch (hotspot) {
    case HotspotClass::hot_99:
      return "hot_99";
    case HotspotClass::hot_95:
      return "hot_95";
    case HotspotClass::hot_90:
      return "hot_90";
    case HotspotClass::not_significant:
      return "not_significant";
    case HotspotClass::cold_90:
      return "cold_90";
    case HotspotClass::cold_95:
      return "cold_95";
    case HotspotClass::cold_99:
      return "cold_99";
    case HotspotClass::undefined:
      return "undefined";
  }
  throw OptionError("no such class of hotspot");
}

std::string name(LocalState state) {
  switch (state) {
    case LocalState::defined:
      return "defined";
    case LocalState::island:
      return "island";
    case LocalState::constant:
      return "constant";
    case LocalState::all_neighbours:
      return "all_neighbours";
  }
  throw OptionError("no such state");
}

std::string name(ProbabilityMethod method) {
  switch (method) {
    case ProbabilityMethod::automatic:
      return "automatic";
    case ProbabilityMethod::exact:
      return "exact";
    case ProbabilityMethod::permutations:
      return "permutations";
  }
  throw OptionError("no such method");
}

std::string GetisOrdResult::p_name() const {
  return method == ProbabilityMethod::exact ? "p_exact" : "p_sim";
}

std::size_t GetisOrdResult::count(LocalState which) const {
  return static_cast<std::size_t>(std::count(state.begin(), state.end(), which));
}

std::size_t GetisOrdResult::count(HotspotClass which) const {
  return static_cast<std::size_t>(std::count(hotspot.begin(), hotspot.end(), which));
}

GetisOrdResult getis_ord(std::span<const double> values, const Weights& weights,
                         const GetisOrdOptions& options, const Execution& execution) {
  require_valid(weights);
  require_finite(values);
  if (weights.size() != values.size()) throw InputError("there must be one row of weights per value");
  const Weights others = without_self(weights);
  const Weights summed = options.statistic == LocalStatistic::gi_star ? with_self(weights) : others;
  const Totals all = totals(values);
  GetisOrdResult result = sized_result(values.size());
  const auto standardise = [&](std::size_t i) {
    const LocalSums sums = local_sums(values, summed, i);
    result.neighbours[i] = static_cast<std::uint32_t>(others.neighbours(i).size());
    if (result.neighbours[i] == 0) {
      result.state[i] = LocalState::island;
      return;
    }
    const Moments compared = moments(all, values[i], options.statistic);
    result.state[i] = state_of(sums, compared);
    if (result.state[i] == LocalState::defined) result.z[i] = z_score(sums, compared);
  };
  parallel_for(values.size(), execution, standardise, 256);

  const bool exact = use_exact(values, others, options);
  const auto tails = exact ? exact_tails(values, others, execution)
                           : permuted_tails(values, others, options.permutations, execution);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (result.z[i] && tails[i]) result.p[i] = tails[i]->p();
  }
  result.method = exact ? ProbabilityMethod::exact : ProbabilityMethod::permutations;
  result.adjustment = options.adjustment;
  result.q = adjusted(result.p, options.adjustment);
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.hotspot.push_back(hotspot_class(result.z[i], result.q[i], tails[i]));
  }
  return result;
}

}  // namespace waywarden
