#include "waywarden/scan/period.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {

std::string name(ScanTime time) { return time == ScanTime::retrospective ? "retrospective" : "prospective"; }

ScanPeriod scan_period(std::size_t intervals, double share, ScanTime time) {
  if (!(share > 0.0 && share <= 1.0)) {
    throw OptionError("the largest share of the study period must be above 0 and at most 1");
  }
  const double longest = std::floor(static_cast<double>(intervals) * share * (1.0 + 1e-12));
  return {intervals, std::clamp(static_cast<std::size_t>(longest), std::size_t{1}, intervals), time};
}

}  // namespace waywarden
