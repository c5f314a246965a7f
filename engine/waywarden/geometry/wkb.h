#pragma once

/// Well-known binary (OGC 06-103r4; ISO SQL/MM and EWKB dimension flags are understood): the form in which
/// geometries cross to GDAL and to Python.

#include <cstddef>
#include <span>
#include <vector>

#include "waywarden/geometry/geometry.h"

namespace waywarden {

/// Decodes either byte order. z and m are dropped. A geometry collection, a curve, a truncated or a trailing
/// buffer, or nesting that claims more than the buffer holds throws `InputError`. An empty point is `none`.
Geometry from_wkb(std::span<const std::byte> bytes);

/// Little-endian, two-dimensional. `none` becomes an empty buffer.
std::vector<std::byte> to_wkb(const Geometry& geometry);

}  // namespace waywarden
