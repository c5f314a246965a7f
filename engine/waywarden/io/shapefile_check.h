#pragma once

/// Whether the parts of a shapefile agree with each other and with their own size, where GDAL takes their
/// word for it. Reads the headers of the .shp, .shx and .dbf, every record header, and every numeric cell;
/// changes nothing. Memory is proportional to the number of records that the files really hold, not to what
/// their headers claim. Source: ESRI Shapefile Technical Description (1998); dBASE III table format.

#include <cstdint>
#include <string>
#include <vector>

namespace waywarden {

struct ShapefileCheck {
  struct Row {
    std::uint64_t row;
    std::string reason;
  };
  struct Cell {
    std::uint64_t row;
    /// Position of the field in the .dbf.
    std::size_t field;

    friend auto operator<=>(const Cell&, const Cell&) = default;
  };
  struct Remark {
    std::string reason;
    std::string detail;
  };

  /// Rows whose shape cannot be what was meant: cut off, impossible counts, bytes that belong to another
  /// record. Sorted.
  std::vector<Row> damaged;
  /// Rows that can be read although something about them is wrong. Sorted.
  std::vector<Row> doubtful;
  /// Rows marked as deleted in the .dbf, which readers leave out.
  std::vector<std::uint64_t> deleted;
  /// Shapes without a row and rows without a shape, as one remark each.
  std::vector<Remark> missing;
  /// Cells of numeric fields that hold something else than one number of the field's kind. Sorted.
  std::vector<Cell> not_numbers;
  /// What concerns the file as a whole.
  std::vector<Remark> remarks;
};

/// `path` is the .shp; missing parts are not an error here.
ShapefileCheck check_shapefile(const std::string& path);

}  // namespace waywarden
