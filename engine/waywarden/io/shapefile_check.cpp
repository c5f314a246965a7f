#include "waywarden/io/shapefile_check.h"

#include <algorithm>
#include <numeric>

#include "waywarden/io/detail/binary_file.h"
#include "waywarden/io/detail/dbf_check.h"

namespace waywarden {
namespace {

using detail::big_endian;
using detail::BinaryFile;
using detail::little_endian;

constexpr std::uint64_t kHeader = 100;

struct IndexEntry {
  std::uint64_t offset;
  std::int64_t length;
};

std::vector<IndexEntry> index_entries(const BinaryFile& shx) {
  std::vector<IndexEntry> entries;
  if (shx.size() <= kHeader) return entries;
  const auto bytes = shx.read(kHeader, static_cast<std::size_t>(shx.size() - kHeader));
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    entries.push_back({std::uint64_t{2} * static_cast<std::uint32_t>(big_endian(bytes, at)),
                       std::int64_t{2} * big_endian(bytes, at + 4)});
  }
  return entries;
}

bool is_multi_part(std::int32_t type) { return type % 10 == 3 || type % 10 == 5 || type == 31; }

/// Whether counts of parts and vertices fit the length of the record (ESRI 1998, the tables of record
/// contents).
std::string shape_trouble(std::span<const std::uint8_t> content, std::int64_t length) {
  const auto type = little_endian<std::int32_t>(content, 0);
  if (type == 0) return "";
  if (type % 10 == 1) return length < 20 ? "record is too short" : "";
  if (length < 40 || content.size() < 44) return "record is too short";
  const std::int64_t first = little_endian<std::int32_t>(content, 36);
  const std::int64_t second = little_endian<std::int32_t>(content, 40);
  if (!is_multi_part(type))
    return first < 0 || 40 + 16 * first > length ? "impossible number of vertices" : "";
  if (first < 0 || second < 0 || first > second) return "impossible number of parts";
  return 44 + 4 * first + 16 * second > length ? "impossible number of vertices" : "";
}

void sort_rows(std::vector<ShapefileCheck::Row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
}

/// Reads the records in the order of their place in the file, so that archives are read forwards.
class RecordCheck {
 public:
  RecordCheck(const BinaryFile& shp, const std::vector<IndexEntry>& entries) : shp_(shp), entries_(entries) {}

  ShapefileCheck run() && {
    std::vector<std::size_t> order(entries_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return entries_[a].offset < entries_[b].offset; });
    for (const std::size_t row : order) check(row);
    if (out_of_order_ > 0) {
      found_.remarks.push_back(
          {"record numbers do not match the index", std::to_string(out_of_order_) + " records"});
    }
    sort_rows(found_.damaged);
    sort_rows(found_.doubtful);
    return std::move(found_);
  }

 private:
  void check(std::size_t row) {
    const auto [offset, length] = entries_[row];
    const std::string trouble = placement_trouble(offset, length);
    if (!trouble.empty()) return damage(row, trouble);
    end_of_last_ = offset + 8 + static_cast<std::uint64_t>(length);
    const auto bytes = shp_.read(offset, 8 + 44);
    const std::string inner =
        shape_trouble(std::span(bytes).subspan(std::min<std::size_t>(8, bytes.size())), length);
    if (!inner.empty()) return damage(row, inner);
    if (std::int64_t{2} * big_endian(bytes, 4) != length) {
      found_.doubtful.push_back({row, "record lengths in .shp and .shx differ"});
    }
    out_of_order_ += big_endian(bytes, 0) != static_cast<std::int32_t>(row + 1);
  }

  std::string placement_trouble(std::uint64_t offset, std::int64_t length) const {
    if (length < 4) return "record is too short";
    if (offset < kHeader || offset + 8 + static_cast<std::uint64_t>(length) > shp_.size()) {
      return "record lies outside the file";
    }
    return offset < end_of_last_ ? "record shares its bytes with another" : "";
  }

  void damage(std::size_t row, const std::string& reason) { found_.damaged.push_back({row, reason}); }

  const BinaryFile& shp_;
  const std::vector<IndexEntry>& entries_;
  ShapefileCheck found_;
  std::uint64_t end_of_last_ = 0;
  std::uint64_t out_of_order_ = 0;
};

using Remarks = std::vector<ShapefileCheck::Remark>;

Remarks header_remarks(const BinaryFile& shp) {
  const auto header = shp.read(0, kHeader);
  Remarks remarks;
  const std::uint64_t claimed = std::uint64_t{2} * static_cast<std::uint32_t>(big_endian(header, 24));
  if (claimed != shp.size()) {
    remarks.push_back({"the .shp is not as long as its header says",
                       std::to_string(shp.size()) + " bytes, " + std::to_string(claimed) + " announced"});
  }
  const bool inverted = little_endian<double>(header, 36) > little_endian<double>(header, 52) ||
                        little_endian<double>(header, 44) > little_endian<double>(header, 60);
  if (inverted) remarks.push_back({"the bounding box in the .shp header is inverted", ""});
  return remarks;
}

Remarks missing_partners(std::uint64_t shapes, std::uint64_t rows) {
  const std::string detail = std::to_string(shapes) + " shapes, " + std::to_string(rows) + " rows";
  if (rows > shapes) return {{"rows of the .dbf without a shape", detail}};
  if (rows < shapes) return {{"shapes without a row in the .dbf", detail}};
  return {};
}

Remarks joined(Remarks first, const Remarks& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace

ShapefileCheck check_shapefile(const std::string& path) {
  const BinaryFile shp(path), shx(detail::beside(path, "shx")), dbf(detail::beside(path, "dbf"));
  const std::vector<IndexEntry> entries = index_entries(shx);
  ShapefileCheck found;
  if (shp.exists()) {
    found = RecordCheck(shp, entries).run();
    found.remarks = joined(header_remarks(shp), found.remarks);
  }
  if (!dbf.exists() && shp.exists()) {
    found.remarks.push_back({"no .dbf beside the .shp: no attributes", ""});
    return found;
  }
  detail::DbfCheck table = detail::check_dbf(dbf);
  found.deleted = std::move(table.deleted);
  found.not_numbers = std::move(table.not_numbers);
  found.remarks = joined(found.remarks, table.remarks);
  if (shp.exists()) found.missing = missing_partners(entries.size(), table.rows);
  return found;
}

}  // namespace waywarden
