#include "waywarden/density/convolution.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>

namespace waywarden {
namespace {

using Complex = std::complex<double>;

/// Transforms of one length, forward; the inverse is the forward one of the conjugates.
class Transform {
 public:
  explicit Transform(std::size_t length) : length_(length) {
    for (std::size_t k = 0; k < length / 2; ++k) {
      roots_.push_back(
          std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(length)));
    }
  }

  void operator()(std::span<Complex> line) const {
    scramble(line);
    for (std::size_t half = 1; half < length_; half *= 2) {
      const std::size_t step = length_ / (2 * half);
      for (std::size_t first = 0; first < length_; first += 2 * half) {
        for (std::size_t k = 0; k < half; ++k) {
          Complex& low = line[first + k];
          Complex& high = line[first + k + half];
          const Complex turned = times(high, roots_[k * step]);
          high = low - turned;
          low += turned;
        }
      }
    }
  }

  /// Without the standard's care for infinities.
  static Complex times(Complex a, Complex b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
  }

 private:
  void scramble(std::span<Complex> line) const {
    std::size_t j = 0;
    for (std::size_t i = 1; i < length_; ++i) {
      std::size_t bit = length_ >> 1U;
      for (; (j & bit) != 0; bit >>= 1U) j ^= bit;
      j |= bit;
      if (i < j) std::swap(line[i], line[j]);
    }
  }

  std::size_t length_;
  std::vector<Complex> roots_;
};

/// Rows of complex numbers.
struct Plane {
  std::size_t width, height;
  std::vector<Complex> cells;

  Plane(std::size_t w, std::size_t h) : width(w), height(h), cells(w * h) {}
  Complex& at(std::size_t x, std::size_t y) { return cells[y * width + x]; }
};

void transform(Plane& plane, const Execution& execution) {
  const Transform along(plane.width), down(plane.height);
  const auto row = [&](std::size_t y) {
    along(std::span(plane.cells).subspan(y * plane.width, plane.width));
  };
  parallel_for(plane.height, execution, row, 8);
  const auto column = [&](std::size_t x) {
    std::vector<Complex> line(plane.height);
    for (std::size_t y = 0; y < plane.height; ++y) line[y] = plane.at(x, y);
    down(line);
    for (std::size_t y = 0; y < plane.height; ++y) plane.at(x, y) = line[y];
  };
  parallel_for(plane.width, execution, column, 8);
}

Plane spread_out(const SymmetricTable& table, std::size_t width, std::size_t height) {
  Plane plane(width, height);
  for (std::size_t dy = 0; dy < table.height; ++dy) {
    for (std::size_t dx = 0; dx < table.width; ++dx) {
      const double value = table.quarter[dy * table.width + dx];
      for (const std::size_t x : {dx, (width - dx) % width}) {
        for (const std::size_t y : {dy, (height - dy) % height}) plane.at(x, y) = value;
      }
    }
  }
  return plane;
}

}  // namespace

std::vector<double> convolved(std::span<const double> image, std::size_t columns, std::size_t rows,
                              const SymmetricTable& table, const Execution& execution) {
  if (image.empty() || table.quarter.empty()) return std::vector<double>(image.size());
  // Mirrored halves of the table must not meet either.
  const std::size_t width = std::bit_ceil(std::max(columns, table.width) + table.width),
                    height = std::bit_ceil(std::max(rows, table.height) + table.height);
  Plane plane(width, height);
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) plane.at(x, y) = image[y * columns + x];
  }
  transform(plane, execution);
  {
    Plane kernel = spread_out(table, width, height);
    transform(kernel, execution);
    for (std::size_t i = 0; i < plane.cells.size(); ++i) {
      plane.cells[i] = std::conj(Transform::times(plane.cells[i], kernel.cells[i]));
    }
  }
  transform(plane, execution);
  const double scale = 1.0 / (static_cast<double>(width) * static_cast<double>(height));
  std::vector<double> out;
  out.reserve(image.size());
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) out.push_back(plane.at(x, y).real() * scale);
  }
  return out;
}

}  // namespace waywarden
