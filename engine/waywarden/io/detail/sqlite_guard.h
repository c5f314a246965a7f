#pragma once

/// A GeoPackage is a database, and a table in it may be virtual: a program that reads some other file when it
/// is asked for rows (SpatiaLite's VirtualText, GDAL's VirtualOGR). Only indexes of SQLite's own may be
/// virtual here.

#include <string>
#include <vector>

#include "waywarden/io/detail/gdal_handles.h"
#include "waywarden/io/shapefile_check.h"

namespace waywarden::detail {

/// Throws `RefusedError` when the database holds such a table. Nothing for other formats.
void refuse_virtual_tables(const Dataset& dataset, const std::string& path);

/// Cells of number columns that hold a text, a blob, or a fraction where whole numbers are due: SQLite keeps
/// anything anywhere, and GDAL then reads a 0 or cuts. Rows are feature numbers; sorted.
std::vector<ShapefileCheck::Cell> cells_not_numbers(const Dataset& dataset, OGRLayerH layer);

}  // namespace waywarden::detail
