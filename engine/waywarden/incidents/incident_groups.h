#pragma once

/// How many people in each group: by sex, age band, kind of exploitation, country, or several of these
/// together. Counts that were published as ranges stay ranges. A record with two kinds of exploitation counts
/// in both, so groups by kind can add up to more than there are people: `repeated` says how many records did.

#include <span>
#include <string>
#include <vector>

#include "waywarden/incidents/incident_table.h"

namespace waywarden {

struct IncidentGroups {
  std::vector<IncidentField> fields;
  /// Per group, one value per field; "unknown" where records do not say. In the order of the values.
  std::vector<std::vector<std::string>> values;
  std::vector<CountInterval> count;
  /// Records in the group, whatever they count.
  std::vector<std::size_t> records;
  /// Records that are in more than one group.
  std::size_t repeated = 0;
};

/// Throws `OptionError` for no fields, a field twice, or one that is not a text (`IncidentRecords::texts`).
IncidentGroups count_by_group(const IncidentRecords& incidents, std::span<const IncidentField> fields);

}  // namespace waywarden
