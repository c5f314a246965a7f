#pragma once

/// Columns plus geometry: the table that every reader produces and every writer takes. All columns, `ids` and
/// `geometries` have the same length. Missing values are a state of their own, never NaN or a magic number.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "waywarden/geodesy/crs.h"
#include "waywarden/geometry/geometry.h"

namespace waywarden {

enum class ColumnType : std::uint8_t { boolean, integer, real, text };

/// One named column of one type, with a validity flag per row.
class Column {
 public:
  using Booleans = std::vector<std::uint8_t>;
  using Integers = std::vector<std::int64_t>;
  using Reals = std::vector<double>;
  using Texts = std::vector<std::string>;
  using Values = std::variant<Booleans, Integers, Reals, Texts>;

  /// All rows valid.
  Column(std::string name, Values values);
  /// `valid` is as long as `values`; throws `OptionError` otherwise.
  Column(std::string name, Values values, std::vector<std::uint8_t> valid);

  const std::string& name() const { return name_; }
  ColumnType type() const { return static_cast<ColumnType>(values_.index()); }
  std::size_t size() const { return valid_.size(); }
  bool valid(std::size_t row) const { return valid_[row] != 0; }
  const std::vector<std::uint8_t>& validity() const { return valid_; }
  const Values& values() const { return values_; }

  /// The value as a number; nothing where missing. Texts are parsed as a whole; nothing where that fails.
  std::optional<double> number(std::size_t row) const;
  /// The value as text; nothing where missing. Reals as the shortest digits that read back the same.
  std::optional<std::string> text(std::size_t row) const;

  /// The rows in another order, or some of them.
  Column take(const std::vector<std::size_t>& rows) const;
  Column renamed(std::string name) const;

 private:
  std::string name_;
  Values values_;
  std::vector<std::uint8_t> valid_;
};

struct FeatureTable {
  /// Layer name.
  std::string name;
  /// File it came from, as the user named it; empty for tables made in memory.
  std::string source;
  Crs crs;
  /// Id of each row in its source (a column, or the file's feature number), as text.
  std::vector<std::string> ids;
  /// Empty (not a vector of nones) for a table without geometry.
  std::vector<Geometry> geometries;
  std::vector<Column> columns;

  std::size_t size() const { return ids.size(); }
  bool has_geometry() const { return !geometries.empty(); }
  /// nullptr when there is none of that name.
  const Column* find(std::string_view column) const;
  /// Throws `InputError` naming the layer and the columns there are.
  const Column& column(std::string_view name) const;
  /// Throws `OptionError` when the length differs or the name is taken.
  void add(Column column);
  FeatureTable take(const std::vector<std::size_t>& rows) const;
};

}  // namespace waywarden
