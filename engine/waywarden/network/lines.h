#pragma once

/// Feature rows of a link layer as polylines with the facts that travel with every edge cut from them.

#include <vector>

#include "waywarden/features/import_report.h"
#include "waywarden/network/layers.h"
#include "waywarden/network/noding.h"

namespace waywarden {

/// Vertices in canonical longitude and latitude; one polyline per part of a multi-line. Rows without a line
/// are skipped and reported. Throws `InputError` for a detection probability outside [0, 1] or a negative
/// speed.
std::vector<Link> read_lines(const LinkLayer& layer, ImportReport& report);

}  // namespace waywarden
