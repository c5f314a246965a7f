#pragma once

/// A mixed-integer linear program in sparse form that belongs to no solver: minimise offset + cost x over
/// bounded columns, some of them integral, and rows given as CSR with bounds. Infinite bounds are infinite
/// doubles.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/interdiction/sites.h"

namespace waywarden {

struct IntegerProgram {
  double offset = 0.0;

  /// Per column.
  std::vector<double> cost = {};
  std::vector<double> low = {};
  std::vector<double> high = {};
  /// Not 0 where only integers are allowed.
  std::vector<std::uint8_t> integral = {};

  /// Per row; `first` has one entry more than there are rows.
  std::vector<double> row_low = {};
  std::vector<double> row_high = {};
  std::vector<std::int64_t> first = {0};
  std::vector<std::int32_t> column = {};
  std::vector<double> value = {};

  std::size_t columns() const { return cost.size(); }
  std::size_t rows() const { return row_low.size(); }

  /// Returns its position.
  std::int32_t add_column(double at_cost, double from, double to);
  std::int32_t add_integer(double at_cost, double from, double to);
  /// Entries of a row are appended first; this closes it.
  void add_entry(std::int32_t of_column, double with_value);
  void close_row(double from, double to);
};

/// With a column per site, 1 where it is attacked, and the budget as first row.
IntegerProgram program_over_sites(std::span<const double> cost, std::span<const SiteState> state,
                                  double budget);

}  // namespace waywarden
