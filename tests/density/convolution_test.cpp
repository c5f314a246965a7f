#include "waywarden/density/convolution.h"

#include <gtest/gtest.h>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

std::vector<double> numbers(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 1);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(stream.uniform() - 0.3);
  return values;
}

TEST(Convolution, OfNothing) {
  EXPECT_TRUE(convolved({}, 0, 0, {{1.0}, 1, 1}).empty());
  EXPECT_EQ(convolved(std::vector<double>{2, 3}, 2, 1, {}), (std::vector<double>{0, 0}));
}

class Convolutions : public ::testing::TestWithParam<int> {};

TEST_P(Convolutions, EqualTheirDefinition) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  RandomStream stream(seed, 0);
  const std::size_t columns = 1 + stream.below(20), rows = 1 + stream.below(20);
  SymmetricTable table{{}, 1 + stream.below(8), 1 + stream.below(8)};
  table.quarter = numbers(seed + 1, table.width * table.height);
  const auto image = numbers(seed, columns * rows);
  const auto actual = convolved(image, columns, rows, table);
  const auto apart = [](std::size_t a, std::size_t b) { return a < b ? b - a : a - b; };
  for (std::size_t i = 0; i < image.size(); ++i) {
    double expected = 0.0;
    for (std::size_t j = 0; j < image.size(); ++j) {
      const std::size_t dx = apart(i % columns, j % columns), dy = apart(i / columns, j / columns);
      if (dx < table.width && dy < table.height) expected += image[j] * table.quarter[dy * table.width + dx];
    }
    EXPECT_NEAR(actual[i], expected, 1e-13);
  }
  EXPECT_EQ(actual, convolved(image, columns, rows, table, {.threads = 3}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Convolutions, ::testing::Range(0, 60));

}  // namespace
}  // namespace waywarden
