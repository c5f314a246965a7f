#pragma once

/// The values of a column, each once, and which rows hold it. What is computed from these does not depend on
/// the order of rows, and tables are made once per value instead of once per row. O(n) for whole numbers
/// close together (counts), O(n log n) otherwise.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace waywarden {

struct DistinctValues {
  /// Ascending; 0 stands for -0 too.
  std::vector<double> value;
  /// How many rows hold it.
  std::vector<std::size_t> copies;
  /// Per row, the position of its value.
  std::vector<std::uint32_t> group;

  std::size_t size() const { return value.size(); }
  std::size_t rows() const { return group.size(); }
};

/// Throws `InputError`, naming the row, for a value that is not finite, or beyond 1e100, whose square would
/// not be.
DistinctValues distinct_values(std::span<const double> values);

/// Whether all are whole numbers within 2^40 of 0: sums of millions of them are exact in any order.
bool all_whole(const DistinctValues& values);

}  // namespace waywarden
