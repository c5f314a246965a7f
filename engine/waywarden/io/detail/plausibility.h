#pragma once

/// Whether coordinates can be what their CRS says they are.

#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"

namespace waywarden::detail {

/// Under a geographic CRS: rows with a latitude past 90 or a longitude past 360 degrees are skipped, those
/// with a longitude past 180 degrees are doubtful; all rows outside is an `InputError`, because then it is
/// the CRS that is wrong. Under a projected CRS: coordinates that all look like degrees are one doubtful
/// entry for the layer.
FeatureTable plausible(FeatureTable table, ImportReport& report);

}  // namespace waywarden::detail
