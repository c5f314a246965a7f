#include "waywarden/network_interdiction/integer_program.h"

#include <gtest/gtest.h>

#include <limits>

namespace waywarden {
namespace {

TEST(IntegerProgram, IsEmptyAtFirst) {
  const IntegerProgram program;
  EXPECT_EQ(program.columns(), 0U);
  EXPECT_EQ(program.rows(), 0U);
  EXPECT_EQ(program.first, (std::vector<std::int64_t>{0}));
}

TEST(IntegerProgram, GrowsByColumnsAndRows) {
  IntegerProgram program;
  const std::int32_t x = program.add_integer(0.0, 0.0, 1.0);
  const std::int32_t y = program.add_column(2.0, -1.0, std::numeric_limits<double>::infinity());
  program.add_entry(x, 3.0);
  program.add_entry(y, 1.0);
  program.close_row(2.0, 4.0);
  program.close_row(0.0, 0.0);
  EXPECT_EQ(program.columns(), 2U);
  EXPECT_EQ(program.rows(), 2U);
  EXPECT_EQ(program.integral, (std::vector<std::uint8_t>{1, 0}));
  EXPECT_EQ(program.cost, (std::vector{0.0, 2.0}));
  EXPECT_EQ(program.first, (std::vector<std::int64_t>{0, 2, 2}));
  EXPECT_EQ(program.column, (std::vector<std::int32_t>{x, y}));
  EXPECT_EQ(program.value, (std::vector{3.0, 1.0}));
  EXPECT_EQ(program.row_low, (std::vector{2.0, 0.0}));
  EXPECT_EQ(program.row_high, (std::vector{4.0, 0.0}));
}

}  // namespace
}  // namespace waywarden
