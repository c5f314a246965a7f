#include "waywarden/io/detail/sqlite_guard.h"

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/dataset.h"
#include "waywarden/io/detail/table_definition.h"

namespace waywarden::detail {

void refuse_virtual_tables(const Dataset& dataset, const std::string& path) {
  if (driver_name(dataset) != "GPKG") return;
  constexpr const char* kQuery = "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL";
  OGRLayerH rows = GDALDatasetExecuteSQL(dataset.get(), kQuery, nullptr, nullptr);
  if (rows == nullptr) throw FileError({path, "", ""}, "cannot be read: its list of tables is damaged");
  bool sound = true;
  while (const Feature row = Feature(OGR_L_GetNextFeature(rows))) {
    sound = sound && keeps_rows_in_file(text_of(OGR_F_GetFieldAsString(row.get(), 0)));
  }
  GDALDatasetReleaseResultSet(dataset.get(), rows);
  if (!sound)
    throw RefusedError({path, "", ""}, "refused: the database holds a table that reads from elsewhere");
}

}  // namespace waywarden::detail
