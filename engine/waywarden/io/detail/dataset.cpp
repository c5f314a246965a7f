#include "waywarden/io/detail/dataset.h"

#include <algorithm>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/archive_check.h"
#include "waywarden/io/detail/binary_file.h"
#include "waywarden/io/detail/dbf_check.h"
#include "waywarden/io/detail/sqlite_guard.h"
#include "waywarden/io/text_encoding.h"

namespace waywarden::detail {
namespace {

std::vector<std::string> open_options(const std::string& driver, const std::string& encoding) {
  // No schema is looked for beside the file or at an address, and none is written.
  if (driver == "GML") return {"WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO", "XSD=/vsimem/waywarden/no-schema.xsd"};
  // Journals and write-ahead files beside it are left alone.
  if (driver == "GPKG") return {"IMMUTABLE=YES"};
  if (driver == "CSV") return {"AUTODETECT_TYPE=NO", "EMPTY_STRING_AS_NULL=YES"};
  if (driver == "GeoJSON") return {"DATE_AS_STRING=YES"};
  if (driver == "ESRI Shapefile" && !encoding.empty()) return {"ENCODING=" + encoding};
  return {};
}

/// A GeoPackage is given as a part of a file that happens to be all of it: such parts cannot be written,
/// whereas GDAL opens a plain database in write-ahead mode for writing, even to read, and SQLite then tidies
/// up beside it.
std::string name_for_driver(const std::string& path, const std::string& driver) {
  return driver == "GPKG" && !path.starts_with("/vsi") ? "/vsisubfile/0," + path : path;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool is_empty_file(const std::string& path) {
  const BinaryFile file(path);
  return file.exists() && file.size() == 0;
}

/// The format of a file that none of the allowed drivers takes; empty when no driver at all knows it.
std::string refused_format(const std::string& path) {
  GDALDriverH driver = GDALIdentifyDriverEx(path.c_str(), GDAL_OF_VECTOR, nullptr, nullptr);
  const std::string name = driver == nullptr ? "" : text_of(GDALGetDriverShortName(driver));
  const std::vector<std::string> allowed = allowed_drivers();
  return std::find(allowed.begin(), allowed.end(), name) == allowed.end() ? name : "";
}

bool begins_as_utf16(const std::string& path) {
  const auto start = BinaryFile(path).read(0, 2);
  return start == std::vector<std::uint8_t>{0xFF, 0xFE} || start == std::vector<std::uint8_t>{0xFE, 0xFF};
}

bool is_shapefile_without_index(const std::string& path) {
  const bool shapes = path.ends_with(".shp") || path.ends_with(".SHP");
  return shapes && !BinaryFile(beside(path, "shx")).exists();
}

[[noreturn]] void explain_failure(const std::string& path, const GdalSession& session) {
  const Where where{path, "", ""};
  if (is_empty_file(path)) throw FileError(where, "the file is empty");
  if (is_shapefile_without_index(path))
    throw FileError(where, "cannot be read: its index, the .shx beside it, is missing");
  if (session.failures() > 0) throw FileError(where, "cannot be read: " + session.first_complaint());
  const std::string format = refused_format(path);
  if (begins_as_utf16(path))
    throw FileError(where, "cannot be read: the text is UTF-16; it has to be saved as UTF-8");
  if (format.empty() && path.ends_with(".zip"))
    throw FileError(where, "an archive: put /vsizip/ before its path");
  if (format.empty()) throw FileError(where, "cannot be read: its format is not recognised");
  throw RefusedError(where, "refused: format " + format +
                                " is not one of those that are read: " + joined(allowed_drivers()));
}

Dataset with_layers(Dataset dataset, const std::string& path, const GdalSession& session) {
  if (GDALDatasetGetLayerCount(dataset.get()) > 0) return dataset;
  const std::string complaint = session.first_complaint();
  throw FileError({path, "", ""}, "holds no layers" + (complaint.empty() ? "" : ": " + complaint));
}

bool is_undefined(OGRSpatialReferenceH reference) {
  return text_of(OSRGetName(reference)).starts_with("Undefined ");
}

std::string authority_code(OGRSpatialReferenceH reference) {
  double shift[7];
  if (OSRGetTOWGS84(reference, shift, 7) == OGRERR_NONE) return "";
  const std::string authority = text_of(OSRGetAuthorityName(reference, nullptr));
  const std::string code = text_of(OSRGetAuthorityCode(reference, nullptr));
  return authority.empty() || code.empty() ? "" : authority + ":" + code;
}

std::string wkt_of(OGRSpatialReferenceH reference) {
  const TextList options({"FORMAT=WKT2_2019"});
  char* raw = nullptr;
  OSRExportToWktEx(reference, &raw, options.get());
  return text_of(Text(raw).get());
}

std::string utf8(const char* text) {
  const std::string raw = text_of(text);
  return is_utf8(raw) ? raw : repaired_utf8(raw);
}

std::string unique(const std::string& wanted, const std::set<std::string>& taken) {
  std::string name = wanted;
  for (int i = 2; taken.contains(name); ++i) name = wanted + "_" + std::to_string(i);
  return name;
}

}  // namespace

Dataset open_dataset(const std::string& path, const std::string& encoding, const GdalSession& session) {
  refuse_bombs(path);
  for (const std::string& driver : allowed_drivers()) {
    const TextList allowed({driver}), options(open_options(driver, encoding));
    Dataset dataset(GDALOpenEx(name_for_driver(path, driver).c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                               allowed.get(), options.get(), nullptr));
    if (dataset) {
      refuse_virtual_tables(dataset, path);
      return with_layers(std::move(dataset), path, session);
    }
    // The format was this driver's, and the file is broken: no other driver would do better.
    if (session.failures() > 0) break;
  }
  explain_failure(path, session);
}

std::string driver_name(const Dataset& dataset) {
  return text_of(GDALGetDriverShortName(GDALGetDatasetDriver(dataset.get())));
}

std::string layer_name(OGRLayerH layer) { return utf8(OGR_L_GetName(layer)); }

bool states_unknown_encoding(OGRLayerH layer) {
  const std::string stated = text_of(GDALGetMetadataItem(layer, "ENCODING_FROM_CPG", "SHAPEFILE"));
  return !stated.empty() && CPLCanRecode("test", stated.c_str(), CPL_ENC_UTF8) == 0;
}

bool has_geometry(OGRLayerH layer) { return OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(layer)) > 0; }

Crs crs_of(OGRSpatialReferenceH reference) {
  if (reference == nullptr || is_undefined(reference)) return Crs();
  const std::string code = authority_code(reference);
  return Crs(code.empty() ? wkt_of(reference) : code);
}

Crs layer_crs(OGRLayerH layer) { return crs_of(OGR_L_GetSpatialRef(layer)); }

bool same_crs(const Crs& a, const Crs& b) {
  if (a == b) return true;
  const SpatialReference first(OSRNewSpatialReference(wkt(a).c_str())),
      second(OSRNewSpatialReference(wkt(b).c_str()));
  const TextList options(
      {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS"});
  return first && second && OSRIsSameEx(first.get(), second.get(), options.get()) != 0;
}

std::vector<std::string> column_names(OGRLayerH layer) {
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    const std::string stated = utf8(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    names.push_back(unique(stated.empty() ? "column_" + std::to_string(i + 1) : stated, taken));
    taken.insert(names.back());
  }
  return names;
}

}  // namespace waywarden::detail
