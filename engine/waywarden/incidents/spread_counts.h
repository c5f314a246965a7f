#pragma once

/// Records known only by their area, spread over the cells of the area: each cell takes the part that its
/// share of the area says (its population, its size, its length of road). What comes out are expectations,
/// not counts: they suit maps and sums; tests of counts must not take them for counts.
///
/// Sums of sizes are whole numbers and shares are added in ascending order, so the order of records and cells
/// changes no bit. O(records + cells log cells).

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace waywarden {

struct SpreadCells {
  /// Per cell: its area, 0 .. areas - 1; a cell of no area gets nothing.
  std::vector<std::optional<std::uint32_t>> area;
  /// Per cell: its share, not negative, in any unit.
  std::vector<double> share;
};

struct SpreadCounts {
  /// Per cell.
  std::vector<double> expected;
  /// Sizes of records without an area, or whose area has no cell with a share above 0.
  std::int64_t unplaced = 0;
};

/// `sizes` has one entry per record, none negative, or is empty: each counts as one. Throws `InputError` for
/// shares or sizes that are negative or not finite, or lengths that do not fit.
SpreadCounts spread_counts(std::span<const std::optional<std::uint32_t>> area_of_record,
                           const SpreadCells& cells, std::span<const std::int64_t> sizes = {});

}  // namespace waywarden
