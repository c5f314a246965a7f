#pragma once

/// Fills a feature table row by row, column by column name: for result tables of a study.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/features/feature_table.h"

namespace waywarden {

class TableBuilder {
 public:
  /// In longitude and latitude.
  explicit TableBuilder(std::string name);

  /// Begins a row.
  void row(std::string id, Geometry geometry);
  /// Values of the row begun last. Every row must get every column, in the same order.
  TableBuilder& text(const std::string& column, std::string value);
  TableBuilder& real(const std::string& column, double value);
  TableBuilder& real(const std::string& column, std::optional<double> value);
  TableBuilder& integer(const std::string& column, std::int64_t value);
  TableBuilder& integer(const std::string& column, std::optional<std::int64_t> value);

  FeatureTable take();

 private:
  struct Pending {
    std::string name;
    Column::Values values;
    std::vector<std::uint8_t> valid;
  };
  /// The column whose turn it is.
  Pending& next(const std::string& column, Column::Values empty);

  FeatureTable table_;
  std::vector<Pending> columns_;
  std::size_t turn_ = 0;
};

}  // namespace waywarden
