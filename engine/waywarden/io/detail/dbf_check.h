#pragma once

/// The .dbf part of the shapefile check.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "waywarden/io/detail/binary_file.h"
#include "waywarden/io/shapefile_check.h"

namespace waywarden::detail {

/// The file of the same name with another extension, in small or capital letters, whichever exists.
std::string beside(const std::string& path, const std::string& extension);

struct DbfCheck {
  /// How many the table holds by its header and its size, whichever is less.
  std::uint64_t rows = 0;
  std::vector<std::uint64_t> deleted;
  std::vector<ShapefileCheck::Cell> not_numbers;
  std::vector<ShapefileCheck::Remark> remarks;
};
DbfCheck check_dbf(const BinaryFile& dbf);

/// Whether a cell holds one number, or nothing. Integral: digits, perhaps a sign and a fraction of zeros.
enum class CellKind { integral, real };
bool is_number(std::string_view cell, CellKind kind);

}  // namespace waywarden::detail
