#pragma once

/// Angles and pairs of angles in text.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waywarden::detail {

enum class Axis : unsigned char { unknown, latitude, longitude };

struct Angle {
  double degrees = 0.0;
  /// Half a unit of the last digit written, in degrees.
  double accuracy = 0.0;
  Axis axis = Axis::unknown;
  bool sexagesimal = false;
};

/// The angles in a text, as many as there are; nothing where a part of it is no angle.
std::optional<std::vector<Angle>> angles_in(std::string_view text);

}  // namespace waywarden::detail
