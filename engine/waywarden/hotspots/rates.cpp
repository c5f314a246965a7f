#include "waywarden/hotspots/rates.h"

#include <algorithm>
#include <array>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/detail/ordered_sum.h"

namespace waywarden {
namespace {

using detail::ordered_sum;

void require_amounts(std::span<const double> values, std::size_t rows, const char* what) {
  if (values.size() != rows) throw InputError(std::string("there must be one ") + what + " per row");
  const auto usable = [](double v) { return v >= 0.0 && v <= 1e100; };
  const auto bad = std::find_if_not(values.begin(), values.end(), usable);
  if (bad != values.end())
    throw InputError(std::string("the ") + what + " of row " + std::to_string(bad - values.begin()) +
                     " is negative, not finite, or beyond 1e100");
}

Rates sized(std::size_t rows, bool has_effort) {
  Rates rates;
  rates.state.resize(rows, RateState::no_exposure);
  rates.rate.resize(rows);
  rates.caution = has_effort ? "" : kReportingCaution;
  return rates;
}

/// Over the areas that have exposure.
std::optional<double> overall_rate(std::span<const double> counts, std::span<const double> offsets) {
  std::vector<double> counted;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (offsets[i] > 0.0) counted.push_back(counts[i]);
  const double exposed = ordered_sum({offsets.begin(), offsets.end()});
  return exposed > 0.0 ? std::optional(ordered_sum(std::move(counted)) / exposed) : std::nullopt;
}

/// The quotient, or why there is none.
void set(Rates& rates, std::size_t row, double count, double divisor, RateState otherwise) {
  rates.state[row] = divisor > 0.0 ? RateState::defined : otherwise;
  if (divisor > 0.0) rates.rate[row] = count / divisor;
}

double neighbourhood_sum(std::span<const double> values, const Weights& around, std::size_t row) {
  std::vector<double> terms;
  for (std::size_t e = around.first[row]; e < around.first[row + 1]; ++e)
    terms.push_back(around.weight_at(e) * values[around.neighbour[e]]);
  return ordered_sum(std::move(terms));
}

std::size_t require_strata(const Strata& areas) {
  if (areas.strata == 0) throw OptionError("there must be at least one stratum");
  require_amounts(areas.counts, areas.at_risk.size(), "count");
  require_amounts(areas.at_risk, areas.counts.size(), "exposure");
  if (areas.counts.size() % areas.strata != 0)
    throw InputError("there must be one entry per area and stratum");
  return areas.counts.size() / areas.strata;
}

/// One stratum of all areas.
std::vector<double> column(const std::vector<double>& values, const Strata& areas, std::size_t stratum) {
  std::vector<double> out;
  for (std::size_t e = stratum; e < values.size(); e += areas.strata) out.push_back(values[e]);
  return out;
}

}  // namespace

std::string name(RateState state) {
  static constexpr std::array kNames = {"defined", "no_exposure", "no_expectation"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::vector<double> RateExposure::offsets() const {
  require_amounts(at_risk, at_risk.size(), "exposure");
  if (!has_effort()) return at_risk;
  require_amounts(effort, at_risk.size(), "effort");
  std::vector<double> product;
  for (std::size_t i = 0; i < at_risk.size(); ++i) product.push_back(at_risk[i] * effort[i]);
  return product;
}

Rates raw_rates(std::span<const double> counts, const RateExposure& exposure) {
  const std::vector<double> offsets = exposure.offsets();
  require_amounts(counts, offsets.size(), "count");
  Rates rates = sized(counts.size(), exposure.has_effort());
  rates.overall = overall_rate(counts, offsets);
  for (std::size_t i = 0; i < counts.size(); ++i)
    set(rates, i, counts[i], offsets[i], RateState::no_exposure);
  return rates;
}

Rates excess_risk(std::span<const double> counts, const RateExposure& exposure) {
  Rates rates = raw_rates(counts, exposure);
  const std::vector<double> offsets = exposure.offsets();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (rates.state[i] != RateState::defined) continue;
    rates.rate[i].reset();
    set(rates, i, counts[i], *rates.overall * offsets[i], RateState::no_expectation);
  }
  return rates;
}

Rates spatial_rates(std::span<const double> counts, const RateExposure& exposure, const Weights& weights) {
  require_valid(weights);
  if (weights.size() != counts.size()) throw InputError("there must be one row of weights per count");
  Rates rates = raw_rates(counts, exposure);
  const std::vector<double> offsets = exposure.offsets();
  const Weights around = with_self(weights);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    rates.rate[i].reset();
    set(rates, i, neighbourhood_sum(counts, around, i), neighbourhood_sum(offsets, around, i),
        RateState::no_exposure);
  }
  return rates;
}

Rates indirectly_standardised(const Strata& areas) {
  const std::size_t rows = require_strata(areas);
  std::vector<std::optional<double>> overall;
  for (std::size_t s = 0; s < areas.strata; ++s)
    overall.push_back(overall_rate(column(areas.counts, areas, s), column(areas.at_risk, areas, s)));
  Rates rates = sized(rows, false);
  rates.overall = overall_rate(areas.counts, areas.at_risk);
  for (std::size_t i = 0; i < rows; ++i) {
    double observed = 0.0, expected = 0.0, exposed = 0.0;
    for (std::size_t s = 0; s < areas.strata; ++s) {
      observed += areas.counts[i * areas.strata + s];
      exposed += areas.at_risk[i * areas.strata + s];
      expected += overall[s].value_or(0.0) * areas.at_risk[i * areas.strata + s];
    }
    set(rates, i, observed, expected, exposed > 0.0 ? RateState::no_expectation : RateState::no_exposure);
  }
  return rates;
}

Rates directly_standardised(const Strata& areas, std::span<const double> standard) {
  const std::size_t rows = require_strata(areas);
  require_amounts(standard, areas.strata, "standard population");
  const double people = ordered_sum({standard.begin(), standard.end()});
  if (!(people > 0.0)) throw InputError("the standard population is empty");
  Rates rates = sized(rows, false);
  rates.overall = overall_rate(areas.counts, areas.at_risk);
  for (std::size_t i = 0; i < rows; ++i) {
    std::optional<double> expected = 0.0;
    for (std::size_t s = 0; s < areas.strata && expected; ++s) {
      const std::size_t e = i * areas.strata + s;
      if (standard[s] == 0.0) continue;
      expected = areas.at_risk[e] > 0.0
                     ? std::optional(*expected + standard[s] * (areas.counts[e] / areas.at_risk[e]))
                     : std::nullopt;
    }
    if (expected) set(rates, i, *expected, people, RateState::no_exposure);
  }
  return rates;
}

}  // namespace waywarden
