#pragma once

/// How far it is along the lines: a search outwards from one position (Dijkstra 1959), as far as a limit. Its
/// workspace is as large as the network and is reused, so a search costs O(visited log visited) however large
/// the network is. One object per thread.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

class LineSearch {
 public:
  struct Reached {
    std::uint32_t node = 0;
    /// Metres.
    double distance = 0.0;
  };

  static constexpr double kFar = std::numeric_limits<double>::infinity();

  /// The network must outlive the search.
  explicit LineSearch(const LinearNetwork& network);

  /// All nodes at most `limit` away, by (distance, node); valid until the next search. Throws `InputError`
  /// for a position that is not on the network, `OptionError` for a limit that is negative or NaN.
  std::span<const Reached> from(LinePosition origin, double limit = kFar);
  /// Distance from the last origin to a position; `kFar` where it is beyond the limit or out of reach. Throws
  /// `OptionError` before the first search.
  double distance_to(LinePosition position) const;
  /// The same for a node.
  double distance_to_node(std::size_t node) const { return settled(node) ? distance_[node] : kFar; }

 private:
  struct Entry {
    double distance;
    std::uint32_t node;
  };

  bool settled(std::size_t node) const { return round_[node] == now_ && settled_[node] != 0; }
  void start(LinePosition origin);
  void lower(std::uint32_t node, double distance);
  void settle(Entry entry);

  const LinearNetwork* network_;
  LinePosition origin_{};
  double limit_ = 0.0;
  /// Entries of other rounds than the present one are out of date.
  std::uint32_t now_ = 0;
  std::vector<std::uint32_t> round_;
  std::vector<std::uint8_t> settled_;
  std::vector<double> distance_;
  std::vector<Entry> heap_;
  std::vector<Reached> reached_;
};

}  // namespace waywarden
