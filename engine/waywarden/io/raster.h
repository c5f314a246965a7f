#pragma once

/// Rasters that leave: a `ReleasedRaster`, and nothing else, as a file. The same raster gives the same bytes.
/// Written under a temporary name beside the target, which it takes once it is complete: a call that throws
/// leaves no partial file, and the one of before as it was.

#include <string>

#include "waywarden/base/execution.h"
#include "waywarden/privacy/released_raster.h"

namespace waywarden {

/// GeoTIFF (OGC 19-008r4): one band of 64-bit numbers, north up, compressed without loss; cells without a
/// value hold the smallest finite number, and the file says so. The description says where the figures come
/// from and by which rule they left. O(cells).
///
/// Throws `RefusedError` or `FileError` (path, disk), `CrsError` for a CRS that is not known or that the
/// format cannot hold, `InputError` for a value that is the one for "no value", `OptionError` for more than
/// 2^31 - 1 rows or columns.
void write_geotiff(const std::string& path, const ReleasedRaster& released, const Execution& execution = {});

}  // namespace waywarden
