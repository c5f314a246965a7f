#pragma once

/// One pass over the features of a layer.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"
#include "waywarden/io/detail/column_reading.h"
#include "waywarden/io/detail/geometry_reading.h"
#include "waywarden/io/gdal_session.h"
#include "waywarden/io/read.h"
#include "waywarden/io/shapefile_check.h"

namespace waywarden::detail {

class LayerReading {
 public:
  /// `table` has name, source and CRS; the rest is filled here.
  LayerReading(OGRLayerH layer, FeatureTable table, const ReadOptions& options, ShapefileCheck check);

  /// Reads everything there is. Messages of GDAL become entries of the report.
  ReadResult run(const GdalSession& session, const Execution& execution);

 private:
  void choose_columns();
  void read_all(const GdalSession& session, const Execution& execution);
  void check_time() const;
  void take(OGRFeatureH feature);
  void take_row(OGRFeatureH feature, const std::string& id, Geometry geometry);
  void note_changes(const GeometryReading& reading, const std::string& id);
  std::string damage_of(std::int64_t row) const;
  void report_check();
  void report_whole_layer(std::uint64_t announced);
  void report_complaints(const GdalSession& session);
  void enter(Outcome outcome, const std::string& feature, const std::string& reason,
             const std::string& detail = {});

  OGRLayerH layer_;
  FeatureTable table_;
  const ReadOptions& options_;
  ShapefileCheck check_;
  ImportReport report_;
  bool has_geometry_;
  std::vector<ColumnReader> columns_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::uint64_t seen_ = 0, vertices_ = 0, bytes_ = 0, with_z_ = 0, with_m_ = 0;
  bool stopped_early_ = false;
};

}  // namespace waywarden::detail
