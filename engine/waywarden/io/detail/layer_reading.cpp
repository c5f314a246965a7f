#include "waywarden/io/detail/layer_reading.h"

#include <algorithm>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/base/limit_error.h"
#include "waywarden/io/detail/dataset.h"

namespace waywarden::detail {
namespace {

constexpr std::uint64_t kRowsBetweenChecks = 1000;

std::string features(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " feature" : " features");
}

}  // namespace

LayerReading::LayerReading(OGRLayerH layer, FeatureTable table, const ReadOptions& options,
                           ShapefileCheck check)
    : layer_(layer),
      table_(std::move(table)),
      options_(options),
      check_(std::move(check)),
      has_geometry_(detail::has_geometry(layer)) {
  choose_columns();
}

void LayerReading::enter(Outcome outcome, const std::string& feature, const std::string& reason,
                         const std::string& detail) {
  report_.add(outcome, {table_.source, table_.name, feature}, reason, detail);
}

void LayerReading::choose_columns() {
  std::set<std::string> wanted(options_.columns.begin(), options_.columns.end());
  if (!wanted.empty()) wanted.insert({options_.id_column, options_.x_column, options_.y_column});
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
  const std::vector<std::string> names = column_names(layer_);
  for (int i = 0; i < static_cast<int>(names.size()); ++i) {
    const std::string& name = names[static_cast<std::size_t>(i)];
    OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
    if (name != text_of(OGR_Fld_GetNameRef(field)))
      enter(Outcome::repaired, "", "column renamed", "to " + name);
    if (wanted.empty() || wanted.contains(name)) columns_.emplace_back(field, i, name, options_.encoding);
  }
}

ReadResult LayerReading::run(const GdalSession& session, const Execution& execution) {
  const GIntBig announced = OGR_L_GetFeatureCount(layer_, 0);
  execution.start("reading " + table_.name, announced < 0 ? 0 : static_cast<std::uint64_t>(announced));
  read_all(session, execution);
  for (ColumnReader& column : columns_) table_.add(column.finish());
  report_check();
  report_whole_layer(announced < 0 ? seen_ : static_cast<std::uint64_t>(announced));
  report_complaints(session);
  report_.read(table_.source, table_.name, seen_);
  return {std::move(table_), std::move(report_)};
}

void LayerReading::read_all(const GdalSession& session, const Execution& execution) {
  OGR_L_ResetReading(layer_);
  for (;;) {
    if (seen_ % kRowsBetweenChecks == 0) execution.check();
    check_time();
    const std::uint64_t failures = session.failures();
    const Feature feature(OGR_L_GetNextFeature(layer_));
    stopped_early_ = !feature && session.failures() > failures;
    if (!feature) break;
    if (++seen_ > options_.max_features)
      throw LimitError({table_.source, table_.name, ""}, "too many features");
    take(feature.get());
    execution.advance();
  }
  if (seen_ == 0 && session.failures() > 0) {
    throw FileError({table_.source, table_.name, ""}, "cannot be read: " + session.first_complaint());
  }
}

void LayerReading::check_time() const {
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun_;
  if (options_.max_time.value > 0.0 && taken.count() > options_.max_time.value)
    throw LimitError({table_.source, table_.name, ""}, "reading takes longer than allowed");
}

std::string LayerReading::damage_of(std::int64_t row) const {
  const auto found =
      std::lower_bound(check_.damaged.begin(), check_.damaged.end(), row,
                       [](const auto& a, std::int64_t b) { return static_cast<std::int64_t>(a.row) < b; });
  const bool hit = found != check_.damaged.end() && static_cast<std::int64_t>(found->row) == row;
  return hit ? found->reason : "";
}

void LayerReading::take(OGRFeatureH feature) {
  const std::int64_t row = OGR_F_GetFID(feature);
  const std::string id = std::to_string(row);
  if (const std::string damage = damage_of(row); !damage.empty()) return enter(Outcome::skipped, id, damage);
  if (!has_geometry_) return take_row(feature, id, {});
  GeometryReading reading = read_geometry(OgrGeometry(OGR_F_StealGeometry(feature)));
  if (!reading.unusable.empty()) return enter(Outcome::skipped, id, reading.unusable);
  note_changes(reading, id);
  vertices_ += reading.geometry.points.size();
  if (vertices_ > options_.max_vertices)
    throw LimitError({table_.source, table_.name, id}, "too many vertices");
  bytes_ += sizeof(Geometry) + reading.geometry.points.size() * sizeof(Point);
  take_row(feature, id, std::move(reading.geometry));
}

void LayerReading::note_changes(const GeometryReading& reading, const std::string& id) {
  with_z_ += reading.had_z;
  with_m_ += reading.had_m;
  if (!reading.repaired.empty()) enter(Outcome::repaired, id, reading.repaired);
  if (reading.geometry.type == GeometryType::none) enter(Outcome::doubtful, id, "null geometry");
}

void LayerReading::take_row(OGRFeatureH feature, const std::string& id, Geometry geometry) {
  const auto row = static_cast<std::uint64_t>(std::max<GIntBig>(0, OGR_F_GetFID(feature)));
  table_.ids.push_back(id);
  if (has_geometry_) table_.geometries.push_back(std::move(geometry));
  for (ColumnReader& column : columns_) {
    const ShapefileCheck::Cell cell{row, static_cast<std::size_t>(column.field())};
    if (std::binary_search(check_.not_numbers.begin(), check_.not_numbers.end(), cell)) {
      column.append_missing();
      enter(Outcome::repaired, id, "cell that is not a number taken as missing", "column " + column.name());
    } else if (const CellTrouble trouble = column.append(feature); !trouble.empty()) {
      enter(Outcome::repaired, id, trouble, "column " + column.name());
    }
    bytes_ += column.newest_bytes();
  }
  if (bytes_ > options_.max_bytes)
    throw LimitError({table_.source, table_.name, id}, "the table grows past the memory allowed");
}

void LayerReading::report_check() {
  for (const auto& [row, reason] : check_.doubtful) enter(Outcome::doubtful, std::to_string(row), reason);
  for (const std::uint64_t row : check_.deleted)
    enter(Outcome::skipped, std::to_string(row), "row is marked as deleted");
  for (const auto& [reason, detail] : check_.missing) enter(Outcome::skipped, "", reason, detail);
  for (const auto& [reason, detail] : check_.remarks) enter(Outcome::doubtful, "", reason, detail);
}

void LayerReading::report_whole_layer(std::uint64_t announced) {
  if (with_z_ > 0) enter(Outcome::repaired, "", "z dropped", features(with_z_));
  if (with_m_ > 0) enter(Outcome::repaired, "", "m dropped", features(with_m_));
  if (stopped_early_)
    enter(Outcome::skipped, "", "the file is damaged: reading stopped early", features(seen_) + " read");
  if (announced > seen_) {
    enter(Outcome::doubtful, "", "fewer features than announced",
          std::to_string(announced) + " announced, " + std::to_string(seen_) + " read");
  }
  if (states_unknown_encoding(layer_)) enter(Outcome::doubtful, "", "the .cpg names an unknown encoding");
  if (seen_ == 0) enter(Outcome::doubtful, "", "no features");
  if (OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(layer_)) > 1) {
    enter(Outcome::doubtful, "", "several geometry columns: the first is used");
  }
}

void LayerReading::report_complaints(const GdalSession& session) {
  for (const Complaint& complaint : session.complaints()) {
    const bool failure = complaint.severity == Severity::failure;
    const std::string times = complaint.times > 1 ? " (" + std::to_string(complaint.times) + " times)" : "";
    enter(Outcome::doubtful, "", failure ? "error while reading" : "warning while reading",
          complaint.text + times);
  }
}

}  // namespace waywarden::detail
