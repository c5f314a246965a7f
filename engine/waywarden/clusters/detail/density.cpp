#include "waywarden/clusters/detail/density.h"

#include <cmath>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/clusters/detail/labelling.h"

namespace waywarden::detail {

void require_density(double radius, std::size_t least) {
  if (!(radius > 0.0) || !std::isfinite(radius)) throw OptionError("the radius must be positive and finite");
  if (least == 0) throw OptionError("at least one point must be needed to make a place dense");
}

void require_times(std::size_t points, std::span<const std::int64_t> times, std::int64_t duration) {
  if (times.size() != points) throw InputError("there must be one time per point");
  if (duration < 0) throw OptionError("the duration must not be negative");
  constexpr std::int64_t kLatest = std::int64_t{1} << 61;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i] >= -kLatest && times[i] <= kLatest) continue;
    throw InputError("the time of point " + std::to_string(i) + " is beyond 2^61");
  }
}

DbscanResult result_of(const Density& density, std::span<const std::uint32_t> order) {
  DbscanResult result;
  result.labels = labels(density.cluster, order);
  result.role.resize(order.size(), DensityRole::noise);
  for (std::size_t site = 0; site < order.size(); ++site) {
    if (density.cluster[site] == kNoCluster) continue;
    result.role[order[site]] = density.core[site] != 0 ? DensityRole::core : DensityRole::border;
  }
  return result;
}

}  // namespace waywarden::detail
