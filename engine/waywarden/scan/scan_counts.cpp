#include "waywarden/scan/scan_counts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kExact = 4503599627370496.0;          // 2^52
constexpr std::int64_t kMostCases = 2147483647;        // of 32-bit lanes
constexpr std::int64_t kMostPermutedCases = 67108864;  // 2^26: the square stays exact
constexpr double kMostPeople = 4294967295.0;           // per cell of the Bernoulli model

void require_shape(ScanModel model, const ScanCounts& counts) {
  if (counts.intervals == 0) throw OptionError("a scan needs at least one interval");
  if (counts.cases.size() % counts.intervals != 0) {
    throw OptionError("cases must be given for every place and interval");
  }
  const bool permuted = model == ScanModel::space_time_permutation;
  if (permuted && !counts.population.empty()) {
    throw OptionError("the space-time permutation model takes no population");
  }
  if (permuted && counts.intervals == 1) {
    throw OptionError("the space-time permutation model needs more than one interval");
  }
  if (!permuted && counts.population.size() != counts.cases.size()) {
    throw OptionError(model == ScanModel::poisson ? "there must be a population for each number of cases"
                                                  : "there must be controls for each number of cases");
  }
}

std::int64_t checked_total(ScanModel model, std::span<const std::int64_t> cases) {
  const std::int64_t most = model == ScanModel::space_time_permutation ? kMostPermutedCases : kMostCases;
  std::int64_t total = 0;
  for (const std::int64_t c : cases) {
    if (c < 0) throw InputError("a number of cases is negative");
    if (c > most || total > most - c) throw InputError("there are more cases than a scan can count");
    total += c;
  }
  return total;
}

void require_people(std::span<const double> population) {
  for (const double people : population) {
    if (!std::isfinite(people) || people < 0.0) throw InputError("a population is negative or not finite");
  }
}

/// The sum of values in ascending order: the same whatever their order.
double canonical_sum(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return std::accumulate(sorted.begin(), sorted.end(), 0.0);
}

/// Multiplied by the power of two that brings the total to 2^50 .. 2^51, then rounded.
std::vector<double> in_units(std::span<const double> population) {
  const double total = canonical_sum(population);
  if (!(total > 0.0) || !std::isfinite(total)) throw InputError("there is no population to scan");
  const int shift = 50 - std::ilogb(total);
  std::vector<double> units;
  units.reserve(population.size());
  for (const double people : population) units.push_back(std::nearbyint(std::ldexp(people, shift)));
  return units;
}

std::vector<double> cases_and_controls(const ScanCounts& counts) {
  std::vector<double> people;
  people.reserve(counts.cases.size());
  for (std::size_t i = 0; i < counts.cases.size(); ++i) {
    const double controls = counts.population[i];
    if (controls != std::floor(controls)) throw InputError("a number of controls is not a whole number");
    people.push_back(static_cast<double>(counts.cases[i]) + controls);
    if (people.back() > kMostPeople) throw InputError("there are more controls than a scan can count");
  }
  return people;
}

/// Cases of the place times cases of the interval.
std::vector<double> products_of_margins(const ScanCounts& counts) {
  std::vector<double> of_place(counts.places()), of_interval(counts.intervals), product;
  for (std::size_t i = 0; i < counts.cases.size(); ++i) {
    of_place[i / counts.intervals] += static_cast<double>(counts.cases[i]);
    of_interval[i % counts.intervals] += static_cast<double>(counts.cases[i]);
  }
  product.reserve(counts.cases.size());
  for (const double place : of_place) {
    for (const double interval : of_interval) product.push_back(place * interval);
  }
  return product;
}

std::vector<double> measures(ScanModel model, const ScanCounts& counts) {
  if (model == ScanModel::space_time_permutation) return products_of_margins(counts);
  require_people(counts.population);
  return model == ScanModel::bernoulli ? cases_and_controls(counts) : in_units(counts.population);
}

}  // namespace

std::string name(ScanModel model) {
  switch (model) {
    case ScanModel::poisson:
      return "poisson";
    case ScanModel::bernoulli:
      return "bernoulli";
    case ScanModel::space_time_permutation:
      return "space-time permutation";
  }
  return {};
}

std::vector<double> ScanTable::place_measure() const {
  std::vector<double> sums(places());
  for (std::size_t i = 0; i < measure.size(); ++i) sums[i / intervals] += measure[i];
  return sums;
}

ScanTable scan_table(ScanModel model, const ScanCounts& counts) {
  require_shape(model, counts);
  ScanTable table{model, counts.intervals, counts.cases, {}, 0.0, 0.0};
  table.total_cases = static_cast<double>(checked_total(model, counts.cases));
  if (counts.cases.empty()) return table;
  table.measure = measures(model, counts);
  for (std::size_t i = 0; i < table.measure.size(); ++i) {
    if (table.cases[i] > 0 && table.measure[i] == 0.0) throw InputError("there are cases where nobody lives");
    table.total_measure += table.measure[i];
  }
  if (table.total_measure > kExact) throw InputError("there are more people than a scan can count");
  return table;
}

}  // namespace waywarden
