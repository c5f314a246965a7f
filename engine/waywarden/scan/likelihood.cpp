#include "waywarden/scan/likelihood.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waywarden {
namespace {

/// o ln(o / e) - (o - e) for o = e + difference: never negative, and exact where the two are close, since the
/// differences of all parts cancel.
double deviance(double expected, double difference) {
  if (expected <= 0.0) return difference > 0.0 ? std::numeric_limits<double>::infinity() : 0.0;
  const double x = difference / expected;
  return x <= -1.0 ? expected : expected * ((1.0 + x) * std::log1p(x) - x);
}

}  // namespace

std::string name(ScanRates rates) {
  switch (rates) {
    case ScanRates::high:
      return "high";
    case ScanRates::low:
      return "low";
    case ScanRates::both:
      return "both";
  }
  return {};
}

Likelihood::Likelihood(const ScanTable& table)
    : bernoulli_(table.model == ScanModel::bernoulli),
      total_cases_(table.total_cases),
      total_measure_(table.total_measure) {}

double Likelihood::ratio(double cases, double measure) const {
  const double inside = total_cases_ * measure / total_measure_;
  const double outside = total_cases_ * (total_measure_ - measure) / total_measure_;
  const double more = cases - inside;
  double sum = deviance(inside, more) + deviance(outside, -more);
  if (bernoulli_) {
    sum += deviance(measure - inside, -more);
    sum += deviance(total_measure_ - measure - outside, more);
  }
  return std::max(0.0, sum);
}

}  // namespace waywarden
