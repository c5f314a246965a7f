#pragma once

/// Modes of movement and kinds of edges: the two classifications that every edge of a network has.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waywarden {

enum class Mode : std::uint8_t { road, rail, sea, air, river, foot, transfer };
inline constexpr std::size_t kModeCount = 7;

enum class EdgeKind : std::uint8_t {
  link,      ///< movement along a feature of an input layer
  transfer,  ///< between a mode and a hub: access, waiting, change of vehicle
  crossing,  ///< over a country border, at one point: length 0, all that a border costs and risks
};

/// What it means that two lines of a mode cross without a shared vertex.
enum class AtCrossings : std::uint8_t { pass, join };

inline constexpr std::array<std::string_view, kModeCount> kModeNames = {"road",  "rail", "sea",     "air",
                                                                        "river", "foot", "transfer"};
inline constexpr std::array<std::string_view, 3> kEdgeKindNames = {"link", "transfer", "crossing"};

inline std::string name(Mode mode) { return std::string(kModeNames[static_cast<std::size_t>(mode)]); }
inline std::string name(EdgeKind kind) { return std::string(kEdgeKindNames[static_cast<std::size_t>(kind)]); }

/// Nothing for a word that is no mode.
std::optional<Mode> mode_named(std::string_view word);

}  // namespace waywarden
