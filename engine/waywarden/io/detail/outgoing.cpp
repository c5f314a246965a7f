#include "waywarden/io/detail/outgoing.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/features/import_report.h"
#include "waywarden/features/reproject.h"

namespace waywarden::detail {
namespace {

std::string folded(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

const Column* column_called_id(const FeatureTable& table) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [](const Column& column) { return folded(column.name()) == "id"; });
  return found == table.columns.end() ? nullptr : &*found;
}

bool says_the_same(const Column& column, const std::vector<std::string>& ids) {
  for (std::size_t row = 0; row < ids.size(); ++row) {
    if (column.text(row) != ids[row]) return false;
  }
  return true;
}

/// What is not finite is nowhere, and has no form in most formats.
void require_finite(const FeatureTable& table) {
  for (std::size_t row = 0; row < table.geometries.size(); ++row) {
    const auto& points = table.geometries[row].points;
    if (std::all_of(points.begin(), points.end(), [](Point p) { return p.finite(); })) continue;
    throw InputError({table.source, table.name, table.ids[row]}, "vertex that is not finite");
  }
  for (const Column& column : table.columns) {
    const auto* values = std::get_if<Column::Reals>(&column.values());
    for (std::size_t row = 0; values != nullptr && row < values->size(); ++row) {
      if (!column.valid(row) || std::isfinite((*values)[row])) continue;
      throw InputError({table.source, table.name, table.ids[row]},
                       "number that is not finite in column '" + column.name() + "'");
    }
  }
}

}  // namespace

bool UniqueNames::taken(const std::string& name) const { return taken_.contains(folded(name)); }

std::string UniqueNames::take(const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; taken(name); ++i) name = wanted + "_" + std::to_string(i);
  taken_.insert(folded(name));
  return name;
}

FeatureTable outgoing(const ReleasedTable& released) {
  const FeatureTable& table = released.features;
  require_finite(table);
  FeatureTable out{table.name, table.source, table.crs, table.ids, table.geometries, {}};
  UniqueNames names;
  const Column* own = column_called_id(table);
  if (own == nullptr) out.add(Column(names.take("id"), table.ids));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    out.add(column.renamed(
        names.take(column.name().empty() ? "column_" + std::to_string(i + 1) : column.name())));
  }
  if (own != nullptr && !says_the_same(*own, table.ids)) out.add(Column(names.take("source_id"), table.ids));
  out.add(Column(names.take("data"), Column::Texts(table.size(), name(released.origin))));
  return out;
}

FeatureTable in_degrees(FeatureTable table) {
  if (!table.has_geometry() || table.crs == Crs::wgs84()) return table;
  ImportReport report;
  FeatureTable moved = reprojected(table, Crs::wgs84(), report);
  if (moved.size() == table.size()) return moved;
  throw CrsError(report.entries.front().where, "coordinates have no longitude and latitude");
}

std::string description(Origin figures, const DisclosureAccount& account) {
  const std::string origin = "Data: " + name(figures) + ". ";
  if (!account.rule) return origin + "Released without a disclosure rule: " + account.reason;
  return origin + "Counts of 1 to " + std::to_string(account.rule->k - 1) + " are suppressed.";
}

}  // namespace waywarden::detail
