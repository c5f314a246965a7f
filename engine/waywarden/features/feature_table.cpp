#include "waywarden/features/feature_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::size_t length(const Column::Values& values) {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

std::optional<double> parsed(const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

template <class Number>
std::string digits(Number value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value);
  return {buffer, end};
}

template <class T>
std::vector<T> picked(const std::vector<T>& from, const std::vector<std::size_t>& rows) {
  std::vector<T> out;
  out.reserve(rows.size());
  for (const std::size_t row : rows) out.push_back(from[row]);
  return out;
}

}  // namespace

Column::Column(std::string name, Values values)
    : name_(std::move(name)), values_(std::move(values)), valid_(length(values_), 1) {}

Column::Column(std::string name, Values values, std::vector<std::uint8_t> valid)
    : name_(std::move(name)), values_(std::move(values)), valid_(std::move(valid)) {
  if (valid_.size() != length(values_))
    throw OptionError("column '" + name_ + "': validity has another length");
}

std::optional<double> Column::number(std::size_t row) const {
  if (!valid(row)) return std::nullopt;
  switch (type()) {
    case ColumnType::boolean:
      return std::get<Booleans>(values_)[row] != 0 ? 1.0 : 0.0;
    case ColumnType::integer:
      return static_cast<double>(std::get<Integers>(values_)[row]);
    case ColumnType::real:
      return std::get<Reals>(values_)[row];
    case ColumnType::text:
      return parsed(std::get<Texts>(values_)[row]);
  }
  return std::nullopt;
}

std::optional<std::string> Column::text(std::size_t row) const {
  if (!valid(row)) return std::nullopt;
  switch (type()) {
    case ColumnType::boolean:
      return std::get<Booleans>(values_)[row] != 0 ? "true" : "false";
    case ColumnType::integer:
      return digits(std::get<Integers>(values_)[row]);
    case ColumnType::real:
      return digits(std::get<Reals>(values_)[row]);
    case ColumnType::text:
      return std::get<Texts>(values_)[row];
  }
  return std::nullopt;
}

Column Column::take(const std::vector<std::size_t>& rows) const {
  Values values = std::visit([&](const auto& v) -> Values { return picked(v, rows); }, values_);
  return {name_, std::move(values), picked(valid_, rows)};
}

Column Column::renamed(std::string name) const { return {std::move(name), values_, valid_}; }

const Column* FeatureTable::find(std::string_view column) const {
  const auto it =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name() == column; });
  return it == columns.end() ? nullptr : &*it;
}

const Column& FeatureTable::column(std::string_view wanted) const {
  if (const Column* found = find(wanted)) return *found;
  std::string list;
  for (const Column& c : columns) list += (list.empty() ? "" : ", ") + c.name();
  throw InputError({source, name, ""}, "no column '" + std::string(wanted) + "'; there are: " + list);
}

void FeatureTable::add(Column column) {
  if (column.size() != size())
    throw OptionError("column '" + column.name() + "' has another length than the table");
  if (find(column.name()) != nullptr) throw OptionError("column '" + column.name() + "' is there already");
  columns.push_back(std::move(column));
}

FeatureTable FeatureTable::take(const std::vector<std::size_t>& rows) const {
  FeatureTable out{name, source, crs, picked(ids, rows), {}, {}};
  if (has_geometry()) out.geometries = picked(geometries, rows);
  for (const Column& c : columns) out.columns.push_back(c.take(rows));
  return out;
}

}  // namespace waywarden
