#include "waywarden/io/detail/dbf_check.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

namespace waywarden::detail {
namespace {

constexpr std::size_t kFieldBytes = 32, kWidestInteger = 18;
constexpr std::uint64_t kBlock = std::uint64_t{1} << 20;

struct NumericField {
  std::size_t index;
  std::size_t begin;
  std::size_t width;
  CellKind kind;
};

struct Layout {
  std::uint64_t header;
  std::uint64_t row;
  std::uint64_t rows;
  std::vector<NumericField> numeric;
};

CellKind kind_of(std::size_t width, std::uint8_t decimals) {
  return decimals == 0 && width <= kWidestInteger ? CellKind::integral : CellKind::real;
}

std::vector<NumericField> numeric_fields(const BinaryFile& dbf, std::uint64_t header, std::uint64_t row) {
  std::vector<NumericField> fields;
  const auto bytes =
      dbf.read(kFieldBytes, static_cast<std::size_t>(header - std::min<std::uint64_t>(header, kFieldBytes)));
  std::size_t begin = 1;
  for (std::size_t i = 0; (i + 1) * kFieldBytes <= bytes.size() && bytes[i * kFieldBytes] != 0x0D; ++i) {
    const std::uint8_t* field = bytes.data() + i * kFieldBytes;
    const bool numeric = field[11] == 'N' || field[11] == 'F';
    const std::size_t width = field[11] == 'C' ? field[16] + 256U * field[17] : field[16];
    if (numeric && begin + width <= row) fields.push_back({i, begin, width, kind_of(width, field[17])});
    begin += width;
  }
  return fields;
}

Layout layout_of(const BinaryFile& dbf) {
  const auto start = dbf.read(0, kFieldBytes);
  Layout layout{little_endian<std::uint16_t>(start, 8), little_endian<std::uint16_t>(start, 10), 0, {}};
  if (layout.row == 0 || dbf.size() <= layout.header) return layout;
  layout.rows = (dbf.size() - layout.header) / layout.row;
  layout.numeric = numeric_fields(dbf, layout.header, layout.row);
  return layout;
}

std::string_view trimmed(std::string_view cell) {
  const auto blank = [](char c) { return c == ' ' || c == '\0' || c == '\t'; };
  while (!cell.empty() && blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && blank(cell.back())) cell.remove_suffix(1);
  return cell;
}

bool is_integral(std::string_view digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return whole > 0 &&
         std::all_of(digits.begin(), digits.begin() + static_cast<std::ptrdiff_t>(whole), is_digit) &&
         digits.substr(whole).find_first_not_of(".0") == std::string_view::npos;
}

/// Goes through the rows block by block.
class RowCheck {
 public:
  RowCheck(const BinaryFile& dbf, const Layout& layout) : dbf_(dbf), layout_(layout) {}

  DbfCheck run(std::uint64_t rows) && {
    found_.rows = rows;
    const std::uint64_t at_once =
        std::max<std::uint64_t>(1, kBlock / std::max<std::uint64_t>(1, layout_.row));
    for (std::uint64_t first = 0; first < rows; first += at_once)
      check_block(first, std::min(at_once, rows - first));
    return std::move(found_);
  }

 private:
  void check_block(std::uint64_t first, std::uint64_t count) {
    const auto bytes =
        dbf_.read(layout_.header + first * layout_.row, static_cast<std::size_t>(count * layout_.row));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (std::uint64_t i = 0; (i + 1) * layout_.row <= text.size(); ++i) {
      check_row(text.substr(i * layout_.row, layout_.row), first + i);
    }
  }

  void check_row(std::string_view row, std::uint64_t number) {
    if (row[0] == '*') found_.deleted.push_back(number);
    for (const NumericField& field : layout_.numeric) {
      if (is_number(row.substr(field.begin, field.width), field.kind)) continue;
      found_.not_numbers.push_back({number, field.index});
    }
  }

  const BinaryFile& dbf_;
  const Layout& layout_;
  DbfCheck found_;
};

}  // namespace

bool is_number(std::string_view cell, CellKind kind) {
  cell = trimmed(cell);
  if (cell.empty()) return true;
  if (cell.front() == '+' || (cell.front() == '-' && kind == CellKind::integral)) cell.remove_prefix(1);
  if (kind == CellKind::integral) return is_integral(cell);
  double value = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return error == std::errc() && end == cell.data() + cell.size() && std::isfinite(value);
}

std::string beside(const std::string& path, const std::string& extension) {
  const std::string stem = path.substr(0, path.find_last_of('.') + 1);
  std::string capital = extension;
  for (char& c : capital) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  VSIStatBufL status;
  return VSIStatL((stem + extension).c_str(), &status) == 0 ? stem + extension : stem + capital;
}

DbfCheck check_dbf(const BinaryFile& dbf) {
  const Layout layout = layout_of(dbf);
  const std::uint64_t claimed = little_endian<std::uint32_t>(dbf.read(4, 4), 0);
  DbfCheck found = RowCheck(dbf, layout).run(std::min(claimed, layout.rows));
  if (claimed > layout.rows) {
    found.remarks.push_back(
        {"the .dbf holds fewer rows than its header says",
         std::to_string(layout.rows) + " rows, " + std::to_string(claimed) + " announced"});
  }
  return found;
}

}  // namespace waywarden::detail
