#include "waywarden/io/detail/column_reading.h"

#include <cmath>
#include <cstdio>
#include <utility>

#include "waywarden/io/text_encoding.h"

namespace waywarden::detail {
namespace {

Column::Values empty_values(OGRFieldDefnH definition) {
  const bool boolean = OGR_Fld_GetSubType(definition) == OFSTBoolean;
  switch (OGR_Fld_GetType(definition)) {
    case OFTInteger:
      return boolean ? Column::Values(Column::Booleans()) : Column::Values(Column::Integers());
    case OFTInteger64:
      return Column::Integers();
    case OFTReal:
      return Column::Reals();
    default:
      return Column::Texts();
  }
}

struct Moment {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0.0F;
};

/// GDAL counts time zones in quarters of an hour from 100 = UTC; 0 and 1 are not known and local.
std::string zone_text(int zone) {
  if (zone < 2) return "";
  if (zone == 100) return "Z";
  const int minutes = std::abs(zone - 100) * 15;
  char text[16];
  std::snprintf(text, sizeof(text), "%c%02d:%02d", zone < 100 ? '-' : '+', minutes / 60 % 100, minutes % 60);
  return text;
}

std::string date_text(const Moment& m) {
  char text[40];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", m.year, m.month, m.day);
  return text;
}

std::string time_text(const Moment& m) {
  char text[40];
  const bool whole = m.second == std::floor(m.second);
  std::snprintf(text, sizeof(text), "%02d:%02d:%0*.*f", m.hour, m.minute, whole ? 2 : 6, whole ? 0 : 3,
                static_cast<double>(m.second));
  return text + zone_text(m.zone);
}

std::string moment_text(OGRFeatureH feature, int field, OGRFieldType type) {
  Moment m;
  if (OGR_F_GetFieldAsDateTimeEx(feature, field, &m.year, &m.month, &m.day, &m.hour, &m.minute, &m.second,
                                 &m.zone) == 0) {
    return text_of(OGR_F_GetFieldAsString(feature, field));
  }
  if (type == OFTDate) return date_text(m);
  return type == OFTTime ? time_text(m) : date_text(m) + "T" + time_text(m);
}

bool is_moment(OGRFieldType type) { return type == OFTDate || type == OFTTime || type == OFTDateTime; }

}  // namespace

ColumnReader::ColumnReader(OGRFieldDefnH definition, int field, std::string name, std::string encoding)
    : name_(std::move(name)),
      encoding_(std::move(encoding)),
      field_(field),
      source_type_(OGR_Fld_GetType(definition)),
      values_(empty_values(definition)) {}

void ColumnReader::append_missing() {
  std::visit([](auto& values) { values.emplace_back(); }, values_);
  valid_.push_back(0);
}

CellTrouble ColumnReader::append(OGRFeatureH feature) {
  if (OGR_F_IsFieldSetAndNotNull(feature, field_) == 0) return append_missing(), CellTrouble();
  if (std::holds_alternative<Column::Reals>(values_)) return append_real(feature);
  if (std::holds_alternative<Column::Texts>(values_)) return append_text(feature);
  const std::int64_t value = OGR_F_GetFieldAsInteger64(feature, field_);
  if (auto* integers = std::get_if<Column::Integers>(&values_)) integers->push_back(value);
  if (auto* booleans = std::get_if<Column::Booleans>(&values_)) booleans->push_back(value != 0 ? 1 : 0);
  valid_.push_back(1);
  return {};
}

CellTrouble ColumnReader::append_real(OGRFeatureH feature) {
  const double value = OGR_F_GetFieldAsDouble(feature, field_);
  if (!std::isfinite(value)) return append_missing(), "number that is not finite";
  std::get<Column::Reals>(values_).push_back(value);
  valid_.push_back(1);
  return {};
}

CellTrouble ColumnReader::append_text(OGRFeatureH feature) {
  std::string text = is_moment(source_type_) ? moment_text(feature, field_, source_type_)
                                             : text_of(OGR_F_GetFieldAsString(feature, field_));
  const bool sound = is_utf8(text);
  if (!sound) text = encoding_.empty() ? repaired_utf8(text) : recoded(text, encoding_);
  std::get<Column::Texts>(values_).push_back(std::move(text));
  valid_.push_back(1);
  if (sound) return {};
  return encoding_.empty() ? "text is not UTF-8: what could not be decoded is marked"
                           : "text read in the encoding given";
}

std::uint64_t ColumnReader::newest_bytes() const {
  const auto* texts = std::get_if<Column::Texts>(&values_);
  return texts == nullptr ? sizeof(double) : sizeof(std::string) + texts->back().size();
}

Column ColumnReader::finish() { return {name_, std::move(values_), std::move(valid_)}; }

}  // namespace waywarden::detail
