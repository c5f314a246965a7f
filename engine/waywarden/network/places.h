#pragma once

/// Places where journeys begin, pass or end, one row each, attached to the network. A place may be source,
/// transit and destination at once: the two weights say how much of each it is.

#include <string>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

struct Places {
  std::vector<std::string> id;
  std::vector<std::string> name;
  std::vector<std::string> country;
  std::vector<Point> point;
  /// Where it is attached; `none` when the network is out of reach (reported).
  std::vector<NodeId> node;
  /// Geodesic distance to that node, metres.
  std::vector<double> access_m;
  /// Persons.
  std::vector<double> population;
  /// How much movement begins here, relative; >= 0.
  std::vector<double> source_weight;
  /// How much movement ends here, relative; >= 0.
  std::vector<double> destination_weight;

  std::size_t size() const { return id.size(); }
};

}  // namespace waywarden
