#pragma once

/// Quantities with their unit in the type, for function arguments and options. Columns of results are plain
/// doubles whose unit stands in the column's name or doc line.

#include <compare>

namespace waywarden {

/// A number with a unit; arithmetic only where it makes sense.
template <class Unit>
struct Quantity {
  double value = 0.0;

  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
  friend constexpr Quantity operator*(double k, Quantity a) { return {k * a.value}; }
};

using Metres = Quantity<struct MetreUnit>;
using Seconds = Quantity<struct SecondUnit>;

/// The probability 1 is accepted from users but kept below 1 so that its hazard stays finite (design:
/// clamped, counted).
inline constexpr double kLargestProbability = 1.0 - 1e-12;

}  // namespace waywarden
