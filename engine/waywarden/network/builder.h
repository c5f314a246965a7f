#pragma once

/// Builds a network from layers: reads lines in any CRS, nodes and snaps them per mode, finds and cuts at
/// every border crossing, matches listed posts, joins modes at hubs, attaches places. The result does not
/// depend on the order of rows or layers of a kind; every feature not used as it came is in the report.

#include "waywarden/base/execution.h"
#include "waywarden/features/import_report.h"
#include "waywarden/network/layers.h"
#include "waywarden/network/network.h"
#include "waywarden/network/places.h"

namespace waywarden {

struct BuiltNetwork {
  Network network;
  Places places;
  ImportReport report;
};

/// Throws `InputError` when no link layer has a usable line, a named column is missing or holds an impossible
/// value (a probability outside [0, 1], a negative weight); `CrsError` when a layer's CRS is unknown.
BuiltNetwork build_network(const NetworkLayers& layers, const NetworkOptions& options,
                           const Execution& execution);

}  // namespace waywarden
