#include "waywarden/incidents/incident_field.h"

#include <array>

#include "waywarden/incidents/detail/trimmed.h"

namespace waywarden {
namespace {

struct FieldName {
  IncidentField field;
  std::string_view name;
  std::string_view standard;
};

constexpr std::array kNames = {
    FieldName{IncidentField::event, "event", "hte_Type"},
    FieldName{IncidentField::date, "date", "hte_Date"},
    FieldName{IncidentField::date_end, "date_end", ""},
    FieldName{IncidentField::longitude, "longitude", "hte_Longitude"},
    FieldName{IncidentField::latitude, "latitude", "hte_Latitude"},
    FieldName{IncidentField::country, "country", "hte_Country"},
    FieldName{IncidentField::place, "place", "hte_City"},
    FieldName{IncidentField::gender, "gender", "prs_Gender"},
    FieldName{IncidentField::age, "age", "vic_AgeWhenTrafficked"},
    FieldName{IncidentField::age_band, "age_band", ""},
    FieldName{IncidentField::exploitation, "exploitation", "vic_TypeOfExploitation"},
    FieldName{IncidentField::recruitment, "recruitment", "vic_MethodOfRecruitment"},
    FieldName{IncidentField::status, "status", "vic_TraffickingStatus"},
    FieldName{IncidentField::count, "count", ""},
    FieldName{IncidentField::precision, "precision", ""},
};

constexpr auto kFields = [] {
  std::array<IncidentField, kNames.size()> fields{};
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = kNames[i].field;
  return fields;
}();

const FieldName& entry(IncidentField field) { return kNames.at(static_cast<std::size_t>(field)); }

using Values = std::string_view;

constexpr std::array<Values, 3> kEvents = {"Recruitment", "Transit", "Exploitation"};
constexpr std::array<Values, 6> kGenders = {
    "Feminine",      "Masculine",          "TransgenderFeminine", "TransgenderMasculine",
    "NonConforming", "NonSpecifiedUnknown"};
constexpr std::array<Values, 11> kExploitation = {"ForcedLabour",   "SexualExploitation",
                                                  "ChildLabour",    "ForcedMarriage",
                                                  "Servitude",      "ForcedMilitaryByNonStateActors",
                                                  "OrganRemoval",   "ForcedBegging",
                                                  "ForcedAdoption", "Surrogacy",
                                                  "Other"};
constexpr std::array<Values, 10> kRecruitment = {"AtAPlaceOfBusiness",
                                                 "AtAnEducationalInstitution",
                                                 "AtWork",
                                                 "ThroughOnlineSocialNetworks",
                                                 "ThroughAnOnlineAdvertisement",
                                                 "ThroughATelevisionAdvert",
                                                 "ThroughANewspaperAdvert",
                                                 "ThroughFamilyOrFamilyEvents",
                                                 "ThroughFriendsOrSocialEvents",
                                                 "Other"};
constexpr std::array<Values, 3> kStatus = {"PossibleVictimOfTrafficking", "ActualVictimOfTrafficking",
                                           "NotAVictimOfTrafficking"};

/// The one label that is spelt unlike its value.
constexpr std::string_view kNotSpecifiedLabel = "notspecifiedunknown";

}  // namespace

std::span<const IncidentField> incident_fields() { return kFields; }

std::string name(IncidentField field) { return std::string(entry(field).name); }

std::string_view standard_name(IncidentField field) { return entry(field).standard; }

std::optional<IncidentField> incident_field(std::string_view name) {
  for (const FieldName& field : kNames)
    if (field.name == name) return field.field;
  return std::nullopt;
}

bool takes_several(IncidentField field) {
  return field == IncidentField::exploitation || field == IncidentField::recruitment;
}

std::span<const std::string_view> standard_values(IncidentField field) {
  switch (field) {
    case IncidentField::event:
      return kEvents;
    case IncidentField::gender:
      return kGenders;
    case IncidentField::exploitation:
      return kExploitation;
    case IncidentField::recruitment:
      return kRecruitment;
    case IncidentField::status:
      return kStatus;
    default:
      return {};
  }
}

std::optional<std::string> standard_value(IncidentField field, std::string_view text) {
  const std::string wanted = detail::letters_and_digits(text);
  if (field == IncidentField::gender && wanted == kNotSpecifiedLabel) return "NonSpecifiedUnknown";
  for (const std::string_view value : standard_values(field))
    if (detail::letters_and_digits(value) == wanted) return std::string(value);
  return std::nullopt;
}

}  // namespace waywarden
