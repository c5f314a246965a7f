#include "waywarden/flow/demand_calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kMostEffects = 3'000;
constexpr std::size_t kNamed = 5;

bool has_origins(DemandConstraint c) {
  return c == DemandConstraint::production || c == DemandConstraint::both;
}

bool has_destinations(DemandConstraint c) {
  return c == DemandConstraint::attraction || c == DemandConstraint::both;
}

/// Observed journeys of each pair.
struct Counts {
  std::vector<double> per_pair;
  std::size_t unused_pairs = 0;
  double unused_journeys = 0.0;
};

/// Both ascend by (destination, origin).
Counts counts_of(const PlacePairs& pairs, const std::vector<StatedFlow>& flows) {
  Counts counts{std::vector<double>(pairs.size(), 0.0), 0, 0.0};
  const auto key = [&](std::size_t k) { return std::tuple(pairs.table.column[k], pairs.table.row[k]); };
  std::size_t k = 0;
  for (const StatedFlow& flow : flows) {
    const std::tuple wanted(static_cast<std::uint32_t>(flow.destination.index()),
                            static_cast<std::uint32_t>(flow.origin.index()));
    while (k < pairs.size() && key(k) < wanted) ++k;
    if (k < pairs.size() && key(k) == wanted) {
      counts.per_pair[k] = flow.journeys;
    } else if (flow.journeys > 0.0) {
      ++counts.unused_pairs;
      counts.unused_journeys += flow.journeys;
    }
  }
  return counts;
}

/// A place with effects must have journeys, else its effect falls without end.
void require_journeys(const std::vector<std::uint32_t>& place, const std::vector<double>& count,
                      const Places& places, const std::string& movement) {
  std::vector<double> sum(places.size(), 0.0);
  std::vector<std::uint8_t> present(places.size(), 0);
  for (std::size_t k = 0; k < place.size(); ++k) {
    sum[place[k]] += count[k];
    present[place[k]] = 1;
  }
  std::vector<std::size_t> empty;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    if (present[i] != 0 && sum[i] == 0.0) empty.push_back(i);
  }
  if (empty.empty()) return;
  throw InputError("no observed journey " + movement + " " + quoted(empty, places) +
                   ", so that its effect cannot be estimated: leave its weight 0, or constrain less");
}

class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parent_;
};

/// Numbers places that occur, from `first` on; none for those to be left out.
std::vector<std::uint32_t> numbered(const std::vector<std::uint32_t>& place,
                                    const std::vector<std::uint8_t>& left_out, std::size_t& first) {
  std::vector<std::uint32_t> number(left_out.size(), CountSample::kNoEffect);
  std::vector<std::uint8_t> present(left_out.size(), 0);
  for (const std::uint32_t p : place) present[p] = 1;
  for (std::size_t p = 0; p < number.size(); ++p) {
    if (present[p] != 0 && left_out[p] == 0) number[p] = static_cast<std::uint32_t>(first++);
  }
  std::vector<std::uint32_t> column;
  for (const std::uint32_t p : place) column.push_back(number[p]);
  return column;
}

/// With effects of both sides, one destination of each set of places that pairs connect is the level that the
/// others are measured from.
std::vector<std::uint8_t> reference_levels(const SparseTable& table, std::size_t places) {
  Groups connected(2 * places);
  for (std::size_t k = 0; k < table.row.size(); ++k) connected.join(table.row[k], places + table.column[k]);
  std::vector<std::uint8_t> reference(places, 0), has_one(2 * places, 0);
  for (const std::uint32_t j : table.column) {
    std::uint8_t& taken = has_one[connected.of(places + j)];
    if (taken == 0) reference[j] = 1;
    taken = 1;
  }
  return reference;
}

void add_effects(CountSample& sample, const SparseTable& table, const Places& places,
                 DemandConstraint constraint) {
  const std::vector<std::uint8_t> none(places.size(), 0);
  if (has_origins(constraint)) {
    require_journeys(table.row, sample.count, places, "leaves");
    sample.effect[0] = numbered(table.row, none, sample.effects);
  }
  if (has_destinations(constraint)) {
    require_journeys(table.column, sample.count, places, "arrives at");
    const bool both = constraint == DemandConstraint::both;
    sample.effect[1] =
        numbered(table.column, both ? reference_levels(table, places.size()) : none, sample.effects);
  }
  if (sample.effects > kMostEffects) {
    throw OptionError(std::to_string(sample.effects) +
                      " places with effects of their own are more than the " + std::to_string(kMostEffects) +
                      " that are possible: constrain less");
  }
}

std::vector<double> logarithms(const std::vector<std::uint32_t>& place, const std::vector<double>& weights) {
  std::vector<double> column;
  for (const std::uint32_t p : place) column.push_back(std::log(weights[p]));
  return column;
}

/// Covariates with their names, and whether an estimate is the negative of what it is called.
struct Terms {
  CountSample sample;
  std::vector<std::string> name;
  std::vector<double> sign;

  void add(std::string parameter, double direction, std::vector<double> column) {
    name.push_back(std::move(parameter));
    sign.push_back(direction);
    sample.covariate.push_back(std::move(column));
  }
  void add_offset(const std::vector<double>& column) {
    sample.offset.resize(column.size(), 0.0);
    for (std::size_t k = 0; k < column.size(); ++k) sample.offset[k] += column[k];
  }
  void add_mass(std::string parameter, MassExponents masses, std::vector<double> column) {
    if (masses == MassExponents::fixed_to_one) return add_offset(column);
    add(std::move(parameter), 1.0, std::move(column));
  }
};

void add_costs(Terms& terms, const PlacePairs& pairs, Decay function) {
  std::vector<double> relative(pairs.size(), 0.0), logarithm(pairs.size(), 0.0);
  for (std::size_t k = 0; k < pairs.size() && pairs.median_cost > 0.0; ++k) {
    relative[k] = pairs.cost[k] / pairs.median_cost;
    logarithm[k] = std::log(at_least_one_percent(relative[k]));
  }
  if (function == Decay::power) return terms.add("decay", -1.0, std::move(logarithm));
  terms.add("decay", -1.0, std::move(relative));
  if (function == Decay::tanner) terms.add("exponent", 1.0, std::move(logarithm));
}

Terms terms_of(const PlacePairs& pairs, std::vector<double> counts, const Places& places,
               const DemandCalibrationOptions& options) {
  Terms terms;
  terms.sample.count = std::move(counts);
  add_effects(terms.sample, pairs.table, places, options.constraint);
  if (options.constraint == DemandConstraint::none) {
    terms.add("constant", 1.0, std::vector<double>(pairs.size(), 1.0));
  }
  if (!has_origins(options.constraint)) {
    terms.add_mass("source_exponent", options.masses, logarithms(pairs.table.row, places.source_weight));
  }
  if (!has_destinations(options.constraint)) {
    terms.add_mass("destination_exponent", options.masses,
                   logarithms(pairs.table.column, places.destination_weight));
  }
  add_costs(terms, pairs, options.function);
  return terms;
}

std::string named(const std::vector<std::size_t>& rows, const SparseTable& table, const Places& places) {
  std::string text;
  for (std::size_t k = 0; k < std::min(kNamed, rows.size()); ++k) {
    text += (k == 0 ? "'" : ", '") + places.id[table.row[rows[k]]] + "' to '" +
            places.id[table.column[rows[k]]] + "'";
  }
  return rows.size() <= kNamed ? text : text + " and " + std::to_string(rows.size() - kNamed) + " more";
}

void require_converged(const CountFit& fit, const Terms& terms, const SparseTable& table,
                       const Places& places) {
  if (fit.status == CountFitStatus::dependent) {
    const std::size_t covariate = fit.dependent_column - terms.sample.effects;
    throw InputError("'" + terms.name[covariate] +
                     "' cannot be told apart from what else is estimated: what it multiplies is the same for "
                     "all pairs, or follows from the rest");
  }
  if (fit.status == CountFitStatus::separated) {
    throw InputError(
        "no estimate is the likeliest: without these pairs, on which no journey was observed, the "
        "counts would not tell the estimates apart, and with them estimates grow without end: " +
        named(fit.separated, table, places));
  }
  if (fit.status == CountFitStatus::stalled) throw InputError("the estimates do not settle");
}

DemandCalibration account(const CountFit& fit, const Terms& terms) {
  DemandCalibration result;
  result.parameter = terms.name;
  for (std::size_t c = 0; c < terms.name.size(); ++c)
    result.estimate.push_back(terms.sign[c] * fit.estimate[c]);
  result.standard_error = fit.standard_error;
  result.robust_error = fit.robust_error;
  result.overdispersion = fit.overdispersion;
  result.log_likelihood = fit.log_likelihood;
  result.deviance = fit.deviance;
  result.dispersion = fit.dispersion;
  result.rounds = fit.rounds;
  result.common_part = common_part(terms.sample.count, fit.mean);
  result.observations = fit.mean.size();
  result.parameters = terms.sample.effects + terms.name.size();
  return result;
}

Demand demand_of(const SparseTable& table, const std::vector<double>& means) {
  Demand demand;
  for (std::size_t k = 0; k < means.size(); ++k) {
    if (!(means[k] > 0.0)) continue;
    demand.origin.push_back(PlaceId(table.row[k]));
    demand.destination.push_back(PlaceId(table.column[k]));
    demand.journeys.push_back(means[k]);
  }
  return demand;
}

}  // namespace

double common_part(std::span<const double> a, std::span<const double> b) {
  double common = 0.0, all = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    common += std::min(a[k], b[k]);
    all += a[k] + b[k];
  }
  return all > 0.0 ? 2.0 * common / all : 0.0;
}

DemandCalibration calibrate_demand(const Places& places, const Skim& skim,
                                   std::span<const StatedFlow> observed,
                                   const DemandCalibrationOptions& options, const Execution& execution) {
  const PlacePairs pairs = place_pairs(places, skim);
  Counts counts = counts_of(pairs, one_per_pair(observed, places.size()));
  if (std::all_of(counts.per_pair.begin(), counts.per_pair.end(), [](double n) { return n == 0.0; }))
    throw InputError("no journey was observed between places with weights that a route joins");
  const Terms terms = terms_of(pairs, std::move(counts.per_pair), places, options);
  const CountFit fit = count_regression(terms.sample, options.distribution, execution);
  require_converged(fit, terms, pairs.table, places);
  DemandCalibration result = account(fit, terms);
  result.median_cost = pairs.median_cost;
  result.unused_pairs = counts.unused_pairs;
  result.unused_journeys = counts.unused_journeys;
  result.fitted = demand_of(pairs.table, fit.mean);
  return result;
}

}  // namespace waywarden
