#pragma once

/// How journeys fall with cost. Costs are relative, so that one value serves networks and currencies of every
/// size: x = cost / median cost, the median over pairs of places weighted with the product of their weights.
///
///     exponential: f(x) = exp(-decay * x)
///     power:       f(x) = x^-decay
///     Tanner:      f(x) = x^exponent * exp(-decay * x)        (Tanner, "Factors affecting the amount of
///                                                              travel", 1961)
///
/// Powers take costs below 1 % of the median as 1 % of it: places attached to one node would attract without
/// end.

#include <cstdint>

namespace waywarden {

enum class Decay : std::uint8_t { exponential, power, tanner };

struct Deterrence {
  Decay function = Decay::exponential;
  /// >= 0.
  double decay = 1.0;
  /// Of Tanner's function only, of either sign; below 0 journeys fall from the start.
  double exponent = 0.0;
};

/// Throws `OptionError` for parameters outside their domain.
void check(const Deterrence& deterrence);

/// What powers are taken of.
double at_least_one_percent(double relative_cost);

/// ln f(x) for x >= 0: always finite.
double log_deterrence(double relative_cost, const Deterrence& deterrence);

}  // namespace waywarden
