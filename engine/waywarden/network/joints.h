#pragma once

/// Where lines are joined: at vertices that several lines of a level share, and, whatever the levels, where a
/// line ends that is the only one of its level there (where a bridge begins).

#include <cstdint>
#include <vector>

#include "waywarden/network/noding.h"

namespace waywarden {

class Joints {
 public:
  /// O(vertices).
  explicit Joints(const std::vector<Link>& lines);

  /// Vertices are numbered from 0 through all lines, in their order.
  bool joined(std::size_t vertex) const { return here_[vertex_[vertex]].joined; }

 private:
  /// A vertex of one level, or several that are equal.
  struct Here {
    Point point;
    std::int16_t level = 0;
    bool joined = false;
  };

  std::uint32_t note(Point p, std::int16_t level);
  void join_all_levels(Point p);
  std::size_t slot_of(Point p) const;
  std::size_t after(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  /// Open addressing: positions in `here_`, or `kFree`.
  static constexpr std::uint32_t kFree = static_cast<std::uint32_t>(-1);
  std::vector<std::uint32_t> slots_;
  std::vector<Here> here_;
  /// Position in `here_` of each vertex.
  std::vector<std::uint32_t> vertex_;
};

}  // namespace waywarden
