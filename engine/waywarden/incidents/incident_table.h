#pragma once

/// Records of incidents read from a table, field by field, into types. Every row stays: what is missing is
/// missing, what cannot be read is left out of its row, and both are entries of the report, which names the
/// row's id and never the value.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"
#include "waywarden/incidents/count_interval.h"
#include "waywarden/incidents/incident_field.h"
#include "waywarden/incidents/location_precision.h"
#include "waywarden/incidents/time_span.h"

namespace waywarden {

struct IncidentOptions {
  /// Columns by field. A field that is not here is read from the column with the standard's name, or else
  /// from the one with our name; where neither is there, no row has it.
  std::map<IncidentField, std::string> columns = {};
  /// The first year of each age band, ascending from 0: the bands of the Counter-Trafficking Data
  /// Collaborative.
  std::vector<int> band_starts = {0, 9, 18, 21, 24, 27, 30, 39, 48};
  CensoringRule censoring = {};
};

/// One entry per row in every column.
struct IncidentRecords {
  std::vector<std::string> id;
  /// Longitude and latitude, from the geometry, or else from the two columns.
  std::vector<std::optional<Point>> point;
  std::vector<LocationPrecision> precision;
  std::vector<std::optional<TimeSpan>> when;
  /// 1 where there is no such column; from 0 on without end where it is missing or cannot be read.
  std::vector<CountInterval> count;
  std::vector<std::optional<double>> age;
  /// Values of event, country, place, gender, age_band, exploitation, recruitment and status: none where
  /// missing, several in some; each in the standard's spelling where it is in the standard's list.
  std::map<IncidentField, std::vector<std::vector<std::string>>> texts;
  /// Which column was read for which field.
  std::map<IncidentField, std::string> read_from;
  ImportReport report;

  std::size_t size() const { return id.size(); }
};

/// The band of an age, "9-17" or "48+"; nothing below 0 or for starts that do not ascend from 0.
std::string age_band(double age, std::span<const int> band_starts);

/// Geometry, where there is one, holds longitudes and latitudes. Entries of the report: missing and
/// unreadable fields, values that are not in the standard's list, points not on the earth, ages below 0 or
/// above 120, dates that end before they begin (all doubtful: the row is used without the field), values
/// brought to the standard's spelling (repaired), and rows that repeat another one in all that is read
/// (doubtful: both are used). Throws `InputError` for a column of `columns` that is not there, `OptionError`
/// for band starts that do not ascend from 0.
IncidentRecords read_incidents(const FeatureTable& table, const IncidentOptions& options = {});

}  // namespace waywarden
