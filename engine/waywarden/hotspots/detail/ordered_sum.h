#pragma once

/// A sum that does not depend on the order of its terms.

#include <algorithm>
#include <vector>

namespace waywarden::detail {

/// Added in ascending order.
inline double ordered_sum(std::vector<double> terms) {
  std::sort(terms.begin(), terms.end());
  double sum = 0.0;
  for (const double term : terms) sum += term;
  return sum;
}

}  // namespace waywarden::detail
