#pragma once

/// Sites sorted into cells so narrow that, rounding apart, all sites of one cell are within reach of each
/// other, and those within reach of a site lie in cells next to its own or one further.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/clusters/detail/reach.h"

namespace waywarden::detail {

class CellGrid {
 public:
  /// Throws `OptionError` where the radius is too small to tell cells apart.
  explicit CellGrid(const ReachableSites& all);

  std::size_t cells() const { return first_.size() - 1; }
  /// Ascending.
  std::span<const std::uint32_t> sites(std::size_t cell) const {
    return {members_.data() + first_[cell], first_[cell + 1] - first_[cell]};
  }
  std::size_t cell_of(std::size_t site) const { return cell_of_[site]; }
  /// Whether all sites of the cell are certainly within reach of each other.
  bool whole(std::size_t cell) const { return whole_[cell] != 0; }
  /// Other cells that may hold sites within reach, nearest first.
  std::span<const std::uint32_t> around(std::size_t cell) const {
    return {around_.data() + around_first_[cell], around_first_[cell + 1] - around_first_[cell]};
  }

 private:
  using Key = std::array<std::int64_t, 4>;

  std::vector<Key> keys(const ReachableSites& all) const;
  void group(const std::vector<Key>& keys);
  void judge(const ReachableSites& all);
  void connect(const std::vector<Key>& keys, const ReachableSites& all);

  std::vector<std::size_t> first_{0};
  std::vector<std::uint32_t> members_;
  std::vector<std::uint32_t> cell_of_;
  std::vector<std::uint8_t> whole_;
  std::vector<std::size_t> around_first_{0};
  std::vector<std::uint32_t> around_;
};

}  // namespace waywarden::detail
