#pragma once

/// Where journeys change mode (stations, ports, airports, truck stops), one row each. A hub is a node of its
/// own, joined by transfer edges to every mode within its reach: whoever changes mode passes it, whoever only
/// passes by does not.

#include <string>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/geometry/point.h"
#include "waywarden/network/mode.h"

namespace waywarden {

struct Hubs {
  std::vector<std::string> id;
  std::vector<std::string> name;
  /// Layer name as the user gave it: "stations", "ports", ...
  std::vector<std::string> kind;
  std::vector<std::string> country;
  std::vector<Point> point;
  std::vector<NodeId> node;
  /// The modes joined, as a bit per `Mode`.
  std::vector<std::uint32_t> modes;

  std::size_t size() const { return id.size(); }
};

}  // namespace waywarden
