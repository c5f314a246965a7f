#include "waywarden/geometry/raster_grid.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(RasterGrid, CellsFromSouthWestToNorthEast) {
  const RasterGrid grid{{10, 20}, 2.0, 3, 4};
  EXPECT_EQ(grid.size(), 12U);
  EXPECT_EQ(grid.cell_area(), 4.0);
  EXPECT_EQ(grid.centre(0), (Point{11, 21}));
  EXPECT_EQ(grid.centre(2), (Point{15, 21}));
  EXPECT_EQ(grid.centre(3), (Point{11, 23}));
  EXPECT_EQ(grid.centre(11), (Point{15, 27}));
}

}  // namespace
}  // namespace waywarden
