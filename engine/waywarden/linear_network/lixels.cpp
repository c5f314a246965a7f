#include "waywarden/linear_network/lixels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kMost = std::numeric_limits<std::uint32_t>::max();

void cut(Lixels& rows, std::uint32_t edge, double length, double longest) {
  const double pieces = std::ceil(length / longest);
  if (static_cast<double>(rows.size()) + pieces > kMost) {
    throw OptionError("lixels that short would be too many to count");
  }
  double from = 0.0;
  for (double i = 1.0; i <= pieces; ++i) {
    const double to = i == pieces ? length : length * (i / pieces);
    rows.edge.push_back(edge);
    rows.from.push_back(from);
    rows.to.push_back(to);
    from = to;
  }
}

}  // namespace

Lixels lixels(const LinearNetwork& network, Metres longest) {
  if (!(longest.value > 0.0)) throw OptionError("the greatest length of a lixel must be positive");
  Lixels rows;
  for (std::uint32_t e = 0; e < network.edge_count(); ++e) {
    cut(rows, e, network.edge(e).length, longest.value);
    rows.first.push_back(rows.size());
  }
  return rows;
}

Lixels lixels_at(const LinearNetwork& network, std::span<const LinePosition> positions) {
  require_on(network, positions);
  if (!std::ranges::is_sorted(positions)) throw InputError("positions must be in ascending order");
  Lixels rows;
  rows.first.assign(network.edge_count() + 1, 0);
  for (const auto& [edge, along] : positions) {
    rows.edge.push_back(edge);
    rows.from.push_back(along);
    rows.to.push_back(along);
    ++rows.first[edge + 1];
  }
  for (std::size_t e = 0; e < network.edge_count(); ++e) rows.first[e + 1] += rows.first[e];
  return rows;
}

}  // namespace waywarden
