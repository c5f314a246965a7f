#pragma once

/// Dense symmetric systems, such as the normal equations of a regression, by Cholesky's factorisation.

#include <cstddef>
#include <optional>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

class SymmetricMatrix {
 public:
  explicit SymmetricMatrix(std::size_t size) : size_(size), cells_(size * size, 0.0) {}

  std::size_t size() const { return size_; }
  /// Of the upper triangle: row <= column.
  double cell(std::size_t row, std::size_t column) const { return cells_[row * size_ + column]; }
  double& cell(std::size_t row, std::size_t column) { return cells_[row * size_ + column]; }

 private:
  std::size_t size_;
  std::vector<double> cells_;
};

struct Cholesky {
  /// U of the matrix U'U.
  SymmetricMatrix upper;
  /// The first column that is, to the tolerance, a combination of those before it; no system can be solved
  /// then.
  std::optional<std::size_t> dependent;

  std::vector<double> solve(std::vector<double> right) const;
};

/// `tolerance`: a pivot that is smaller than this, relative to the diagonal it began as, counts as 0. O(size
/// cubed).
Cholesky factorised(SymmetricMatrix matrix, double tolerance, const Execution& execution);

}  // namespace waywarden
