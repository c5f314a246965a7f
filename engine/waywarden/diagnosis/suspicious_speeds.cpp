#include "waywarden/diagnosis/suspicious_speeds.h"

#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/diagnosis/detail/drawn_once.h"

namespace waywarden {

std::vector<EdgeId> suspicious_speeds(const Network& network, const PlausibleSpeeds& plausible) {
  for (const SpeedRange& range : plausible.of_mode) {
    if (!(range.lowest >= 0.0 && range.lowest <= range.highest && std::isfinite(range.highest)))
      throw OptionError("a range of speeds goes from 0 or more to no less, in kilometres per hour");
  }
  std::vector<EdgeId> edges;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const double speed = network.columns().speed_kmh[e];
    const SpeedRange& range = plausible.of_mode[static_cast<std::size_t>(network.mode(EdgeId(e)))];
    if (speed == kSpeedNotStated || !detail::stands_for_its_line(network, EdgeId(e))) continue;
    if (speed < range.lowest || speed > range.highest) edges.push_back(EdgeId(e));
  }
  return edges;
}

}  // namespace waywarden
