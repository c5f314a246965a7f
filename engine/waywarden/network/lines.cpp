#include "waywarden/network/lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "waywarden/base/units.h"
#include "waywarden/features/reproject.h"
#include "waywarden/network/antimeridian.h"

namespace waywarden {
namespace {

constexpr double kHighestLevel = 1000.0;

template <std::size_t n>
bool one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

Ways ways(const std::string& text) {
  static constexpr std::array<std::string_view, 4> kForward = {"1", "true", "yes", "T"};
  static constexpr std::array<std::string_view, 2> kBackward = {"-1", "reverse"};
  if (one_of(text, kForward)) return Ways::forward;
  return one_of(text, kBackward) ? Ways::backward : Ways::both;
}

class RowReader {
 public:
  RowReader(const LinkLayer& layer, const FeatureTable& table)
      : layer_(layer),
        table_(table),
        speed_(column(layer.speed_column)),
        oneway_(column(layer.oneway_column)),
        detection_(column(layer.detection_column)),
        level_(column(layer.level_column)) {}

  /// A cell that holds something, but no number, is not the same as an empty one.
  void report_texts(std::size_t row, ImportReport& report) const {
    for (const Column* column : {speed_, detection_, level_}) {
      if (column == nullptr || !column->valid(row) || column->number(row)) continue;
      report.add(Outcome::doubtful, {table_.source, table_.name, table_.ids[row]},
                 "not a number: taken as not stated", "column " + column->name());
    }
  }

  LinkFacts facts(std::size_t row) const {
    LinkFacts facts;
    facts.source = {table_.name, table_.ids[row]};
    facts.mode = layer_.mode;
    facts.at_crossings = layer_.at_crossings;
    if (oneway_ != nullptr) facts.ways = ways(oneway_->text(row).value_or(""));
    if (speed_ != nullptr) facts.speed_kmh = speed_->number(row).value_or(kSpeedNotStated);
    if (detection_ != nullptr) facts.detection = detection_->number(row).value_or(0.0);
    if (level_ != nullptr) facts.level = level(row);
    check(facts, row);
    facts.detection = std::min(facts.detection, kLargestProbability);
    return facts;
  }

 private:
  const Column* column(const std::string& name) const {
    return name.empty() ? nullptr : &table_.column(name);
  }

  std::int16_t level(std::size_t row) const {
    const double level = level_->number(row).value_or(0.0);
    if (level == std::floor(level) && std::abs(level) <= kHighestLevel)
      return static_cast<std::int16_t>(level);
    throw InputError({table_.source, table_.name, table_.ids[row]},
                     "column '" + layer_.level_column + "': a level is a whole number from -1000 to 1000");
  }

  void check(const LinkFacts& facts, std::size_t row) const {
    const Where where{table_.source, table_.name, table_.ids[row]};
    if (!(facts.detection >= 0.0 && facts.detection <= 1.0)) {
      throw InputError(where, "column '" + layer_.detection_column + "': probability outside [0, 1]");
    }
    if (!(facts.speed_kmh >= 0.0))
      throw InputError(where, "column '" + layer_.speed_column + "': negative speed");
    if (!std::isfinite(facts.speed_kmh))
      throw InputError(where, "column '" + layer_.speed_column + "': infinite speed");
  }

  const LinkLayer& layer_;
  const FeatureTable& table_;
  const Column* speed_;
  const Column* oneway_;
  const Column* detection_;
  const Column* level_;
};

bool is_line(const Geometry& g) {
  return g.type == GeometryType::line_string || g.type == GeometryType::multi_line_string;
}

}  // namespace

std::vector<Link> read_lines(const LinkLayer& layer, ImportReport& report) {
  const FeatureTable table = reprojected(layer.table, Crs::wgs84(), report);
  const RowReader reader(layer, table);
  std::vector<Link> lines;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const Where where{table.source, table.name, table.ids[row]};
    if (!table.has_geometry() || !is_line(table.geometries[row])) {
      report.add(Outcome::skipped, where, "not a line");
      continue;
    }
    reader.report_texts(row, report);
    for (std::size_t part = 0; part < table.geometries[row].part_count(); ++part) {
      std::vector<Point> vertices;
      for (const Point p : table.geometries[row].part(part)) vertices.push_back(canonical(p));
      if (vertices.size() == 1) lines.push_back({vertices, reader.facts(row)});
      for (std::vector<Point>& piece : split_at_antimeridian(std::move(vertices)))
        lines.push_back({std::move(piece), reader.facts(row)});
    }
  }
  return lines;
}

}  // namespace waywarden
