#include "waywarden/linear_network/uniform_positions.h"

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kPurpose = 0x4C504F53;

}  // namespace

UniformPositions::UniformPositions(const LinearNetwork& network) : network_(&network) {
  double sum = 0.0;
  for (const auto& edge : network.edges()) up_to_.push_back(sum += edge.length);
  if (!(sum > 0.0)) throw InputError("positions cannot be drawn from a network without length");
}

std::vector<LinePosition> UniformPositions::draw(std::size_t count, std::uint64_t seed,
                                                 std::uint64_t item) const {
  RandomStream stream(seed, item, kPurpose);
  std::vector<LinePosition> positions;
  positions.reserve(count);
  while (positions.size() < count) {
    const double at = stream.uniform() * up_to_.back();
    const auto edge = static_cast<std::uint32_t>(std::ranges::upper_bound(up_to_, at) - up_to_.begin());
    if (edge == up_to_.size()) continue;  // rounded up to the end
    const double length = network_->edge(edge).length;
    positions.push_back({edge, std::clamp(at - (up_to_[edge] - length), 0.0, length)});
  }
  return positions;
}

}  // namespace waywarden
