#include "waywarden/linear_network/uniform_positions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(UniformPositions, FallOnEdgesByTheirLength) {
  const LinearNetwork network(2, {{0, 1, 1.0}, {0, 1, 0.0}, {0, 1, 3.0}});
  const auto positions = UniformPositions(network).draw(40'000, 5, 0);
  require_on(network, positions);
  double on_first = 0.0, along = 0.0;
  for (const auto& [edge, at] : positions) {
    EXPECT_NE(edge, 1U);
    on_first += edge == 0 ? 1.0 : 0.0;
    along += edge == 2 ? at : 0.0;
  }
  EXPECT_NEAR(on_first / 40'000.0, 0.25, 4.0 * std::sqrt(0.25 * 0.75 / 40'000.0));
  EXPECT_NEAR(along / (40'000.0 - on_first), 1.5, 4.0 * 3.0 / std::sqrt(12.0 * 30'000.0));
}

TEST(UniformPositions, AreAFunctionOfSeedAndItem) {
  const LinearNetwork network(2, {{0, 1, 1.0}});
  const UniformPositions uniform(network);
  EXPECT_EQ(uniform.draw(5, 1, 2), uniform.draw(5, 1, 2));
  EXPECT_NE(uniform.draw(5, 1, 2), uniform.draw(5, 1, 3));
  EXPECT_NE(uniform.draw(5, 1, 2), uniform.draw(5, 2, 2));
  EXPECT_THROW(UniformPositions(LinearNetwork(1, {{0, 0, 0.0}})), InputError);
}

}  // namespace
}  // namespace waywarden
