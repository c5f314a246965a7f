#include "waywarden/io/detail/layer_writing.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "waywarden/geometry/wkb.h"
#include "waywarden/io/detail/dataset.h"

namespace waywarden::detail {
namespace {

constexpr std::size_t kRowsBetweenChecks = 1000;

OGRFieldType field_type(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return OFTInteger;
    case ColumnType::integer:
      return OFTInteger64;
    case ColumnType::real:
      return OFTReal;
    case ColumnType::text:
      return OFTString;
  }
  return OFTString;
}

struct DestroyFieldDefinition {
  void operator()(OGRFieldDefnH handle) const { OGR_Fld_Destroy(handle); }
};
using FieldDefinition = std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, DestroyFieldDefinition>;

void add_fields(OGRLayerH layer, const FeatureTable& table, const std::set<std::string>& moments) {
  for (const Column& column : table.columns) {
    const OGRFieldType type = moments.contains(column.name()) ? OFTDateTime : field_type(column.type());
    const FieldDefinition field(OGR_Fld_Create(column.name().c_str(), type));
    if (column.type() == ColumnType::boolean) OGR_Fld_SetSubType(field.get(), OFSTBoolean);
    OGR_L_CreateField(layer, field.get(), 0);
  }
}

void set_value(OGRFeatureH feature, int field, const Column& column, std::size_t row) {
  if (!column.valid(row)) return OGR_F_SetFieldNull(feature, field);
  switch (column.type()) {
    case ColumnType::boolean:
      return OGR_F_SetFieldInteger(feature, field,
                                   std::get<Column::Booleans>(column.values())[row] != 0 ? 1 : 0);
    case ColumnType::integer:
      return OGR_F_SetFieldInteger64(feature, field, std::get<Column::Integers>(column.values())[row]);
    case ColumnType::real:
      return OGR_F_SetFieldDouble(feature, field, std::get<Column::Reals>(column.values())[row]);
    case ColumnType::text:
      return OGR_F_SetFieldString(feature, field, std::get<Column::Texts>(column.values())[row].c_str());
  }
}

void set_geometry(OGRFeatureH feature, const Geometry& geometry, OGRwkbGeometryType type) {
  if (geometry.type == GeometryType::none) return;
  const std::vector<std::byte> bytes = to_wkb(geometry);
  OGRGeometryH created = nullptr;
  OGR_G_CreateFromWkb(bytes.data(), nullptr, &created, static_cast<int>(bytes.size()));
  if (created != nullptr && type != wkbUnknown) created = OGR_G_ForceTo(created, type, nullptr);
  OGR_F_SetGeometryDirectly(feature, created);
}

void add_feature(OGRLayerH layer, const FeatureTable& table, std::size_t row, OGRwkbGeometryType type) {
  const Feature feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    set_value(feature.get(), static_cast<int>(i), table.columns[i], row);
  }
  if (table.has_geometry()) set_geometry(feature.get(), table.geometries[row], type);
  OGR_F_SetFID(feature.get(), static_cast<GIntBig>(row) + 1);
  if (OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE) return;
  throw FileError({"", table.name, table.ids[row]}, "cannot be written");
}

OGRErr import_wkt(OGRSpatialReferenceH reference, std::string text) {
  char* begin = text.data();
  return OSRImportFromWkt(reference, &begin);
}

SpatialReference reference_of(const FeatureTable& table) {
  return table.has_geometry() ? reference_to(table.crs, {table.source, table.name, ""}) : nullptr;
}

}  // namespace

SpatialReference reference_to(const Crs& crs, const Where& where) {
  if (!crs.known()) throw CrsError(where, "no coordinate reference system is known");
  SpatialReference reference(OSRNewSpatialReference(nullptr));
  const bool degrees = same_crs(crs, Crs::wgs84());
  const OGRErr error =
      degrees ? OSRImportFromEPSG(reference.get(), 4326) : import_wkt(reference.get(), wkt(crs));
  if (error != OGRERR_NONE) throw CrsError(where, "the coordinate reference system cannot be written");
  OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

void require_success(const GdalSession& session, const std::string& target) {
  if (session.failures() > 0)
    throw FileError({target, "", ""}, "cannot be written: " + session.first_complaint());
}

Dataset create_dataset(const std::string& driver, const std::string& path,
                       const std::vector<std::string>& options) {
  GDALDriverH handle = GDALGetDriverByName(driver.c_str());
  if (handle == nullptr) throw FileError({path, "", ""}, "this GDAL cannot write " + driver);
  const TextList list(options);
  Dataset dataset(GDALCreate(handle, path.c_str(), 0, 0, 0, GDT_Unknown, list.get()));
  if (!dataset) throw FileError({path, "", ""}, "cannot be created");
  return dataset;
}

OGRwkbGeometryType layer_type(const FeatureTable& table) {
  if (!table.has_geometry()) return wkbNone;
  bool seen[7] = {};
  for (const Geometry& geometry : table.geometries) seen[static_cast<std::size_t>(geometry.type)] = true;
  const auto kinds = [&](int kind) { return seen[kind] || seen[kind + 3]; };
  for (const int kind : {1, 2, 3}) {
    const bool others = kinds(kind % 3 + 1) || kinds((kind + 1) % 3 + 1);
    if (!others && kinds(kind)) return static_cast<OGRwkbGeometryType>(seen[kind + 3] ? kind + 3 : kind);
  }
  return wkbUnknown;
}

void add_layer(const Dataset& dataset, const FeatureTable& table, const LayerSpec& spec,
               const Execution& execution) {
  const SpatialReference reference = reference_of(table);
  const OGRwkbGeometryType type = layer_type(table);
  const TextList list(spec.options);
  OGRLayerH layer =
      GDALDatasetCreateLayer(dataset.get(), spec.name.c_str(), reference.get(), type, list.get());
  if (layer == nullptr) throw FileError({"", table.name, ""}, "the layer cannot be created");
  add_fields(layer, table, spec.moments);
  execution.start("writing " + table.name, table.size());
  GDALDatasetStartTransaction(dataset.get(), 0);
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (row % kRowsBetweenChecks == 0) execution.check();
    add_feature(layer, table, row, type);
    execution.advance();
  }
  GDALDatasetCommitTransaction(dataset.get());
}

std::string stated_date() {
  std::time_t seconds = 0;
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr) {
    const std::string_view text(epoch);
    std::from_chars(text.data(), text.data() + text.size(), seconds);
  }
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char buffer[40];
  std::strftime(buffer, sizeof(buffer), "%Y-%m-%dT%H:%M:%S.000Z", &parts);
  return buffer;
}

}  // namespace waywarden::detail
