#pragma once

/// Which cells of an equal-area grid each shape of a network runs through, and for which share of its length:
/// the part of perceived costs that depends on geometry alone.
///
/// Cells are squares in a Lambert azimuthal equal-area projection, with integer coordinates counted from its
/// centre. A cell is the same wherever the network ends, so that an edge added elsewhere changes nothing.
/// Shapes are taken as straight between vertices in longitude and latitude, as the network builder takes them
/// when it cuts one: the cells of the two parts are the cells of the whole.

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/network/network.h"

namespace waywarden {

struct Cell {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// The cell of a grid `times` as coarse that contains this one; grids share their origin.
Cell coarser(Cell cell, std::int32_t times);

struct CellShare {
  /// Position in BeliefGrid::cells.
  std::uint32_t cell = 0;
  /// Of the shape's length in the projection; all of them sum to 1.
  double share = 0.0;
};

struct BeliefGrid {
  Point centre;
  Metres cell_size;
  /// The cells that any shape runs through, ascending.
  std::vector<Cell> cells;
  /// Shares of shape s: shares[first[s] .. first[s + 1]), ascending by cell. A shape without length lies in
  /// one cell.
  std::vector<std::uint32_t> first;
  std::vector<CellShare> shares;

  std::span<const CellShare> of_shape(std::uint32_t shape) const {
    return std::span(shares).subspan(first[shape], first[shape + 1] - first[shape]);
  }
};

/// Centre of the network's bounding box, rounded to 10 degrees, so that networks that differ a little share
/// it.
Point grid_centre(const Network& network);

/// O(vertices + cells passed). Vertices opposite the centre of the world, which the projection does not have,
/// are passed over. Throws `OptionError` unless the size is finite and >= 1 m.
BeliefGrid belief_grid(const Network& network, Point centre, Metres cell_size, const Execution& execution);

}  // namespace waywarden
