#pragma once

/// Why a table cannot be fitted to its margins: rows that together have more to give than the columns they
/// reach take.

#include <cstddef>
#include <vector>

#include "waywarden/flow/margins.h"

namespace waywarden {

struct Bottleneck {
  std::vector<std::size_t> rows;
  /// All columns that these rows reach.
  std::vector<std::size_t> columns;
};

/// Empty when the margins can be met, to 1e-12 of their sum. By maximum flow (Boost.Graph's push-relabel);
/// the rows are the source side of a minimum cut.
Bottleneck bottleneck(const SparseTable& table, const std::vector<double>& row_targets,
                      const std::vector<double>& column_targets);

}  // namespace waywarden
