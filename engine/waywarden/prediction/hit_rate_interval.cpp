#include "waywarden/prediction/hit_rate_interval.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr std::int64_t kMostIncidents = (std::int64_t{1} << 32) - 1;

void require_confidence(double confidence) {
  if (!(confidence > 0.0 && confidence < 1.0)) throw OptionError("confidence must be between 0 and 1");
}

void require_usable(const FlaggedIncidents& flagged) {
  if (flagged.method.size() != flagged.later.size() || flagged.benchmark.size() != flagged.later.size())
    throw InputError("there must be one count and two fractions per cell");
  const auto usable = [](double f) { return f >= 0.0 && f <= 1.0; };
  if (!std::all_of(flagged.method.begin(), flagged.method.end(), usable) ||
      !std::all_of(flagged.benchmark.begin(), flagged.benchmark.end(), usable))
    throw InputError("a flagged fraction is not between 0 and 1");
  std::int64_t total = 0;
  for (const std::int64_t count : flagged.later) {
    if (count < 0 || count > kMostIncidents - total)
      throw InputError("counts must not be negative, nor add up to 2^32");
    total += count;
  }
}

/// Incidents that hit alike.
struct Kind {
  double method = 0.0;
  double benchmark = 0.0;
  std::int64_t count = 0;
};

/// In the order of content.
std::vector<Kind> kinds(const FlaggedIncidents& flagged) {
  std::map<std::pair<double, double>, std::int64_t> counts;
  for (std::size_t i = 0; i < flagged.later.size(); ++i)
    if (flagged.later[i] > 0) counts[{flagged.method[i], flagged.benchmark[i]}] += flagged.later[i];
  std::vector<Kind> all;
  for (const auto& [hit, count] : counts) all.push_back({hit.first, hit.second, count});
  return all;
}

std::int64_t incidents_of(const std::vector<Kind>& kinds) {
  std::int64_t total = 0;
  for (const Kind& kind : kinds) total += kind.count;
  return total;
}

/// Binomial, by inversion: the least number whose cumulative probability reaches the uniform.
std::int64_t binomial_draw(std::int64_t trials, double chance, RandomStream& stream) {
  using RoundUp = boost::math::policies::policy<
      boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;
  const double uniform = stream.uniform();
  if (trials == 0) return 0;
  const boost::math::binomial_distribution<double, RoundUp> binomial(static_cast<double>(trials), chance);
  return std::clamp(static_cast<std::int64_t>(boost::math::quantile(binomial, uniform)), std::int64_t{0},
                    trials);
}

/// Hit rates of one replicate: of the method and of its benchmark. How many of each kind are drawn is
/// multinomial: one binomial after the other, each out of those that are left.
std::pair<double, double> redrawn(const std::vector<Kind>& kinds, const BootstrapOptions& options,
                                  std::size_t replicate) {
  const std::int64_t incidents = incidents_of(kinds);
  RandomStream stream(options.seed, replicate);
  std::int64_t left = incidents, pool = incidents;
  double method = 0.0, benchmark = 0.0;
  for (const Kind& kind : kinds) {
    const double chance = static_cast<double>(kind.count) / static_cast<double>(pool);
    const std::int64_t drawn = kind.count == pool ? left : binomial_draw(left, chance, stream);
    method += kind.method * static_cast<double>(drawn);
    benchmark += kind.benchmark * static_cast<double>(drawn);
    left -= drawn;
    pool -= kind.count;
  }
  return {method / static_cast<double>(incidents), benchmark / static_cast<double>(incidents)};
}

/// The replicates that leave out as many at either end as the confidence allows.
ConfidenceInterval percentiles(std::vector<double> values, double confidence) {
  std::sort(values.begin(), values.end());
  const double each_side = (1.0 - confidence) / 2.0 * static_cast<double>(values.size() + 1);
  const auto left_out =
      std::min(static_cast<std::size_t>(std::max(0.0, std::floor(each_side) - 1.0)), (values.size() - 1) / 2);
  return {values[left_out], values[values.size() - 1 - left_out]};
}

HitRateDifference summary(const std::vector<std::pair<double, double>>& rates, double confidence) {
  std::vector<double> method, difference;
  for (const auto& [ours, theirs] : rates) {
    method.push_back(ours);
    difference.push_back(ours - theirs);
  }
  const auto no_better =
      std::count_if(difference.begin(), difference.end(), [](double d) { return d <= 0.0; });
  return {percentiles(std::move(method), confidence), percentiles(difference, confidence),
          static_cast<double>(no_better + 1) / static_cast<double>(rates.size() + 1)};
}

}  // namespace

std::optional<ConfidenceInterval> exact_binomial_interval(double hits, std::int64_t incidents,
                                                          double confidence) {
  require_confidence(confidence);
  const auto n = static_cast<double>(incidents);
  if (!(hits >= 0.0 && hits <= n)) throw InputError("there cannot be more hits than incidents");
  if (incidents == 0) return std::nullopt;
  const double tail = (1.0 - confidence) / 2.0, low = std::floor(hits), high = std::ceil(hits);
  return ConfidenceInterval{low > 0.0 ? boost::math::ibeta_inv(low, n - low + 1.0, tail) : 0.0,
                            high < n ? boost::math::ibetac_inv(high + 1.0, n - high, tail) : 1.0};
}

std::optional<HitRateDifference> bootstrap_hit_rates(const FlaggedIncidents& flagged,
                                                     const BootstrapOptions& options,
                                                     const Execution& execution) {
  require_confidence(options.confidence);
  if (options.replicates == 0) throw OptionError("a bootstrap needs replicates");
  require_usable(flagged);
  const auto all = kinds(flagged);
  if (all.empty()) return std::nullopt;
  std::vector<std::pair<double, double>> rates(options.replicates);
  execution.start("bootstrap", rates.size());
  parallel_for(rates.size(), execution, [&](std::size_t r) {
    rates[r] = redrawn(all, options, r);
    execution.advance();
  });
  return summary(rates, options.confidence);
}

}  // namespace waywarden
