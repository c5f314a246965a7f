#include "waywarden/base/multiversion.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace waywarden {
namespace {

WAYWARDEN_INLINE std::uint32_t mixed(std::uint32_t x) { return (x ^ (x >> 7)) * 0x9E3779B9U; }

WAYWARDEN_MULTIVERSION
std::uint32_t sum_of_mixed(const std::uint32_t* values, std::size_t count) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += mixed(values[i]);
  return sum;
}

TEST(Multiversion, TheVersionThatRunsGivesThePlainAnswer) {
  std::vector<std::uint32_t> values(1003);
  std::iota(values.begin(), values.end(), 17U);
  std::uint32_t expected = 0;
  for (const std::uint32_t v : values) expected += (v ^ (v >> 7)) * 0x9E3779B9U;
  EXPECT_EQ(sum_of_mixed(values.data(), values.size()), expected);
  EXPECT_EQ(sum_of_mixed(values.data(), 0), 0U);
}

}  // namespace
}  // namespace waywarden
