#pragma once

/// A feature table in another CRS.

#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"

namespace waywarden {

/// All vertices transformed by PROJ. Rows with a vertex that is not finite or cannot be transformed are
/// skipped and reported. A table without geometry comes back as it is. Throws `CrsError`, naming file and
/// layer, when either CRS is unknown or nothing connects the two.
FeatureTable reprojected(const FeatureTable& table, const Crs& to, ImportReport& report);

}  // namespace waywarden
