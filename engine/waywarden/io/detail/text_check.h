#pragma once

/// What a text format holds that GDAL passes over without a word: cells past the last column, rows swallowed
/// by a quote that never closes, text cut at a NUL, members of `features` that are no features, links to
/// other documents. One pass over the bytes, in pieces of fixed size; nothing is changed. Sources: RFC 4180,
/// RFC 8259, RFC 7946, OGC 07-147r2 (KML 2.2).

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "waywarden/features/import_report.h"

namespace waywarden::detail {

struct TextRemark {
  Outcome outcome;
  /// Number of the feature as GDAL counts; empty where the file as a whole is meant.
  std::string feature;
  std::string reason;
  std::string detail;
};

/// `columns` is how many GDAL found, by which the separator is known, `has_header` whether the first line
/// names them. At most 1000 rows are remarked upon one by one; the last remark then says that there are more.
std::vector<TextRemark> check_csv(const std::string& path, std::size_t columns, bool has_header);

/// `features` is how many of the collection GDAL handed over.
std::vector<TextRemark> check_geojson(const std::string& path, std::uint64_t features);

std::vector<TextRemark> check_kml(const std::string& path);

}  // namespace waywarden::detail
