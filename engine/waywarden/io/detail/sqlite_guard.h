#pragma once

/// A GeoPackage is a database, and a table in it may be virtual: a program that reads some other file when it
/// is asked for rows (SpatiaLite's VirtualText, GDAL's VirtualOGR). Only indexes of SQLite's own may be
/// virtual here.

#include <string>

#include "waywarden/io/detail/gdal_handles.h"

namespace waywarden::detail {

/// Throws `RefusedError` when the database holds such a table. Nothing for other formats.
void refuse_virtual_tables(const Dataset& dataset, const std::string& path);

}  // namespace waywarden::detail
