#include "waywarden/incidents/written_position.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/incidents/detail/angle_text.h"
#include "waywarden/incidents/detail/grid_position.h"

namespace waywarden {
namespace {

using detail::Angle;
using detail::Axis;

constexpr double kMetresPerDegree = 111'195.0;
/// Longer texts are no positions, and regular expressions do not like them.
constexpr std::size_t kLongestText = 200;

WrittenPosition unread(std::string trouble) {
  WrittenPosition position;
  position.trouble = std::move(trouble);
  return position;
}

bool is_latitude(double degrees) { return std::abs(degrees) <= 90.0; }
bool is_longitude(double degrees) { return std::abs(degrees) <= 180.0; }

WrittenPosition joined(const Angle& longitude, const Angle& latitude, std::string trouble) {
  const bool sexagesimal = longitude.sexagesimal || latitude.sexagesimal;
  return {sexagesimal ? PositionForm::sexagesimal : PositionForm::decimal,
          {longitude.degrees, latitude.degrees},
          std::min(longitude.accuracy, latitude.accuracy) * kMetresPerDegree,
          std::move(trouble),
          {}};
}

WrittenPosition checked(const Angle& longitude, const Angle& latitude) {
  const bool fits = is_latitude(latitude.degrees) && is_longitude(longitude.degrees);
  return fits ? joined(longitude, latitude, "") : unread("outside the range of degrees");
}

/// Two angles of which neither says what it is.
WrittenPosition by_order(const Angle& longitude, const Angle& latitude) {
  const bool fits = is_latitude(latitude.degrees) && is_longitude(longitude.degrees);
  const bool fits_swapped = is_latitude(longitude.degrees) && is_longitude(latitude.degrees);
  if (!fits && fits_swapped) return joined(latitude, longitude, "latitude and longitude are swapped");
  return checked(longitude, latitude);
}

WrittenPosition from_pair(Angle first, Angle second, AngleOrder order) {
  if (first.axis == Axis::unknown && second.axis == Axis::unknown)
    return order == AngleOrder::latitude_first ? by_order(second, first) : by_order(first, second);
  if (first.axis == Axis::unknown || second.axis == Axis::unknown)
    return unread("only one of the angles says whether it is north or east");
  if (first.axis == second.axis) return unread("both angles are of the same axis");
  if (first.axis == Axis::latitude) std::swap(first, second);
  return checked(first, second);
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

WrittenPosition read_one(const std::string& text, AngleOrder order, detail::GridReader& grids) {
  if (is_blank(text)) return unread("nothing is written");
  if (text.size() > kLongestText) return unread("too long for a position");
  // First, because the letters of a square can spell a word: 18SUL, sul being the Portuguese south.
  WrittenPosition position = grids.read(text);
  if (position.form != PositionForm::none || !position.trouble.empty()) return position;
  const auto angles = detail::angles_in(text);
  if (angles && angles->size() == 2) return from_pair(angles->front(), angles->back(), order);
  return unread("not understood as a position");
}

std::optional<Angle> single_angle(const std::string& text, Axis axis) {
  const auto angles = text.size() > kLongestText ? std::nullopt : detail::angles_in(text);
  if (!angles || angles->size() != 1) return std::nullopt;
  const Angle angle = angles->front();
  return angle.axis == Axis::unknown || angle.axis == axis ? std::optional(angle) : std::nullopt;
}

WrittenPosition read_columns(const std::string& x, const std::string& y) {
  if (is_blank(x) && is_blank(y)) return unread("nothing is written");
  const auto longitude = single_angle(x, Axis::longitude), latitude = single_angle(y, Axis::latitude);
  if (longitude && latitude) return by_order(*longitude, *latitude);
  const auto other_x = single_angle(x, Axis::latitude), other_y = single_angle(y, Axis::longitude);
  if (!other_x || !other_y) return unread("not understood as a position");
  WrittenPosition position = checked(*other_y, *other_x);
  if (position.trouble.empty()) position.trouble = "latitude and longitude are swapped";
  return position;
}

}  // namespace

std::string name(PositionForm form) {
  switch (form) {
    case PositionForm::none:
      return "none";
    case PositionForm::decimal:
      return "decimal";
    case PositionForm::sexagesimal:
      return "sexagesimal";
    case PositionForm::utm:
      return "utm";
    case PositionForm::mgrs:
      return "mgrs";
  }
  return "";
}

std::vector<WrittenPosition> read_positions(std::span<const std::string> texts, AngleOrder order) {
  detail::GridReader grids;
  std::vector<WrittenPosition> positions;
  positions.reserve(texts.size());
  for (const std::string& text : texts) positions.push_back(read_one(text, order, grids));
  return positions;
}

std::vector<WrittenPosition> read_angles(std::span<const std::string> longitudes,
                                         std::span<const std::string> latitudes) {
  if (longitudes.size() != latitudes.size())
    throw OptionError("there must be one latitude for each longitude");
  std::vector<WrittenPosition> positions;
  positions.reserve(longitudes.size());
  for (std::size_t i = 0; i < longitudes.size(); ++i)
    positions.push_back(read_columns(longitudes[i], latitudes[i]));
  return positions;
}

}  // namespace waywarden
