#include "waywarden/hotspots/local_moments.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace waywarden {
namespace {

/// Below this share of what it is the difference of, a variance is rounding noise and counted anew.
constexpr double kNoise = 1e-6;

/// The weight of all of a cell's neighbours, where they have the same and it is above 0.
std::optional<double> common_weight(const Weights& weights, std::size_t cell) {
  const std::size_t first = weights.first[cell], last = weights.first[cell + 1];
  if (first == last) return 1.0;
  const double weight = weights.weight_at(first);
  for (std::size_t e = first; e < last && !weights.weight.empty(); ++e) {
    if (weights.weight[e] != weight) return std::nullopt;
  }
  return weight > 0.0 ? std::optional(weight) : std::nullopt;
}

}  // namespace

Population::Population(const DistinctValues& values)
    : values_(values), n_(static_cast<double>(values.rows())) {
  double sum = 0.0;
  for (std::size_t g = 0; g < values.size(); ++g)
    sum += values.value[g] * static_cast<double>(values.copies[g]);
  mean_ = n_ > 0.0 ? sum / n_ : 0.0;
  // The mean of equal values need not round to them.
  if (values.size() == 1) mean_ = values.value.front();
  for (std::size_t g = 0; g < values.size(); ++g) {
    const double copies = static_cast<double>(values.copies[g]), d = deviation(g);
    squares_ += copies * d * d;
    cubes_ += copies * d * d * d;
    fourths_ += copies * d * d * d * d;
  }
}

double Population::deviation(std::size_t group) const { return values_.value[group] - mean_; }

Moments Population::all() const { return {n_, 0.0, squares_ / n_}; }

Moments Population::others(std::size_t group, Summand summand) const {
  const double rest = n_ - 1.0, d = deviation(group);
  if (squares_ == 0.0 || !(rest > 0.0)) return {rest, 0.0, 0.0};
  if (summand == Summand::value) {
    const double squares = squares_ - d * d * n_ / rest;
    if (squares <= kNoise * squares_) return counted(group, summand);
    return {rest, -d / rest, squares / rest};
  }
  const double mean = (squares_ + n_ * d * d) / rest;
  const double fourths = fourths_ - 4.0 * d * cubes_ + 6.0 * d * d * squares_ + n_ * d * d * d * d;
  const double variance = fourths / rest - mean * mean;
  if (!(variance > kNoise * mean * mean)) return counted(group, summand);
  return {rest, mean, variance};
}

Moments Population::counted(std::size_t group, Summand summand) const {
  const double own = values_.value[group];
  const auto copies = [&](std::size_t g) {
    return static_cast<double>(values_.copies[g] - (g == group ? 1 : 0));
  };
  const auto added = [&](std::size_t g) {
    const double difference = values_.value[g] - own;
    return summand == Summand::value ? deviation(g) : difference * difference;
  };
  double sum = 0.0, squares = 0.0, low = 0.0, high = 0.0;
  bool any = false;
  for (std::size_t g = 0; g < values_.size(); ++g) {
    if (copies(g) == 0.0) continue;
    sum += copies(g) * added(g);
    low = any ? std::min(low, added(g)) : added(g);
    high = any ? std::max(high, added(g)) : added(g);
    any = true;
  }
  const double rest = n_ - 1.0, mean = low == high ? low : sum / rest;
  for (std::size_t g = 0; g < values_.size(); ++g) {
    const double difference = added(g) - mean;
    squares += copies(g) > 0.0 ? copies(g) * difference * difference : 0.0;
  }
  return {rest, mean, squares / rest};
}

std::vector<double> standardised_unless_whole(std::span<const double> values) {
  std::vector<double> scaled(values.begin(), values.end());
  const DistinctValues distinct = distinct_values(values);
  const Population population(distinct);
  if (all_whole(distinct) || !(population.squares() > 0.0)) return scaled;
  const double scale = std::sqrt(population.squares() / population.n());
  for (double& v : scaled) v = (v - population.mean()) / scale;
  return scaled;
}

LocalSummer::LocalSummer(std::span<const double> values, const Population& population,
                         const DistinctValues& distinct, const Weights& weights, Summand summand, Own own)
    : values_(values),
      weights_(weights),
      summand_(summand),
      own_(own),
      mean_(population.mean()),
      exact_(summand == Summand::value && all_whole(distinct)) {}

LocalSum LocalSummer::of(std::size_t cell) const {
  const std::optional<double> common = exact_ ? common_weight(weights_, cell) : std::nullopt;
  if (!common) return added_up(cell);
  // Sums of whole numbers are the same in any order.
  double sum = 0.0;
  bool self = false;
  for (const std::uint32_t j : weights_.neighbours(cell)) {
    sum += values_[j];
    self = self || j == cell;
  }
  const bool add = own_ == Own::counted && !self;
  const double count = static_cast<double>(weights_.neighbours(cell).size() + (add ? 1 : 0));
  if (add) sum += values_[cell];
  return {*common * count, *common * *common * count, *common * (sum - count * mean_)};
}

double LocalSummer::summand(std::size_t neighbour, std::size_t cell) const {
  if (summand_ == Summand::value) return values_[neighbour] - mean_;
  const double difference = values_[neighbour] - values_[cell];
  return difference * difference;
}

LocalSum LocalSummer::added_up(std::size_t cell) const {
  std::vector<std::pair<double, double>> row;
  double largest = 0.0;
  bool self = false;
  for (std::size_t e = weights_.first[cell]; e < weights_.first[cell + 1]; ++e) {
    const double weight = weights_.weight_at(e);
    self = self || weights_.neighbour[e] == cell;
    if (!(weight > 0.0)) continue;
    row.emplace_back(weight, summand(weights_.neighbour[e], cell));
    largest = std::max(largest, weight);
  }
  if (own_ == Own::counted && !self) row.emplace_back(largest > 0.0 ? largest : 1.0, summand(cell, cell));
  // In the order of content, not of rows.
  std::sort(row.begin(), row.end());
  LocalSum sums;
  for (const auto& [weight, added] : row) {
    sums.weights += weight;
    sums.squared_weights += weight * weight;
    sums.sum += weight * added;
  }
  return sums;
}

Standardised standardised(const LocalSum& sum, const Moments& compared) {
  if (!(compared.variance > 0.0)) return {Standardised::Why::constant, 0.0, 0.0, 0.0};
  // n times the sum of squared weights less the square of their sum: with even one cell that is no neighbour,
  // at least 1 / n of the product.
  const double spread = compared.n * sum.squared_weights - sum.weights * sum.weights;
  if (!(spread > 1e-12 * compared.n * sum.squared_weights))
    return {Standardised::Why::all_neighbours, 0.0, 0.0, 0.0};
  const double mean = sum.weights * compared.mean;
  const double variance = compared.variance * spread / (compared.n - 1.0);
  return {Standardised::Why::defined, mean, variance, (sum.sum - mean) / std::sqrt(variance)};
}

}  // namespace waywarden
