#pragma once

/// The fields of a layer as columns, filled feature by feature.

#include <cstdint>
#include <string>
#include <vector>

#include "waywarden/features/feature_table.h"
#include "waywarden/io/detail/gdal_handles.h"

namespace waywarden::detail {

/// What became of a cell, as a short stable reason; empty when it was read as it stands.
using CellTrouble = std::string;

class ColumnReader {
 public:
  /// `field` is the position in the layer. Dates, lists and other kinds without a column type of ours become
  /// text (dates as ISO 8601). `encoding` is what text that is not UTF-8 is taken to be; empty = not known.
  ColumnReader(OGRFieldDefnH definition, int field, std::string name, std::string encoding);

  const std::string& name() const { return name_; }
  int field() const { return field_; }

  CellTrouble append(OGRFeatureH feature);
  void append_missing();
  /// What the newest value takes.
  std::uint64_t newest_bytes() const;
  Column finish();

 private:
  CellTrouble append_real(OGRFeatureH feature);
  CellTrouble append_text(OGRFeatureH feature);

  std::string name_;
  std::string encoding_;
  int field_;
  OGRFieldType source_type_;
  Column::Values values_;
  std::vector<std::uint8_t> valid_;
};

}  // namespace waywarden::detail
