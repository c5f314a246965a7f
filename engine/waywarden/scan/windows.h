#pragma once

/// The windows that a scan looks through, in rows. A row belongs to one centre and one shape. Either its
/// windows are *nested*: each is the one before and one place more, so that a row is a list of places and its
/// windows are the prefixes of it; or they form a *tree*: a window is its parent and one place more, and the
/// row lists them depth first. Places that are equally far enter a nested window together.
///
/// 4 bytes per member (5 in a tree), at most `kMostSteps` members in all.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

struct WindowLimits {
  /// At most this share of the total measure (people; cases and controls; cases) in a window.
  double share = 0.5;
  /// No member farther from the centre than this, in the unit of the coordinates.
  std::optional<double> distance = std::nullopt;
};
/// Throws `OptionError` unless 0 < share <= 1 and the distance is finite and positive.
void require_valid(const WindowLimits& limits);

inline constexpr std::size_t kMostSteps = std::size_t{1} << 28;

struct Windows {
  /// Set on a member after which no window ends, because the next one is equally far.
  static constexpr std::uint32_t kOpen = std::uint32_t{1} << 31;

  /// Row r is [first[r], first[r + 1]) of `member` and `depth`.
  std::vector<std::size_t> first{0};
  std::vector<std::uint32_t> member;
  /// Number of members of the window that ends here; empty where rows are nested.
  std::vector<std::uint8_t> depth;

  /// Per row: the place in its middle, longer over shorter axis, direction of the longer one in degrees
  /// counter-clockwise from x in (-90, 90], and the factor of the log-likelihood ratio.
  std::vector<std::uint32_t> centre;
  std::vector<double> shape;
  std::vector<double> angle;
  std::vector<double> factor;

  std::size_t rows() const { return centre.size(); }
  std::span<const std::uint32_t> steps(std::size_t row) const {
    return {member.data() + first[row], first[row + 1] - first[row]};
  }
  std::span<const std::uint8_t> depths(std::size_t row) const {
    if (depth.empty()) return {};
    return {depth.data() + first[row], first[row + 1] - first[row]};
  }
  std::size_t deepest() const;
};

/// The members of the window that ends at a step of a row, ascending.
std::vector<std::uint32_t> members(const Windows& windows, std::size_t row, std::size_t step);

/// What is shared by those who make rows of places by distance.
struct ReachedPlace {
  double distance = 0.0;
  std::uint32_t place = 0;
};

/// Sorted by (distance, place), cut off before the share of the measure is exceeded, places equally far
/// (within a relative 1e-11) in or out together. `full` says that the share was what ended it, at `end`, the
/// distance of the first place left out.
struct NestedRow {
  std::vector<std::uint32_t> member;
  bool full = false;
  double end = 0.0;
};
NestedRow nested_row(std::vector<ReachedPlace>& reached, std::span<const double> measure, double most);

/// The most measure a window may hold.
double most_measure(std::span<const double> measure, const WindowLimits& limits);

/// Appends nested rows of one shape, one per place. Throws `OptionError` beyond `kMostSteps`.
void append_rows(Windows& windows, std::span<const NestedRow> rows, double shape, double angle,
                 double factor);

}  // namespace waywarden
