#pragma once

/// A feature table as a layer of one of GDAL's datasets.

#include <set>
#include <string>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/execution.h"
#include "waywarden/features/feature_table.h"
#include "waywarden/io/detail/gdal_handles.h"
#include "waywarden/io/gdal_session.h"

namespace waywarden::detail {

/// Throws `FileError` naming `target` as soon as GDAL has said that something failed.
void require_success(const GdalSession& session, const std::string& target);

/// As files state it, x being east or longitude. Throws `CrsError` where it is not known.
SpatialReference reference_to(const Crs& crs, const Where& where);

/// A new file by the driver of that name, complete when the dataset is closed.
Dataset create_dataset(const std::string& driver, const std::string& path,
                       const std::vector<std::string>& options);

/// The narrowest type that holds all geometries of the table: one kind, its multi-geometry, or any.
OGRwkbGeometryType layer_type(const FeatureTable& table);

struct LayerSpec {
  std::string name;
  /// Of the driver.
  std::vector<std::string> options;
  /// Columns of text that holds moments (ISO 8601), to be stored as such.
  std::set<std::string> moments;
};

/// Adds the table. Column names must be unique for the format.
void add_layer(const Dataset& dataset, const FeatureTable& table, const LayerSpec& spec,
               const Execution& execution);

/// What GDAL's formats write for "now": the environment's SOURCE_DATE_EPOCH, or the beginning of 1970.
std::string stated_date();

}  // namespace waywarden::detail
