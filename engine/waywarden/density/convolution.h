#pragma once

/// A raster convolved with a small symmetric table, by the fast Fourier transform (Cooley and Tukey 1965,
/// radix 2). O(N log N) for N cells of the raster, widened by the table and rounded up to powers of two; two
/// complex arrays of that size. Relative error of the largest value about 1e-15. Deterministic.

#include <cstddef>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

/// One quarter of the table: value at [dy * width + dx] for 0 <= dx < width, 0 <= dy < height; the rest is
/// its mirror image.
struct SymmetricTable {
  std::vector<double> quarter;
  std::size_t width = 0;
  std::size_t height = 0;
};

/// out(x, y) = sum over all cells of image(x - dx, y - dy) table(|dx|, |dy|), nothing beyond the image.
std::vector<double> convolved(std::span<const double> image, std::size_t columns, std::size_t rows,
                              const SymmetricTable& table, const Execution& execution = {});

}  // namespace waywarden
