#include "waywarden/density/line_kernels.h"

#include <gtest/gtest.h>

#include <limits>

namespace waywarden {
namespace {

TEST(LineKernels, IntegralsAreThoseOfTheValues) {
  for (const LineKernel kernel : kLineKernels) {
    SCOPED_TRACE(name(kernel));
    std::visit(
        [](const auto& k) {
          const int steps = 20'000;
          const double b = k.bandwidth(), h = b / steps;
          double sum = 0.0;
          for (int i = 0; i < steps; ++i) {
            sum += h * k.at((i + 0.5) * h);
            if (i % 1000 != 999) continue;
            EXPECT_NEAR(k.up_to((i + 1) * h), sum, 1e-8);
          }
          EXPECT_NEAR(sum, 0.5, 1e-8);
          EXPECT_EQ(k.up_to(0.0), 0.0);
          EXPECT_NEAR(k.up_to(std::nextafter(b, 0.0)), 0.5, 1e-12);
          EXPECT_EQ(k.up_to(2.0 * b), 0.5);
          EXPECT_EQ(k.at(1.0001 * b), 0.0);
        },
        scaled(kernel, Metres{7.0}));
  }
}

TEST(LineKernels, QuarticAsPublished) {
  const auto kernel =
      std::get<ScaledKernel<line_kernels::Quartic>>(scaled(LineKernel::quartic, Metres{10.0}));
  EXPECT_NEAR(kernel.at(6.0), 0.0384, 1e-15);
  EXPECT_NEAR(kernel.at(0.0), 15.0 / 160.0, 1e-15);
}

TEST(LineKernels, ABandwidthIsPositiveAndFinite) {
  for (const double bad :
       {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(scaled(LineKernel::quartic, Metres{bad}), OptionError);
  }
}

}  // namespace
}  // namespace waywarden
