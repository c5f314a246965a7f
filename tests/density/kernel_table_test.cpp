#include "waywarden/density/kernel_table.h"

#include <gtest/gtest.h>

#include "density/kernels.h"

namespace waywarden {
namespace {

TEST(KernelTable, HoldsTheKernelAroundACell) {
  const RasterGrid grid{{0, 0}, 0.5, 40, 9};
  for (const PlanarKernel kernel : testing::kKernels) {
    const SymmetricTable table = kernel_table(kernel, 2.1, grid);
    EXPECT_EQ(table.height, kernel == PlanarKernel::gaussian ? 9U : 5U);
    EXPECT_EQ(table.width, kernel == PlanarKernel::gaussian ? 36U : 5U);
    const double u2 = (1.0 * 1.0 + 1.5 * 1.5) / (2.1 * 2.1);
    EXPECT_NEAR(table.quarter[3 * table.width + 2], kernel_density(kernel, u2) / (2.1 * 2.1), 1e-15);
  }
}

}  // namespace
}  // namespace waywarden
