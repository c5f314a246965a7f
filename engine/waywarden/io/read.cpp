#include "waywarden/io/read.h"

#include <algorithm>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/binary_file.h"
#include "waywarden/io/detail/dataset.h"
#include "waywarden/io/detail/layer_reading.h"
#include "waywarden/io/detail/plausibility.h"
#include "waywarden/io/detail/sqlite_guard.h"
#include "waywarden/io/detail/text_check.h"
#include "waywarden/io/detail/type_inference.h"
#include "waywarden/io/gdal_session.h"
#include "waywarden/io/path_guard.h"

namespace waywarden {
namespace {

using detail::Dataset;

std::vector<OGRLayerH> layers_of(const Dataset& dataset) {
  std::vector<OGRLayerH> layers;
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
    layers.push_back(GDALDatasetGetLayer(dataset.get(), i));
  }
  return layers;
}

std::string names_of(const std::vector<OGRLayerH>& layers) {
  std::string names;
  for (OGRLayerH layer : layers) names += (names.empty() ? "" : ", ") + detail::layer_name(layer);
  return names;
}

OGRLayerH chosen_layer(const Dataset& dataset, const std::string& path, const std::string& wanted) {
  std::vector<OGRLayerH> layers = layers_of(dataset);
  const std::string names = names_of(layers);
  if (!wanted.empty()) {
    std::erase_if(layers, [&](OGRLayerH layer) { return detail::layer_name(layer) != wanted; });
    if (layers.empty()) throw InputError({path, wanted, ""}, "no such layer; there are: " + names);
    if (layers.size() > 1) throw InputError({path, wanted, ""}, "several layers have this name");
  }
  if (layers.size() > 1) throw InputError({path, "", ""}, "has several layers, name one of them: " + names);
  return layers.front();
}

void require_columns(OGRLayerH layer, const Where& where, const ReadOptions& options) {
  const std::vector<std::string> names = detail::column_names(layer);
  std::vector<std::string> wanted = options.columns;
  for (const std::string& name : {options.id_column, options.x_column, options.y_column}) {
    if (!name.empty()) wanted.push_back(name);
  }
  for (const std::string& name : wanted) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string list;
    for (const std::string& there : names) list += (list.empty() ? "" : ", ") + there;
    throw InputError(where, "no column '" + name + "'; there are: " + list);
  }
  if (options.x_column.empty() != options.y_column.empty()) {
    throw OptionError("x_column and y_column are given both or not at all");
  }
}

/// The CRS to use, with an entry where the caller's word goes against the file's.
Crs settled_crs(OGRLayerH layer, const Where& where, const ReadOptions& options, ImportReport& report) {
  Crs stated = detail::has_geometry(layer) ? detail::layer_crs(layer) : Crs();
  const bool geometry = detail::has_geometry(layer) || !options.x_column.empty();
  if (!options.crs || !options.crs->known()) {
    if (geometry && !stated.known())
      throw CrsError(where, "no coordinate reference system is stated; give one");
    return stated;
  }
  is_geographic(*options.crs);  // throws for text that PROJ cannot read
  if (stated.known() && !detail::same_crs(stated, *options.crs)) {
    report.add(Outcome::doubtful, where,
               "coordinate reference system of the file set aside for the one given");
  }
  return *options.crs;
}

/// SQLite writes changes beside a database first; such a file left over holds what the database does not
/// show.
void report_unfinished_changes(const Dataset& dataset, const Where& where, ImportReport& report) {
  if (detail::driver_name(dataset) != "GPKG") return;
  for (const std::string ending : {"-wal", "-journal"}) {
    if (detail::BinaryFile(where.file + ending).size() == 0) continue;
    report.add(Outcome::doubtful, where, "changes in a file beside the database are not read", ending);
  }
}

/// Where the shapes of a layer are: a path may also name an archive that holds them.
std::string shapes_of(const std::string& path, OGRLayerH layer) {
  const std::string inside = "/" + detail::layer_name(layer) + ".shp";
  const bool archived_by_name = path.ends_with(".shz") || path.ends_with(".shp.zip");
  if (archived_by_name && !path.starts_with("/vsizip/")) return "/vsizip/{" + path + "}" + inside;
  return path.ends_with(".zip") ? path + inside : path;
}

ShapefileCheck checked(const Dataset& dataset, const std::string& path, OGRLayerH layer) {
  if (detail::driver_name(dataset) == "ESRI Shapefile") return check_shapefile(shapes_of(path, layer));
  ShapefileCheck check;
  check.not_numbers = detail::cells_not_numbers(dataset, layer);
  return check;
}

/// The names that the CSV driver gives where no line of the file does.
bool has_header(const std::vector<std::string>& columns) {
  return columns.empty() || columns.front() != "field_1";
}

std::vector<detail::TextRemark> text_remarks(const Dataset& dataset, OGRLayerH layer, const std::string& path,
                                             std::uint64_t features) {
  const std::string driver = detail::driver_name(dataset);
  const std::vector<std::string> columns = detail::column_names(layer);
  if (driver == "CSV") return detail::check_csv(path, columns.size(), has_header(columns));
  if (driver == "GeoJSON") return detail::check_geojson(path, features);
  return driver == "KML" || driver == "LIBKML" ? detail::check_kml(path) : std::vector<detail::TextRemark>();
}

void report_text(const Dataset& dataset, OGRLayerH layer, ReadResult& result) {
  const std::string& path = result.table.source;
  const std::uint64_t features = result.report.features_read.begin()->second;
  for (const auto& [outcome, feature, reason, detail] : text_remarks(dataset, layer, path, features))
    result.report.add(outcome, {path, result.table.name, feature}, reason, detail);
}

/// By the whole file, so that types do not depend on the order of its rows, as they do where GDAL looks at
/// some of it.
void infer_types(ReadResult& result) {
  for (Column& column : result.table.columns) {
    if (column.type() != ColumnType::text) continue;
    detail::InferredColumn inferred = detail::with_inferred_type(column);
    column = std::move(inferred.column);
    if (inferred.repaired.empty()) continue;
    result.report.add(Outcome::repaired, {result.table.source, result.table.name, ""}, inferred.repaired,
                      "column " + column.name());
  }
}

/// The table with ids from a column; a row without one keeps its number, after a '#' so that the two cannot
/// be confused.
void take_ids(ReadResult& result, const std::string& id_column) {
  FeatureTable& table = result.table;
  const Column& column = table.column(id_column);
  std::set<std::string> taken;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto id = column.text(row);
    const std::string number = table.ids[row];
    table.ids[row] = id ? *id : "#" + number;
    const Where where{table.source, table.name, table.ids[row]};
    if (!id) result.report.add(Outcome::doubtful, where, "no id: the feature's number is used");
    if (!taken.insert(table.ids[row]).second)
      result.report.add(Outcome::doubtful, where, "id occurs more than once");
  }
}

void take_coordinates(ReadResult& result, const ReadOptions& options) {
  FeatureTable& table = result.table;
  const Column &x = table.column(options.x_column), &y = table.column(options.y_column);
  table.geometries.clear();
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto east = x.number(row), north = y.number(row);
    table.geometries.push_back(east && north ? Geometry::of_point({*east, *north}) : Geometry());
    if (!east || !north) {
      result.report.add(Outcome::doubtful, {table.source, table.name, table.ids[row]}, "null geometry",
                        "no number in the coordinate columns");
    }
  }
}

void keep_columns(FeatureTable& table, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return;
  std::erase_if(table.columns, [&](const Column& column) {
    return std::find(wanted.begin(), wanted.end(), column.name()) == wanted.end();
  });
}

}  // namespace

ReadResult read_layer(const std::string& path, const ReadOptions& options, const Execution& execution) {
  require_local(path);
  execution.check();
  const GdalSession session;
  const Dataset dataset = detail::open_dataset(path, options.encoding, session);
  OGRLayerH layer = chosen_layer(dataset, path, options.layer);
  const Where where{path, detail::layer_name(layer), ""};
  require_columns(layer, where, options);
  ImportReport report;
  report_unfinished_changes(dataset, where, report);
  FeatureTable table{where.layer, path, settled_crs(layer, where, options, report), {}, {}, {}};
  detail::LayerReading reading(layer, std::move(table), options, checked(dataset, path, layer));
  ReadResult result = reading.run(session, execution);
  result.report.append(report);
  report_text(dataset, layer, result);
  if (detail::driver_name(dataset) == "CSV") infer_types(result);
  if (!options.id_column.empty()) take_ids(result, options.id_column);
  if (!options.x_column.empty()) take_coordinates(result, options);
  keep_columns(result.table, options.columns);
  result.table = detail::plausible(std::move(result.table), options.expected, result.report);
  result.report.sort();
  return result;
}

std::vector<LayerInfo> list_layers(const std::string& path) {
  require_local(path);
  const GdalSession session;
  const Dataset dataset = detail::open_dataset(path, "", session);
  std::vector<LayerInfo> infos;
  for (OGRLayerH layer : layers_of(dataset)) {
    const GIntBig count = OGR_L_GetFeatureCount(layer, 0);
    LayerInfo info{detail::layer_name(layer), detail::has_geometry(layer), std::nullopt, Crs(), {}};
    if (count >= 0) info.features = static_cast<std::uint64_t>(count);
    if (info.has_geometry) info.crs = detail::layer_crs(layer);
    info.columns = detail::column_names(layer);
    infos.push_back(std::move(info));
  }
  return infos;
}

}  // namespace waywarden
