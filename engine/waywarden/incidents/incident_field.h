#pragma once

/// What a record of an incident says, by our short names and by those of the Human Trafficking Case Data
/// Standard 2.0 (IOM; CC BY 4.0), prefix included, with the standard's lists of values. Only fields that
/// statistics of places and groups need; none that names a person.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace waywarden {

enum class IncidentField : std::uint8_t {
  event,         ///< hte_Type: recruitment, transit or exploitation
  date,          ///< hte_Date, or the first date it may have happened
  date_end,      ///< the last date it may have happened; the standard has none
  longitude,     ///< hte_Longitude
  latitude,      ///< hte_Latitude
  country,       ///< hte_Country
  place,         ///< hte_City
  gender,        ///< prs_Gender
  age,           ///< vic_AgeWhenTrafficked, in years
  age_band,      ///< the standard has none
  exploitation,  ///< vic_TypeOfExploitation; several are separated by ; or |
  recruitment,   ///< vic_MethodOfRecruitment; several likewise
  status,        ///< vic_TraffickingStatus
  count,         ///< how many people a row stands for; the standard has none
  precision,     ///< how exactly the place is known; the standard has none
};

/// All of them, in order.
std::span<const IncidentField> incident_fields();

/// "event", "date", ...
std::string name(IncidentField field);
/// The inverse; nothing for other words.
std::optional<IncidentField> incident_field(std::string_view name);
/// The standard's name, "" where it has none.
std::string_view standard_name(IncidentField field);
/// Whether a record may give several values.
bool takes_several(IncidentField field);

/// The standard's values, empty where any text will do.
std::span<const std::string_view> standard_values(IncidentField field);

/// The standard's spelling of a value or of its label ("Forced labour" is ForcedLabour), letters and digits
/// compared without case; nothing for a value that is not in the list.
std::optional<std::string> standard_value(IncidentField field, std::string_view text);

}  // namespace waywarden
