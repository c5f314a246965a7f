#pragma once

/// What leaves: a `Release`, and nothing else, as files. The same release gives the same bytes; dates in
/// files come from the environment's SOURCE_DATE_EPOCH, and are 1970-01-01 where it is not set.
///
/// All files of a call are written under temporary names in their folder and take their own names once all
/// are complete: a call that throws leaves no partial file, and those of before as they were. (Should the
/// machine fail between two renamings, some files are new and some old.)
///
/// Every table gets, beside its columns: `id`, the id of each row in its source, unless it has a column of
/// that name (then `source_id`, and nothing where the two say the same); and `data`, where the figures come
/// from: "observed", "modelled" or "synthetic". A name that is taken gets "_2" after it, letter case not
/// counting.
///
/// All throw `RefusedError` or `FileError` (path, disk), `CrsError` (a table whose CRS is not known, or with
/// coordinates that have no longitude and latitude), `InputError` (numbers that are not finite),
/// `OptionError` (a style for a table or column that is not released).

#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/io/qgis_style.h"
#include "waywarden/privacy/release.h"

namespace waywarden {

/// GeoPackage 1.3 (OGC 12-128r17): one layer per table, in the table's own CRS, with a spatial index. Styles
/// stand in the table `layer_styles`, where QGIS looks for them, as the default style of their layer.
void write_geopackage(const std::string& path, const Release& release,
                      const std::vector<LayerStyle>& styles = {}, const Execution& execution = {});

/// GeoJSON (RFC 7946), one file per table that has geometry: longitude and latitude on WGS 84, seven decimals
/// (1 cm), outer rings counter-clockwise. Makes the folder where needed. Returns the files in the order of
/// the tables.
std::vector<std::string> write_geojson(const std::string& folder, const Release& release,
                                       const Execution& execution = {});

/// CSV (RFC 4180, UTF-8, CRLF), one file per table. Points become `longitude` and `latitude`, other
/// geometries WKT in `geometry`, on WGS 84 with seven decimals. Missing values are empty, empty texts are "".
/// Texts (and column names) that a spreadsheet would take for a formula, because they begin with = + - @ or a
/// tab or carriage return, get an apostrophe before them; numbers do not. Makes the folder where needed.
/// Returns the files in the order of the tables.
std::vector<std::string> write_csv(const std::string& folder, const Release& release,
                                   const Execution& execution = {});

}  // namespace waywarden
