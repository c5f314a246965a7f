#pragma once

/// Opening a file, and what a layer says about itself.

#include <string>
#include <vector>

#include "waywarden/geodesy/crs.h"
#include "waywarden/io/detail/gdal_handles.h"
#include "waywarden/io/gdal_session.h"

namespace waywarden::detail {

/// Reading only, by allowed drivers only. Throws `RefusedError` for another format, `FileError` for what
/// cannot be read or holds no layers.
Dataset open_dataset(const std::string& path, const std::string& encoding, const GdalSession& session);

std::string driver_name(const Dataset& dataset);

/// Well-formed UTF-8, whatever the file says.
std::string layer_name(OGRLayerH layer);

/// Whether the .cpg of a shapefile names an encoding that is not known here: text then comes as it stands.
bool states_unknown_encoding(OGRLayerH layer);

bool has_geometry(OGRLayerH layer);

/// As an authority's code where the file gives one and nothing beside it, else as WKT. Unknown where the file
/// states none or calls it undefined.
Crs crs_of(OGRSpatialReferenceH reference);
Crs layer_crs(OGRLayerH layer);

/// Whether coordinates mean the same under both, x being east or longitude under either.
bool same_crs(const Crs& a, const Crs& b);

/// Names of all fields, made unique: an empty one becomes "column_3", a second "a" becomes "a_2".
std::vector<std::string> column_names(OGRLayerH layer);

}  // namespace waywarden::detail
