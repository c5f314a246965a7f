#pragma once

/// Positions as people write them, as longitude and latitude on WGS 84: decimal degrees, degrees with minutes
/// and seconds in the usual spellings (signs, words or blanks between the numbers, N S E W before or after,
/// decimal points or commas), UTM and MGRS. What can be read in two ways is not read at all: the result then
/// says so and lists both. Complexity: linear in the text; UTM and MGRS ask PROJ, one transformation kept per
/// zone. Source of MGRS: NGA.STND.0037 (2014), lettering scheme AA.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

enum class AngleOrder : std::uint8_t { latitude_first, longitude_first };

enum class PositionForm : std::uint8_t { none, decimal, sexagesimal, utm, mgrs };

std::string name(PositionForm form);

struct WrittenPosition {
  /// `none` where nothing was read.
  PositionForm form = PositionForm::none;
  Point point;
  /// How far off the writing alone leaves it, in metres: half a unit of the last digit (of a degree, a minute
  /// or a second along the meridian) of the angle that is written more finely, because spreadsheets lose
  /// trailing zeros; half the side of an MGRS square.
  double accuracy_m = 0.0;
  /// Why nothing was read, or what is odd; empty where all is well.
  std::string trouble;
  /// The readings between which the text does not decide; empty unless `trouble` says that it is ambiguous.
  std::vector<Point> readings;
};

/// `order` is that of two angles without letters. Two angles that fit only the other order are read so, with
/// `trouble` saying that they are swapped.
std::vector<WrittenPosition> read_positions(std::span<const std::string> texts,
                                            AngleOrder order = AngleOrder::latitude_first);

/// Two columns, one of each axis, both in any spelling of an angle.
std::vector<WrittenPosition> read_angles(std::span<const std::string> longitudes,
                                         std::span<const std::string> latitudes);

}  // namespace waywarden
