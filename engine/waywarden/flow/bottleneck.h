#pragma once

/// Why a table cannot be fitted to its margins (Hall's condition, as Gale generalised it): rows that together
/// have more to give than the columns they reach take, or just as much as these take although others want to
/// give too.

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
/// the rows are the source side of a minimum cut. Some 150 bytes per cell while it runs.
Bottleneck bottleneck(const SparseTable& table, const std::vector<double>& row_targets,
                      const std::vector<double>& column_targets);

/// Of margins that can be met: rows that fill all columns they reach, to 1e-11 of their sum, though other
/// rows reach these too. The cells of those others would have to be 0, which scaling only tends to. Empty
/// when every cell can be above 0. By the strongly connected components of the residual graph of a maximum
/// flow: a cell is 0 in all of them if it joins two components and is 0 in one.
Bottleneck exactly_full(const SparseTable& table, const std::vector<double>& row_targets,
                        const std::vector<double>& column_targets);

}  // namespace waywarden
