#pragma once

/// Positions drawn uniformly by length, from a counter-based stream: the same for the same (seed, item),
/// however many others are drawn.

#include <cstdint>
#include <vector>

#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

class UniformPositions {
 public:
  /// The network must outlive this. Throws `InputError` where it has no length.
  explicit UniformPositions(const LinearNetwork& network);

  /// In the order drawn. O(count log edges).
  std::vector<LinePosition> draw(std::size_t count, std::uint64_t seed, std::uint64_t item) const;

 private:
  const LinearNetwork* network_;
  /// Sum of the lengths up to and with each edge.
  std::vector<double> up_to_;
};

}  // namespace waywarden
