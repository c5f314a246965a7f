#include "waywarden/incidents/incident_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "waywarden/base/errors.h"
#include "waywarden/incidents/detail/trimmed.h"

namespace waywarden {
namespace {

constexpr double kLargestAge = 120.0;
constexpr std::array kTextFields = {
    IncidentField::event,    IncidentField::country,      IncidentField::place,       IncidentField::gender,
    IncidentField::age_band, IncidentField::exploitation, IncidentField::recruitment, IncidentField::status};

void require_band_starts(std::span<const int> starts) {
  const bool ascend =
      std::adjacent_find(starts.begin(), starts.end(), std::greater_equal<>()) == starts.end();
  if (starts.empty() || starts.front() != 0 || !ascend)
    throw OptionError("age bands must start at 0, and each later than the one before");
}

bool on_earth(Point p) { return std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0; }

/// The parts between ; and |, without blanks around them and without empty ones.
std::vector<std::string> parts(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t end = text.find_first_of(";|");
    const std::string_view part = detail::trimmed(text.substr(0, end));
    if (!part.empty()) out.emplace_back(part);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

class IncidentReader {
 public:
  IncidentReader(const FeatureTable& table, const IncidentOptions& options)
      : table_(table), options_(options) {
    out_.id = table.ids;
    out_.report.read(table.source, table.name, table.size());
    for (const IncidentField field : incident_fields()) find(field);
  }

  IncidentRecords run() {
    read_points();
    read_precision();
    read_dates();
    read_counts();
    for (const IncidentField field : kTextFields) read_texts(field);
    read_ages();
    report_repeats();
    out_.report.sort();
    return std::move(out_);
  }

 private:
  void find(IncidentField field) {
    const auto given = options_.columns.find(field);
    const Column* column =
        given != options_.columns.end() ? &table_.column(given->second) : table_.find(standard_name(field));
    if (column == nullptr) column = table_.find(name(field));
    if (column == nullptr) return;
    columns_[field] = column;
    out_.read_from[field] = column->name();
  }

  bool has(IncidentField field) const { return columns_.contains(field); }

  /// Without blanks around it; nothing where the field is not there, missing or empty.
  std::optional<std::string> text(IncidentField field, std::size_t row) const {
    const auto found = columns_.find(field);
    if (found == columns_.end()) return std::nullopt;
    const auto value = found->second->text(row);
    if (!value) return std::nullopt;
    const std::string_view trimmed = detail::trimmed(*value);
    return trimmed.empty() ? std::nullopt : std::optional<std::string>(trimmed);
  }

  std::optional<double> number(IncidentField field, std::size_t row) const {
    const auto found = columns_.find(field);
    return found == columns_.end() ? std::nullopt : found->second->number(row);
  }

  void add(Outcome outcome, std::size_t row, std::string reason) {
    out_.report.add(outcome, {table_.source, table_.name, table_.ids[row]}, std::move(reason));
  }
  void doubt(std::size_t row, std::string reason) { add(Outcome::doubtful, row, std::move(reason)); }

  std::optional<Point> located(std::size_t row) const {
    if (table_.has_geometry()) {
      const Geometry& geometry = table_.geometries[row];
      if (geometry.type == GeometryType::point && !geometry.empty()) return geometry.points.front();
    }
    const auto x = number(IncidentField::longitude, row), y = number(IncidentField::latitude, row);
    return x && y ? std::optional<Point>({*x, *y}) : std::nullopt;
  }

  void read_points() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      auto point = located(row);
      if (!point) {
        doubt(row, "no point");
      } else if (!on_earth(*point)) {
        doubt(row, "point is not on the earth");
        point.reset();
      }
      out_.point.push_back(point);
    }
  }

  LocationPrecision precision(std::size_t row) {
    if (!has(IncidentField::precision))
      return out_.point[row] ? LocationPrecision::point : LocationPrecision::unknown;
    const auto word = text(IncidentField::precision, row);
    const auto known = word ? parse_precision(*word) : std::nullopt;
    if (!word) doubt(row, "no precision");
    if (word && !known) doubt(row, "precision cannot be read");
    return known.value_or(LocationPrecision::unknown);
  }

  void read_precision() {
    for (std::size_t row = 0; row < table_.size(); ++row) out_.precision.push_back(precision(row));
  }

  /// Nothing, with an entry, where it is missing or cannot be read.
  std::optional<TimeSpan> date(IncidentField field, std::size_t row) {
    const auto word = text(field, row);
    if (!word) return std::nullopt;
    const auto span = parse_time_span(*word);
    if (!span) doubt(row, name(field) + " cannot be read");
    return span;
  }

  std::optional<TimeSpan> when(std::size_t row) {
    const auto first = date(IncidentField::date, row), last = date(IncidentField::date_end, row);
    if (!text(IncidentField::date, row)) doubt(row, "no date");
    if (!first) return std::nullopt;
    const auto both = last ? from_to(*first, *last) : first;
    if (!both) doubt(row, "date_end is before date");
    return both;
  }

  void read_dates() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      out_.when.push_back(has(IncidentField::date) ? when(row) : std::nullopt);
    }
  }

  void read_counts() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      if (!has(IncidentField::count)) {
        out_.count.push_back({1, 1});
        continue;
      }
      const auto word = text(IncidentField::count, row);
      const auto count = word ? parse_count(*word, options_.censoring) : std::nullopt;
      if (!word) doubt(row, "no count");
      if (word && !count) doubt(row, "count cannot be read");
      out_.count.push_back(count.value_or(CountInterval{0, std::nullopt}));
    }
  }

  std::string in_standard_spelling(IncidentField field, std::string value, std::size_t row) {
    if (standard_values(field).empty()) return value;
    auto standard = standard_value(field, value);
    if (!standard) {
      doubt(row, name(field) + " is not in the standard's list");
      return value;
    }
    if (*standard != value) add(Outcome::repaired, row, name(field) + " in the standard's spelling");
    return *std::move(standard);
  }

  std::vector<std::string> values(IncidentField field, std::size_t row) {
    const auto word = text(field, row);
    if (!word) {
      // An age may still say the band.
      if (field != IncidentField::age_band) doubt(row, "no " + name(field));
      return {};
    }
    std::vector<std::string> several = takes_several(field) ? parts(*word) : std::vector{*word};
    for (std::string& value : several) value = in_standard_spelling(field, std::move(value), row);
    std::sort(several.begin(), several.end());
    several.erase(std::unique(several.begin(), several.end()), several.end());
    return several;
  }

  void read_texts(IncidentField field) {
    auto& column = out_.texts[field];
    column.resize(table_.size());
    if (!has(field)) return;
    for (std::size_t row = 0; row < table_.size(); ++row) column[row] = values(field, row);
  }

  std::optional<double> age(std::size_t row) {
    const auto years = number(IncidentField::age, row);
    if (!years) {
      if (text(IncidentField::age, row)) doubt(row, "age cannot be read");
      return std::nullopt;
    }
    if (*years >= 0.0 && *years <= kLargestAge) return years;
    doubt(row, "age is not between 0 and 120");
    return std::nullopt;
  }

  void read_ages() {
    auto& bands = out_.texts[IncidentField::age_band];
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const auto years = age(row);
      out_.age.push_back(years);
      if (years && bands[row].empty()) bands[row] = {age_band(*years, options_.band_starts)};
      const bool asked = has(IncidentField::age) || has(IncidentField::age_band);
      if (asked && bands[row].empty()) doubt(row, "no age");
    }
  }

  /// Everything that was read of a row, as one text.
  std::string content(std::size_t row) const {
    std::string all;
    if (const auto point = located(row)) all = std::to_string(point->x) + " " + std::to_string(point->y);
    for (const auto& [field, column] : columns_) all += '\x1f' + column->text(row).value_or("\x1e");
    return all;
  }

  void report_repeats() {
    std::map<std::string, std::size_t> rows;
    std::vector<std::string> contents;
    for (std::size_t row = 0; row < table_.size(); ++row) ++rows[contents.emplace_back(content(row))];
    for (std::size_t row = 0; row < table_.size(); ++row)
      if (rows[contents[row]] > 1) doubt(row, "the same as another row");
  }

  const FeatureTable& table_;
  const IncidentOptions& options_;
  std::map<IncidentField, const Column*> columns_;
  IncidentRecords out_;
};

}  // namespace

std::string age_band(double age, std::span<const int> band_starts) {
  const auto after = std::upper_bound(band_starts.begin(), band_starts.end(), age);
  if (after == band_starts.begin()) throw OptionError("there is no age band below the first");
  const std::string start = std::to_string(*(after - 1));
  return after == band_starts.end() ? start + "+" : start + "-" + std::to_string(*after - 1);
}

IncidentRecords read_incidents(const FeatureTable& table, const IncidentOptions& options) {
  require_band_starts(options.band_starts);
  return IncidentReader(table, options).run();
}

}  // namespace waywarden
