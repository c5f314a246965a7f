#include "waywarden/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace waywarden {
namespace {

/// Known answers of the Random123 distribution (kat_vectors, philox4x32 with 10 rounds).
TEST(Philox, KnownAnswers) {
  using Block = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

template <class Draw>
Moments moments(int n, Draw draw) {
  double sum = 0.0, squares = 0.0;
  for (int i = 0; i < n; ++i) {
    const double x = draw(i);
    sum += x;
    squares += x * x;
  }
  return {sum / n, squares / n - sum * sum / n / n};
}

constexpr int kDraws = 200'000;

TEST(RandomStream, UniformStaysInsideTheOpenInterval) {
  RandomStream stream(1, 2);
  const auto m = moments(kDraws, [&](int) {
    const double u = stream.uniform();
    EXPECT_TRUE(u > 0.0 && u < 1.0);
    return u;
  });
  EXPECT_NEAR(m.mean, 0.5, 4 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(m.variance, 1.0 / 12, 0.001);
}

TEST(RandomStream, NormalHasMeanZeroAndVarianceOneAcrossStreams) {
  const auto m =
      moments(kDraws, [](int i) { return RandomStream(7, static_cast<std::uint64_t>(i)).normal(); });
  EXPECT_NEAR(m.mean, 0.0, 4 / std::sqrt(kDraws));
  EXPECT_NEAR(m.variance, 1.0, 0.02);
}

TEST(RandomStream, GammaHasMeanAndVarianceOfItsShape) {
  for (const double shape : {0.05, 0.5, 1.0, 3.7, 400.0}) {
    SCOPED_TRACE(shape);
    RandomStream stream(3, static_cast<std::uint64_t>(shape * 100));
    const auto m = moments(kDraws, [&](int) { return stream.gamma(shape); });
    EXPECT_NEAR(m.mean, shape, 5 * std::sqrt(shape / kDraws));
    EXPECT_NEAR(m.variance / shape, 1.0, 0.08);
  }
}

TEST(RandomStream, BelowIsUniform) {
  RandomStream stream(5, 0);
  std::vector<int> seen(7, 0);
  for (int i = 0; i < 70'000; ++i) ++seen[stream.below(7)];
  double chi2 = 0.0;
  for (const int count : seen) chi2 += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
  EXPECT_LT(chi2, 22.5);  // 99.9 % point with 6 degrees of freedom
}

TEST(RandomStream, IsAFunctionOfItsKey) {
  RandomStream a(1, 2, 3), b(1, 2, 3), seed(2, 2, 3), item(1, 3, 3), purpose(1, 2, 4);
  for (int i = 0; i < 10; ++i) {
    const auto bits = a.bits();
    EXPECT_EQ(bits, b.bits());
    EXPECT_NE(bits, seed.bits());
    EXPECT_NE(bits, item.bits());
    EXPECT_NE(bits, purpose.bits());
  }
}

}  // namespace
}  // namespace waywarden
