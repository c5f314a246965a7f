#pragma once

/// What integer programs are worth at a placement, by the linear program that is left.

#include <cmath>
#include <optional>
#include <vector>

#include "waywarden/network_interdiction/detail/linear_program.h"
#include "waywarden/network_interdiction/integer_program.h"

namespace waywarden::programs {

/// The program's least value with its first columns fixed, integers being
/// let go; none where they break a row or bound.
inline std::optional<double> value_at(const IntegerProgram& program, const std::vector<bool>& watched) {
  std::vector<double> low = program.low;
  std::vector<double> high = program.high;
  for (std::size_t site = 0; site < watched.size(); ++site) {
    const double x = watched[site] ? 1.0 : 0.0;
    if (x < low[site] || x > high[site]) return std::nullopt;
    low[site] = high[site] = x;
  }
  detail::LinearProgram linear(program.cost, low, high);
  detail::ProgramRows rows;
  for (std::size_t row = 0; row < program.rows(); ++row) {
    const bool upper = std::isinf(program.row_low[row]);
    for (auto i = program.first[row]; i < program.first[row + 1]; ++i) {
      const auto at = static_cast<std::size_t>(i);
      rows.add(program.column[at], upper ? -program.value[at] : program.value[at]);
    }
    rows.close(upper ? -program.row_high[row] : program.row_low[row]);
  }
  linear.add_rows(rows);
  if (linear.solve() != detail::ProgramStatus::optimal) return std::nullopt;
  return program.offset + linear.value();
}

}  // namespace waywarden::programs
