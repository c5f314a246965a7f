#include "waywarden/flow/deterrence.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kLeastRelativeCost = 0.01;
/// Differences of two logarithms as large as this are numbers still.
constexpr double kLargestLogarithm = 1e300;

double unbounded(double relative_cost, const Deterrence& deterrence) {
  const double falling = -deterrence.decay * relative_cost;
  if (deterrence.function == Decay::exponential) return falling;
  const double log_cost = std::log(at_least_one_percent(relative_cost));
  if (deterrence.function == Decay::power) return -deterrence.decay * log_cost;
  return deterrence.exponent * log_cost + falling;
}

}  // namespace

void check(const Deterrence& deterrence) {
  if (!std::isfinite(deterrence.decay) || deterrence.decay < 0.0)
    throw OptionError("decay must be finite and >= 0");
  if (!std::isfinite(deterrence.exponent)) throw OptionError("the exponent of decay must be finite");
  if (deterrence.function != Decay::tanner && deterrence.exponent != 0.0)
    throw OptionError("only Tanner's decay has an exponent beside its decay");
}

double at_least_one_percent(double relative_cost) { return std::max(relative_cost, kLeastRelativeCost); }

double log_deterrence(double relative_cost, const Deterrence& deterrence) {
  return std::clamp(unbounded(relative_cost, deterrence), -kLargestLogarithm, kLargestLogarithm);
}

}  // namespace waywarden
