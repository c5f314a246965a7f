#include "waywarden/flow/flow_net.h"

namespace waywarden {

std::vector<double> journeys_on_arcs(const Core& core, std::span<const FlowNet> nets) {
  std::vector<double> journeys(core.arc_count(), 0.0);
  for (const FlowNet& net : nets) {
    for (std::size_t i = 0; i < net.size(); ++i) {
      for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
        journeys[net.arc[b].index()] += net.visits[i] * net.share[b];
      }
    }
  }
  return journeys;
}

}  // namespace waywarden
