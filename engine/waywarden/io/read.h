#pragma once

/// Vector files into feature tables: ESRI Shapefile, GeoPackage, GeoJSON, CSV, KML, GML, FlatGeobuf, ODS,
/// XLSX, and Parquet where the GDAL at hand has it.
///
/// Guarantees: nothing is fetched over a network and nothing is written (path_guard.h, gdal_session.h). Every
/// feature of the layer is in the table, or in the report as skipped with its id and the reason. Coordinates
/// are in the file's own CRS with x east or longitude. The first row of a spreadsheet names its columns. Text
/// is UTF-8. What cannot be read throws, naming file and layer. Not guaranteed: that the data are right;
/// topology and meaning are looked at by network/. Memory grows with the file.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"

namespace waywarden {

struct LayerInfo {
  std::string name;
  bool has_geometry = false;
  /// By the file's own account; nothing where it does not say without being read.
  std::optional<std::uint64_t> features;
  /// Unknown where the file states none.
  Crs crs;
  std::vector<std::string> columns;
};

struct ReadOptions {
  /// Empty = the only layer there is.
  std::string layer;
  /// Used where the file states none, and instead of what it states (then with an entry in the report).
  std::optional<Crs> crs;
  /// Column that holds the ids; empty = the file's own feature numbers.
  std::string id_column;
  /// Empty = all.
  std::vector<std::string> columns;
  /// What text is taken to be where the file does not say, or is not what it says; empty = UTF-8.
  std::string encoding;
  /// Columns with the coordinates of a table without geometry (a CSV file, a spreadsheet); both or neither.
  std::string x_column;
  std::string y_column;
  /// More than this is a `LimitError`.
  std::uint64_t max_features = 20'000'000;
  std::uint64_t max_vertices = 400'000'000;
  /// Of the table that is filled: vertices, texts and numbers.
  std::uint64_t max_bytes = std::uint64_t{16} << 30;
  /// Looked at between features; 0 = no limit.
  Seconds max_time{0.0};
  /// Where the layer should lie, in degrees; a layer wholly outside is reported.
  std::optional<Box> expected;
};

struct ReadResult {
  FeatureTable table;
  ImportReport report;
};

/// Throws `RefusedError` and `FileError` (path, format, damage that leaves nothing to read), `InputError`
/// (layer, column, coordinates all outside their CRS), `CrsError` (geometry without a CRS),
/// `LimitError`, `Cancelled`.
ReadResult read_layer(const std::string& path, const ReadOptions& options = {},
                      const Execution& execution = {});

/// In the order of the file.
std::vector<LayerInfo> list_layers(const std::string& path);

}  // namespace waywarden
