#pragma once

/// Counter-based random streams (Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
/// easy as 1, 2, 3", SC 2011). A stream is a pure function of (seed, item, purpose): the same on every
/// thread, in any order, and independent of how many other streams were drawn.

#include <array>
#include <cstdint>

namespace waywarden {

/// The block function itself: ten rounds over a 128-bit counter with a 64-bit key.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

class RandomStream {
 public:
  /// Streams that differ in any of the three are independent.
  RandomStream(std::uint64_t seed, std::uint64_t item, std::uint32_t purpose = 0);

  std::uint32_t bits();
  /// In the open interval (0, 1), 52 random bits.
  double uniform();
  /// Standard normal (Box-Muller).
  double normal();
  /// Gamma with the given shape > 0 and scale 1 (Marsaglia and Tsang 2000; boosted below shape 1).
  double gamma(double shape);
  /// Uniform integer in [0, bound), bound > 0, without bias (Lemire 2019).
  std::uint32_t below(std::uint32_t bound);

 private:
  void refill();

  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> block_{};
  unsigned used_ = 4;
};

}  // namespace waywarden
