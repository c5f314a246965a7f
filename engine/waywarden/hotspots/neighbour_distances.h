#pragma once

/// Who is near whom, and how far: the raw material of weights by distance. `binary` (weights.h) makes
/// neighbours of it, `kernel_weights` weights that fall off.
///
/// Row i lists other points in ascending order of index, never i itself. Coincident points are neighbours at
/// distance 0 like any other. Where several are equally far, those with the smaller coordinates (x, then y),
/// then the smaller index, come first, so answers do not depend on the order of rows beyond renumbering them.
/// A point without neighbours keeps its row, empty. Distances are in metres on WGS 84 (`globe`; longitudes
/// and latitudes) or in the unit of the coordinates (`plane`). O(log n + answers) per point.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

enum class Surface : std::uint8_t { globe, plane };

struct NeighbourDistances {
  struct Entry {
    std::uint32_t neighbour = 0;
    double distance = 0.0;

    friend constexpr auto operator<=>(const Entry&, const Entry&) = default;
  };

  /// Row i is [first[i], first[i + 1]) of the entries; n + 1 of them.
  std::vector<std::size_t> first{0};
  std::vector<Entry> entries;

  std::size_t size() const { return first.size() - 1; }
  std::span<const Entry> row(std::size_t i) const {
    return {entries.data() + first[i], first[i + 1] - first[i]};
  }
};

/// The k nearest other points, fewer where there are fewer.
NeighbourDistances nearest_distances(std::span<const Point> points, std::size_t k, Surface surface,
                                     const Execution& execution = {});

/// All other points at most `radius` away. Throws `OptionError` for a radius that is negative or not finite.
NeighbourDistances distances_within(std::span<const Point> points, double radius, Surface surface,
                                    const Execution& execution = {});

/// Those of the entries that `keep(i, entry)` says yes to.
NeighbourDistances filtered(const NeighbourDistances& distances,
                            const std::function<bool(std::size_t, const NeighbourDistances::Entry&)>& keep);

/// Entries both near and close in time: at most `span` apart, in the unit of the times. Throws `InputError`
/// for a time that is not finite, or where there is not one per row.
NeighbourDistances within_time(const NeighbourDistances& distances, std::span<const double> times,
                               double span);

/// Fills rows block by block: `row_of(workspace, i)` gives the entries of row i, in any order; see
/// `parallel_for_with_workspace`.
NeighbourDistances distances_by_row(
    std::size_t rows, const Execution& execution,
    const std::function<std::vector<NeighbourDistances::Entry>(std::size_t workspace, std::size_t row)>&
        row_of);

}  // namespace waywarden
