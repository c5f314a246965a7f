#pragma once

/// What every way of finding density-based clusters ends with, in canonical order.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/clusters/dbscan.h"

namespace waywarden::detail {

struct Density {
  std::vector<std::uint8_t> core;
  /// As `labels` takes them.
  std::vector<std::uint32_t> cluster;
};

/// Throws `OptionError` for a radius that is not positive or finite, or `least` of 0.
void require_density(double radius, std::size_t least);

/// Throws `InputError` unless there is one time per point, each within 2^61 of 0, and `OptionError` for a
/// negative duration.
void require_times(std::size_t points, std::span<const std::int64_t> times, std::int64_t duration);

DbscanResult result_of(const Density& density, std::span<const std::uint32_t> order);

}  // namespace waywarden::detail
