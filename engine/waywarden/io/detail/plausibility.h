#pragma once

/// Whether coordinates can be what their CRS says they are.

#include <optional>

#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"

namespace waywarden::detail {

/// Under a geographic CRS: rows with a latitude past 90 or a longitude past 360 degrees are skipped, those
/// with a longitude past 180 degrees are doubtful; all rows outside is an `InputError` that says what they
/// look like (swapped, metres), because then it is the CRS or the axes that are wrong. Rows at 0, 0 when all
/// others are elsewhere are doubtful. Under a projected CRS: coordinates that all look like degrees are one
/// doubtful entry for the layer. Under any: a layer that lies wholly outside `expected` (degrees), or else
/// the area that the CRS is meant for, is doubtful, and the entry says so when it would lie inside with its
/// axes swapped.
FeatureTable plausible(FeatureTable table, const std::optional<Box>& expected, ImportReport& report);

}  // namespace waywarden::detail
