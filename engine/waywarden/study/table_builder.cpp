#include "waywarden/study/table_builder.h"

#include "waywarden/base/errors.h"

namespace waywarden {

TableBuilder::TableBuilder(std::string name) {
  table_.name = std::move(name);
  table_.crs = Crs::wgs84();
}

void TableBuilder::row(std::string id, Geometry geometry) {
  table_.ids.push_back(std::move(id));
  table_.geometries.push_back(std::move(geometry));
  turn_ = 0;
}

TableBuilder::Pending& TableBuilder::next(const std::string& column, Column::Values empty) {
  if (table_.ids.size() == 1) columns_.push_back({column, std::move(empty), {}});
  if (turn_ >= columns_.size() || columns_[turn_].name != column) {
    throw OptionError("column '" + column + "' is out of turn in table '" + table_.name + "'");
  }
  return columns_[turn_++];
}

TableBuilder& TableBuilder::text(const std::string& column, std::string value) {
  Pending& pending = next(column, Column::Texts{});
  std::get<Column::Texts>(pending.values).push_back(std::move(value));
  pending.valid.push_back(1);
  return *this;
}

TableBuilder& TableBuilder::real(const std::string& column, double value) {
  return real(column, std::optional<double>(value));
}

TableBuilder& TableBuilder::real(const std::string& column, std::optional<double> value) {
  Pending& pending = next(column, Column::Reals{});
  std::get<Column::Reals>(pending.values).push_back(value.value_or(0.0));
  pending.valid.push_back(value.has_value() ? 1 : 0);
  return *this;
}

TableBuilder& TableBuilder::integer(const std::string& column, std::int64_t value) {
  return integer(column, std::optional<std::int64_t>(value));
}

TableBuilder& TableBuilder::integer(const std::string& column, std::optional<std::int64_t> value) {
  Pending& pending = next(column, Column::Integers{});
  std::get<Column::Integers>(pending.values).push_back(value.value_or(0));
  pending.valid.push_back(value.has_value() ? 1 : 0);
  return *this;
}

FeatureTable TableBuilder::take() {
  for (Pending& pending : columns_) {
    table_.add(Column(std::move(pending.name), std::move(pending.values), std::move(pending.valid)));
  }
  return std::move(table_);
}

}  // namespace waywarden
