#pragma once

/// Whether an archive unpacks to far more than it takes: formats that are read as a whole would fill the
/// memory.

#include <string>

namespace waywarden::detail {

/// For a member of an archive (/vsizip/...), and for formats that are archives themselves (.kmz, .xlsx, .ods,
/// .shz). Throws `RefusedError` where what is inside is larger than 256 MiB and more than 200 times as large
/// as the archive. Sizes are those that the archive states, which GDAL too holds it to.
void refuse_bombs(const std::string& path);

}  // namespace waywarden::detail
