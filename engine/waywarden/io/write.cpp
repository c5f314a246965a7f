#include "waywarden/io/write.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/csv_text.h"
#include "waywarden/io/detail/layer_writing.h"
#include "waywarden/io/detail/outgoing.h"
#include "waywarden/io/detail/pending_files.h"
#include "waywarden/io/detail/style_table.h"
#include "waywarden/io/gdal_session.h"

namespace waywarden {
namespace {

using detail::LayerPlace;

void check_styles(const Release& release, const std::vector<LayerStyle>& styles) {
  for (const LayerStyle& style : styles) {
    qml(style);  // throws for a style that is none
    const FeatureTable& table = release.table(style.table).features;
    for (const std::string& column : {style.column, style.label_column}) {
      if (column.empty() || table.find(column) != nullptr) continue;
      throw OptionError("style of table '" + style.table + "': no column '" + column + "' is released");
    }
  }
}

/// Names that SQLite and GeoPackage keep for themselves.
std::string layer_name(const std::string& table) {
  std::string start = table.substr(0, 7);
  for (char& c : start) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool reserved =
      start.starts_with("gpkg_") || start.starts_with("rtree_") || start.starts_with("sqlite_");
  return table.empty() || reserved ? "layer_" + table : table;
}

struct LayerNames {
  LayerPlace place;
  std::string id_column;
  /// What QGIS shows a person; unique in the file.
  std::string identifier;
};

/// What is taken in the file so far.
struct FileNames {
  detail::UniqueNames layers, identifiers;
};

/// Names of the layer, its geometry and its row numbers beside those of its columns.
LayerNames layer_names(const FeatureTable& table, const std::string& title, FileNames& taken) {
  detail::UniqueNames columns;
  for (const Column& column : table.columns) columns.take(column.name());
  LayerNames names{
      {taken.layers.take(layer_name(table.name)), columns.take("geom")}, columns.take("fid"), title};
  names.identifier = taken.identifiers.take(title.empty() ? names.place.layer : title);
  return names;
}

std::vector<std::string> layer_options(const LayerNames& names, const ReleasedTable& table,
                                       const DisclosureAccount& account) {
  return {"FID=" + names.id_column, "GEOMETRY_NAME=" + names.place.geometry_column, "SPATIAL_INDEX=YES",
          "IDENTIFIER=" + names.identifier, "DESCRIPTION=" + detail::description(table.origin, account)};
}

void write_geopackage_to(const std::string& file, const Release& release,
                         const std::vector<LayerStyle>& styles, GdalSession& session,
                         const Execution& execution) {
  const std::string date = detail::stated_date();
  session.set("OGR_CURRENT_DATE", date);
  session.set("OGR_SQLITE_SYNCHRONOUS", "OFF");
  const detail::Dataset dataset = detail::create_dataset("GPKG", file, {"VERSION=1.3"});
  FileNames taken;
  taken.layers.take("layer_styles");
  taken.identifiers.take("layer_styles");
  std::map<std::string, LayerPlace> places;
  for (const ReleasedTable& released : release.tables()) {
    const FeatureTable table = detail::outgoing(released);
    const LayerNames names = layer_names(table, released.title, taken);
    const auto options = layer_options(names, released, release.account());
    detail::add_layer(dataset, table, {names.place.layer, options, {}}, execution);
    places[table.name] = {names.place.layer, table.has_geometry() ? names.place.geometry_column : ""};
  }
  if (styles.empty()) return;
  const detail::LayerSpec spec{"layer_styles", {"FID=id"}, {"update_time"}};
  detail::add_layer(dataset, detail::style_table(styles, places, date), spec, execution);
}

void write_text(const std::string& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  stream.close();
  if (!stream) throw FileError({file, "", ""}, "cannot be written");
}

void write_geojson_to(const std::string& file, const ReleasedTable& released,
                      const DisclosureAccount& account, const Execution& execution) {
  const FeatureTable table = detail::in_degrees(detail::outgoing(released));
  const detail::Dataset dataset = detail::create_dataset("GeoJSON", file, {});
  const std::vector<std::string> options = {"RFC7946=YES", "COORDINATE_PRECISION=7",
                                            "DESCRIPTION=" + detail::description(released.origin, account)};
  detail::add_layer(dataset, table, {table.name, options, {}}, execution);
}

/// A file's place for each table, in a folder.
class FolderOfTables {
 public:
  FolderOfTables(std::string folder, std::string extension)
      : folder_(std::move(folder)), extension_(std::move(extension)) {
    detail::make_folder(folder_);
  }
  std::string temporary_for(const std::string& table) {
    const std::string name = stems_.take(detail::file_stem(table)) + extension_;
    return files_.temporary_for((std::filesystem::path(folder_) / name).string());
  }
  std::vector<std::string> commit() {
    std::vector<std::string> targets = files_.targets();
    files_.commit();
    return targets;
  }

 private:
  std::string folder_, extension_;
  detail::UniqueNames stems_;
  detail::PendingFiles files_;
};

}  // namespace

void write_geopackage(const std::string& path, const Release& release, const std::vector<LayerStyle>& styles,
                      const Execution& execution) {
  check_styles(release, styles);
  detail::PendingFiles files;
  const std::string file = files.temporary_for(path);
  GdalSession session;
  write_geopackage_to(file, release, styles, session, execution);
  detail::require_success(session, path);
  files.commit();
}

std::vector<std::string> write_geojson(const std::string& folder, const Release& release,
                                       const Execution& execution) {
  FolderOfTables files(folder, ".geojson");
  const GdalSession session;
  for (const ReleasedTable& table : release.tables()) {
    if (!table.features.has_geometry()) continue;
    write_geojson_to(files.temporary_for(table.features.name), table, release.account(), execution);
    detail::require_success(session, folder);
  }
  return files.commit();
}

std::vector<std::string> write_csv(const std::string& folder, const Release& release,
                                   const Execution& execution) {
  FolderOfTables files(folder, ".csv");
  for (const ReleasedTable& table : release.tables()) {
    execution.check();
    const std::string file = files.temporary_for(table.features.name);
    write_text(file, detail::csv_text(detail::in_degrees(detail::outgoing(table))));
  }
  return files.commit();
}

}  // namespace waywarden
