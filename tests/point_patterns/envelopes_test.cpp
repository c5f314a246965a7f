#include "waywarden/point_patterns/envelopes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr std::array kKinds = {EnvelopeKind::deviation, EnvelopeKind::extreme_rank};
constexpr std::array kSides = {Alternative::two_sided, Alternative::greater, Alternative::less};

/// Nineteen curves with the values 1 to 19 at both points.
std::vector<double> nineteen() {
  std::vector<double> curves;
  for (int c = 1; c <= 19; ++c) curves.insert(curves.end(), {double(c), double(c)});
  return curves;
}

TEST(Envelopes, FindTheHighest) {
  const auto simulated = nineteen();
  const std::vector<double> observed = {19.5, 30.0};
  for (const EnvelopeKind kind : kKinds) {
    const auto greater = global_envelope(observed, simulated, {kind, Alternative::greater});
    EXPECT_EQ(greater.p, 1.0 / 20);
    EXPECT_TRUE(greater.low.empty());
    EXPECT_GT(observed[1], greater.high[1]);
    const auto less = global_envelope(observed, simulated, {kind, Alternative::less});
    EXPECT_GT(less.p, 0.4);
    EXPECT_TRUE(less.high.empty());
  }
}

/// Ranks at both points, two-sided: curves 1 and 19 are as extreme as the observed one at its second point.
TEST(Envelopes, TiesCount) {
  const auto simulated = nineteen();
  const auto same = global_envelope(std::vector<double>{19, 19}, simulated, {});
  // Curves at the ends: 1 with ranks (1, 1); 19 and the observed share rank 2, and 2 has it too.
  EXPECT_EQ(same.p, 4.0 / 20);
  const std::vector<double> flat(2 * 19, 5.0);
  for (const EnvelopeKind kind : kKinds) {
    for (const Alternative side : kSides) {
      EXPECT_EQ(global_envelope(std::vector<double>{5, 5}, flat, {kind, side}).p, 1.0);
    }
  }
}

TEST(Envelopes, RefuseBadInput) {
  const std::vector<double> one = {1.0}, three = {1, 2, 3}, bad = {std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THROW(global_envelope({}, {}, {}), InputError);
  EXPECT_THROW(global_envelope(std::vector<double>{1, 2}, three, {}), InputError);
  EXPECT_THROW(global_envelope(one, bad, {.alpha = 0.5}), InputError);
  EXPECT_THROW(global_envelope(one, three, {}), OptionError);
  EXPECT_THROW(global_envelope(one, three, {.alpha = 1.0}), OptionError);
  EXPECT_NO_THROW(global_envelope(one, three, {.alpha = 0.25}));
}

class EnvelopeWorlds : public ::testing::TestWithParam<int> {
 protected:
  static constexpr std::size_t kWidth = 6, kCurves = 99;

  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
  /// Random walks; the first is the observed one.
  std::vector<std::vector<double>> walks() const {
    RandomStream stream(seed(), 1);
    std::vector<std::vector<double>> curves(kCurves + 1);
    for (auto& curve : curves) {
      double at = 0.0;
      for (std::size_t r = 0; r < kWidth; ++r) {
        at += seed() % 2 == 0 ? stream.normal() : static_cast<double>(stream.below(3));
        curve.push_back(at);
      }
    }
    return curves;
  }
};

/// How extreme a curve is, by definition: smaller is more.
std::vector<double> measure(const std::vector<std::vector<double>>& curves, std::size_t c,
                            const EnvelopeOptions& options) {
  std::vector<double> values;
  for (std::size_t r = 0; r < curves[c].size(); ++r) {
    double mean = 0.0, below = 0.0, above = 0.0;
    for (const auto& other : curves) {
      mean += other[r] / static_cast<double>(curves.size());
      below += other[r] <= curves[c][r] ? 1 : 0;
      above += other[r] >= curves[c][r] ? 1 : 0;
    }
    const double up = curves[c][r] - mean;
    const bool greater = options.alternative == Alternative::greater,
               less = options.alternative == Alternative::less;
    if (options.kind == EnvelopeKind::deviation) {
      values.push_back(-(greater ? up : less ? -up : std::abs(up)));
    } else {
      values.push_back(greater ? above : less ? below : std::min(above, below));
    }
  }
  std::sort(values.begin(), values.end());
  if (options.kind == EnvelopeKind::deviation) values.resize(1);
  return values;
}

TEST_P(EnvelopeWorlds, PIsThatOfItsDefinitionAndTheBandAgrees) {
  const auto curves = walks();
  std::vector<double> simulated;
  for (std::size_t c = 1; c < curves.size(); ++c) {
    simulated.insert(simulated.end(), curves[c].begin(), curves[c].end());
  }
  for (const EnvelopeKind kind : kKinds) {
    for (const Alternative side : kSides) {
      const EnvelopeOptions options{kind, side, 0.1};
      const auto envelope = global_envelope(curves[0], simulated, options);
      const auto own = measure(curves, 0, options);
      double reached = 0.0;
      for (std::size_t c = 0; c < curves.size(); ++c) {
        auto other = measure(curves, c, options);
        if (kind == EnvelopeKind::deviation) other[0] -= 1e-12;
        reached += other <= own ? 1 : 0;
      }
      EXPECT_NEAR(envelope.p, reached / 100, 1e-12) << name(kind) << ' ' << name(side);
      bool outside = false;
      for (std::size_t r = 0; r < kWidth; ++r) {
        outside = outside || (!envelope.low.empty() && curves[0][r] < envelope.low[r]) ||
                  (!envelope.high.empty() && curves[0][r] > envelope.high[r]);
      }
      // On whole numbers, ties may keep an extreme curve inside.
      if (outside || seed() % 2 == 0) {
        EXPECT_EQ(outside, envelope.p <= 0.1) << name(kind) << ' ' << name(side);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EnvelopeWorlds, ::testing::Range(0, 60));

}  // namespace
}  // namespace waywarden
