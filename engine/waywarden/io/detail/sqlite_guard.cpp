#include "waywarden/io/detail/sqlite_guard.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/dataset.h"
#include "waywarden/io/detail/table_definition.h"

namespace waywarden::detail {

namespace {

/// The first column of what a query finds; nothing where the database is too damaged to be asked.
std::optional<std::vector<std::string>> texts_found(const Dataset& dataset, const std::string& query) {
  OGRLayerH rows = GDALDatasetExecuteSQL(dataset.get(), query.c_str(), nullptr, nullptr);
  if (rows == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  while (const Feature row = Feature(OGR_L_GetNextFeature(rows)))
    texts.push_back(text_of(OGR_F_GetFieldAsString(row.get(), 0)));
  GDALDatasetReleaseResultSet(dataset.get(), rows);
  return texts;
}

std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// What SQLite keeps in a cell of a column of numbers that is none; empty for other columns.
std::string not_a_number(OGRFieldDefnH field) {
  const std::string name = quoted(text_of(OGR_Fld_GetNameRef(field)));
  const OGRFieldType type = OGR_Fld_GetType(field);
  std::string text = "typeof(" + name + ") IN ('text', 'blob')";
  if (type == OFTReal) return text;
  if (type != OFTInteger && type != OFTInteger64) return "";
  return "(" + text + " OR (typeof(" + name + ") = 'real' AND " + name + " <> CAST(" + name +
         " AS INTEGER)))";
}

}  // namespace

void refuse_virtual_tables(const Dataset& dataset, const std::string& path) {
  if (driver_name(dataset) != "GPKG") return;
  const auto tables =
      texts_found(dataset, "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL");
  if (!tables) throw FileError({path, "", ""}, "cannot be read: its list of tables is damaged");
  if (!std::all_of(tables->begin(), tables->end(), keeps_rows_in_file))
    throw RefusedError({path, "", ""}, "refused: the database holds a table that reads from elsewhere");
  const auto endless =
      texts_found(dataset, "SELECT name FROM sqlite_master WHERE type = 'view' AND sql LIKE '%recursive%'");
  if (!endless || !endless->empty())
    throw RefusedError({path, "", ""}, "refused: the database holds a view that may never end");
}

std::vector<ShapefileCheck::Cell> cells_not_numbers(const Dataset& dataset, OGRLayerH layer) {
  const std::string key = text_of(OGR_L_GetFIDColumn(layer));
  if (driver_name(dataset) != "GPKG" || key.empty()) return {};
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
  std::vector<ShapefileCheck::Cell> cells;
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    const std::string condition = not_a_number(OGR_FD_GetFieldDefn(definition, i));
    if (condition.empty()) continue;
    const auto rows = texts_found(dataset, "SELECT CAST(" + quoted(key) + " AS TEXT) FROM " +
                                               quoted(text_of(OGR_L_GetName(layer))) + " WHERE " + condition);
    for (const std::string& row : rows.value_or(std::vector<std::string>()))
      cells.push_back({std::strtoull(row.c_str(), nullptr, 10), static_cast<std::size_t>(i)});
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

}  // namespace waywarden::detail
