#include "waywarden/incidents/incident_groups.h"

#include <algorithm>
#include <map>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Key = std::vector<std::string>;

constexpr const char* kUnknown = "unknown";

void require_groupable(const IncidentRecords& incidents, std::span<const IncidentField> fields) {
  if (fields.empty()) throw OptionError("groups need a field");
  for (const IncidentField field : fields) {
    if (!incidents.texts.contains(field)) throw OptionError("there are no groups by " + name(field));
    if (std::count(fields.begin(), fields.end(), field) > 1)
      throw OptionError("groups by " + name(field) + " are asked for twice");
  }
}

/// Every combination of one value per field.
std::vector<Key> keys(const IncidentRecords& incidents, std::span<const IncidentField> fields,
                      std::size_t row) {
  std::vector<Key> all(1);
  for (const IncidentField field : fields) {
    std::vector<std::string> values = incidents.texts.at(field)[row];
    if (values.empty()) values.emplace_back(kUnknown);
    std::vector<Key> longer;
    for (const Key& key : all)
      for (const std::string& value : values) longer.emplace_back(key).push_back(value);
    all = std::move(longer);
  }
  return all;
}

}  // namespace

IncidentGroups count_by_group(const IncidentRecords& incidents, std::span<const IncidentField> fields) {
  require_groupable(incidents, fields);
  IncidentGroups groups;
  groups.fields.assign(fields.begin(), fields.end());
  std::map<Key, std::vector<CountInterval>> counts;
  for (std::size_t row = 0; row < incidents.size(); ++row) {
    const std::vector<Key> of_row = keys(incidents, fields, row);
    groups.repeated += of_row.size() > 1 ? 1 : 0;
    for (const Key& key : of_row) counts[key].push_back(incidents.count[row]);
  }
  for (const auto& [key, members] : counts) {
    groups.values.push_back(key);
    groups.count.push_back(sum(members));
    groups.records.push_back(members.size());
  }
  return groups;
}

}  // namespace waywarden
