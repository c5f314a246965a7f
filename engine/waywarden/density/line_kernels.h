#pragma once

/// Kernels on a line: how an incident's weight falls off with distance. Symmetric, zero beyond the bandwidth,
/// with integral 1 from minus to plus the bandwidth; `up_to(d)` is the integral from 0 to d, in closed form,
/// so that what a kernel leaves on a piece of line is exact. Distances and bandwidth in metres, values per
/// metre.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <variant>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"

namespace waywarden {

enum class LineKernel : std::uint8_t {
  uniform,
  triangle,
  epanechnikov,
  quartic,    ///< 15/16 (1 - u^2)^2, also called biweight
  triweight,  ///< 35/32 (1 - u^2)^3
  cosine,     ///< pi/4 cos(pi u / 2)
  gaussian,   ///< its deviation a third of the bandwidth; cut off there and scaled up to integral 1
};

inline constexpr std::array kLineKernels = {
    LineKernel::uniform,   LineKernel::triangle, LineKernel::epanechnikov, LineKernel::quartic,
    LineKernel::triweight, LineKernel::cosine,   LineKernel::gaussian};

inline std::string name(LineKernel kernel) {
  constexpr std::array kNames = {"uniform",   "triangle", "epanechnikov", "quartic",
                                 "triweight", "cosine",   "gaussian"};
  return kNames[static_cast<std::size_t>(kernel)];
}

/// The shapes, for u = distance / bandwidth in [0, 1]: value and integral from 0.
namespace line_kernels {

struct Uniform {
  static double at(double) { return 0.5; }
  static double up_to(double u) { return 0.5 * u; }
};
struct Triangle {
  static double at(double u) { return 1.0 - u; }
  static double up_to(double u) { return u * (1.0 - 0.5 * u); }
};
struct Epanechnikov {
  static double at(double u) { return 0.75 * (1.0 - u * u); }
  static double up_to(double u) { return 0.25 * u * (3.0 - u * u); }
};
struct Quartic {
  static double at(double u) {
    const double rest = 1.0 - u * u;
    return 0.9375 * rest * rest;
  }
  static double up_to(double u) {
    const double s = u * u;
    return 0.0625 * u * (15.0 + s * (3.0 * s - 10.0));
  }
};
struct Triweight {
  static double at(double u) {
    const double rest = 1.0 - u * u;
    return 1.09375 * rest * rest * rest;
  }
  static double up_to(double u) {
    const double s = u * u;
    return 0.03125 * u * (35.0 + s * (s * (21.0 - 5.0 * s) - 35.0));
  }
};
struct Cosine {
  static double at(double u) { return 0.25 * std::numbers::pi * std::cos(0.5 * std::numbers::pi * u); }
  static double up_to(double u) { return 0.5 * std::sin(0.5 * std::numbers::pi * u); }
};
struct Gaussian {
  static constexpr double kReach = 3.0;
  static double scale() { return 1.0 / std::erf(kReach / std::numbers::sqrt2); }
  static double at(double u) {
    const double z = kReach * u;
    return scale() * kReach * std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
  }
  static double up_to(double u) { return 0.5 * scale() * std::erf(kReach * u / std::numbers::sqrt2); }
};

}  // namespace line_kernels

/// A shape stretched over a bandwidth; ask only for distances >= 0.
template <class Shape>
class ScaledKernel {
 public:
  explicit ScaledKernel(double bandwidth) : bandwidth_(bandwidth), inverse_(1.0 / bandwidth) {}

  double bandwidth() const { return bandwidth_; }
  double at(double distance) const {
    return distance > bandwidth_ ? 0.0 : Shape::at(distance * inverse_) * inverse_;
  }
  double up_to(double distance) const {
    return distance >= bandwidth_ ? 0.5 : Shape::up_to(std::max(0.0, distance) * inverse_);
  }

 private:
  double bandwidth_;
  double inverse_;
};

using AnyKernel = std::variant<ScaledKernel<line_kernels::Uniform>, ScaledKernel<line_kernels::Triangle>,
                               ScaledKernel<line_kernels::Epanechnikov>, ScaledKernel<line_kernels::Quartic>,
                               ScaledKernel<line_kernels::Triweight>, ScaledKernel<line_kernels::Cosine>,
                               ScaledKernel<line_kernels::Gaussian>>;

/// Throws `OptionError` for a bandwidth that is not positive and finite.
inline AnyKernel scaled(LineKernel kernel, Metres bandwidth) {
  const double b = bandwidth.value;
  if (!(b > 0.0) || !std::isfinite(b)) throw OptionError("the bandwidth must be positive and finite");
  using namespace line_kernels;
  switch (kernel) {
    case LineKernel::uniform:
      return ScaledKernel<Uniform>(b);
    case LineKernel::triangle:
      return ScaledKernel<Triangle>(b);
    case LineKernel::epanechnikov:
      return ScaledKernel<Epanechnikov>(b);
    case LineKernel::triweight:
      return ScaledKernel<Triweight>(b);
    case LineKernel::cosine:
      return ScaledKernel<Cosine>(b);
    case LineKernel::gaussian:
      return ScaledKernel<Gaussian>(b);
    case LineKernel::quartic:
      break;
  }
  return ScaledKernel<Quartic>(b);
}

}  // namespace waywarden
