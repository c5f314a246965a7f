#include "waywarden/point_patterns/envelopes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// The observed curve first.
struct Curves {
  std::size_t width = 0;
  std::size_t count = 0;
  std::vector<double> values;

  double at(std::size_t curve, std::size_t r) const { return values[curve * width + r]; }
};

Curves checked(std::span<const double> observed, std::span<const double> simulated,
               const EnvelopeOptions& options) {
  if (observed.empty()) throw InputError("there is no curve");
  if (simulated.size() % observed.size() != 0) throw InputError("curves must have the same length");
  Curves curves{observed.size(), 1 + simulated.size() / observed.size(), {observed.begin(), observed.end()}};
  curves.values.insert(curves.values.end(), simulated.begin(), simulated.end());
  const auto finite = [](double v) { return std::isfinite(v); };
  if (!std::all_of(curves.values.begin(), curves.values.end(), finite)) {
    throw InputError("a value of a curve is not finite");
  }
  if (!(options.alpha > 0.0 && options.alpha < 1.0)) throw OptionError("alpha must lie between 0 and 1");
  if (std::floor(options.alpha * static_cast<double>(curves.count)) < 1.0) {
    throw OptionError("alpha is out of reach of so few simulations");
  }
  return curves;
}

std::vector<double> means(const Curves& curves) {
  std::vector<double> mean(curves.width, 0.0);
  for (std::size_t c = 0; c < curves.count; ++c) {
    for (std::size_t r = 0; r < curves.width; ++r) mean[r] += curves.at(c, r);
  }
  for (double& m : mean) m /= static_cast<double>(curves.count);
  return mean;
}

double share(std::size_t curves, const Curves& all) {
  return static_cast<double>(curves) / static_cast<double>(all.count);
}

double deviation(const Curves& curves, std::size_t curve, std::span<const double> centre,
                 Alternative alternative) {
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t r = 0; r < curves.width; ++r) {
    const double above = curves.at(curve, r) - centre[r];
    if (alternative == Alternative::two_sided) largest = std::max(largest, std::abs(above));
    if (alternative == Alternative::greater) largest = std::max(largest, above);
    if (alternative == Alternative::less) largest = std::max(largest, -above);
  }
  return largest;
}

GlobalEnvelope by_deviation(const Curves& curves, const EnvelopeOptions& options) {
  GlobalEnvelope result{.centre = means(curves)};
  std::vector<double> deviations;
  for (std::size_t c = 0; c < curves.count; ++c) {
    deviations.push_back(deviation(curves, c, result.centre, options.alternative));
  }
  // Deviations that only rounding tells apart are ties.
  const auto [least, most] = std::minmax_element(curves.values.begin(), curves.values.end());
  const double observed = deviations.front() - 1e-12 * std::max(std::abs(*least), std::abs(*most));
  std::sort(deviations.begin(), deviations.end(), std::greater<>());
  const auto at_least = std::upper_bound(deviations.begin(), deviations.end(), observed, std::greater<>());
  result.p = share(static_cast<std::size_t>(at_least - deviations.begin()), curves);
  // As many may lie outside as alpha allows.
  const auto outside = static_cast<std::size_t>(options.alpha * static_cast<double>(curves.count));
  const double width = deviations[std::min(outside, curves.count - 1)];
  for (const double centre : result.centre) {
    if (options.alternative != Alternative::greater) result.low.push_back(centre - width);
    if (options.alternative != Alternative::less) result.high.push_back(centre + width);
  }
  return result;
}

/// Per curve, its ranks at every r from the most extreme (1) on, sorted. Equal values share the least extreme
/// rank among them.
std::vector<std::vector<std::uint32_t>> extreme_ranks(const Curves& curves, Alternative alternative) {
  std::vector<std::vector<std::uint32_t>> ranks(curves.count);
  std::vector<double> column(curves.count);
  for (std::size_t r = 0; r < curves.width; ++r) {
    for (std::size_t c = 0; c < curves.count; ++c) column[c] = curves.at(c, r);
    std::sort(column.begin(), column.end());
    for (std::size_t c = 0; c < curves.count; ++c) {
      const auto [first, last] = std::equal_range(column.begin(), column.end(), curves.at(c, r));
      const auto from_below = static_cast<std::uint32_t>(last - column.begin()),
                 from_above = static_cast<std::uint32_t>(column.end() - first);
      ranks[c].push_back(alternative == Alternative::two_sided ? std::min(from_below, from_above)
                         : alternative == Alternative::greater ? from_above
                                                               : from_below);
    }
  }
  for (auto& row : ranks) std::sort(row.begin(), row.end());
  return ranks;
}

/// Per curve, how many are at least as extreme, itself included.
std::vector<std::size_t> extremeness(const std::vector<std::vector<std::uint32_t>>& ranks) {
  std::vector<std::size_t> order(ranks.size()), count(ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  for (std::size_t k = order.size(); k-- > 0;) {
    const bool tied = k + 1 < order.size() && ranks[order[k]] == ranks[order[k + 1]];
    count[order[k]] = tied ? count[order[k + 1]] : k + 1;
  }
  return count;
}

GlobalEnvelope by_extreme_rank(const Curves& curves, const EnvelopeOptions& options) {
  const auto count = extremeness(extreme_ranks(curves, options.alternative));
  GlobalEnvelope result{.p = share(count.front(), curves), .centre = means(curves)};
  std::vector<double> low(curves.width, std::numeric_limits<double>::infinity()), high(curves.width);
  for (double& value : high) value = -std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < curves.count; ++c) {
    if (share(count[c], curves) <= options.alpha) continue;
    for (std::size_t r = 0; r < curves.width; ++r) {
      low[r] = std::min(low[r], curves.at(c, r));
      high[r] = std::max(high[r], curves.at(c, r));
    }
  }
  if (options.alternative != Alternative::greater) result.low = std::move(low);
  if (options.alternative != Alternative::less) result.high = std::move(high);
  return result;
}

}  // namespace

std::string name(EnvelopeKind kind) { return kind == EnvelopeKind::deviation ? "deviation" : "extreme_rank"; }

GlobalEnvelope global_envelope(std::span<const double> observed, std::span<const double> simulated,
                               const EnvelopeOptions& options) {
  const Curves curves = checked(observed, simulated, options);
  return options.kind == EnvelopeKind::deviation ? by_deviation(curves, options)
                                                 : by_extreme_rank(curves, options);
}

}  // namespace waywarden
