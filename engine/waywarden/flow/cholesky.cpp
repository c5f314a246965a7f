#include "waywarden/flow/cholesky.h"

#include <cmath>

namespace waywarden {
namespace {

/// Takes the pivot row's part off all rows below.
void eliminate(SymmetricMatrix& m, std::size_t pivot) {
  for (std::size_t row = pivot + 1; row < m.size(); ++row) {
    const double factor = m.cell(pivot, row);
    if (factor == 0.0) continue;
    for (std::size_t column = row; column < m.size(); ++column) {
      m.cell(row, column) -= factor * m.cell(pivot, column);
    }
  }
}

}  // namespace

Cholesky factorised(SymmetricMatrix matrix, double tolerance, const Execution& execution) {
  std::vector<double> diagonal;
  for (std::size_t k = 0; k < matrix.size(); ++k) diagonal.push_back(matrix.cell(k, k));
  for (std::size_t k = 0; k < matrix.size(); ++k) {
    execution.check();
    const double pivot = matrix.cell(k, k);
    if (!(pivot > tolerance * diagonal[k])) return {std::move(matrix), k};
    const double scale = 1.0 / std::sqrt(pivot);
    for (std::size_t column = k; column < matrix.size(); ++column) matrix.cell(k, column) *= scale;
    eliminate(matrix, k);
  }
  return {std::move(matrix), std::nullopt};
}

std::vector<double> Cholesky::solve(std::vector<double> right) const {
  for (std::size_t row = 0; row < upper.size(); ++row) {
    right[row] /= upper.cell(row, row);
    for (std::size_t column = row + 1; column < upper.size(); ++column)
      right[column] -= upper.cell(row, column) * right[row];
  }
  for (std::size_t row = upper.size(); row-- > 0;) {
    for (std::size_t column = row + 1; column < upper.size(); ++column)
      right[row] -= upper.cell(row, column) * right[column];
    right[row] /= upper.cell(row, row);
  }
  return right;
}

}  // namespace waywarden
