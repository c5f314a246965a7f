#pragma once

/// As many counts as fit into 128 bytes, added up and compared at once: those of one cell in many random
/// studies. 16-bit counts wrap round: they are kept less `kCountBias`, so that comparing them as signed
/// numbers is right up to 65,535.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "waywarden/base/multiversion.h"
#include "waywarden/scan/thresholds.h"

namespace waywarden::detail {

template <class Count>
struct LanePart;
template <>
struct LanePart<std::int16_t> {
  using Type = std::int16_t __attribute__((vector_size(32)));
};
template <>
struct LanePart<std::int32_t> {
  using Type = std::int32_t __attribute__((vector_size(32)));
};

template <class Count>
struct alignas(64) CountLanes {
  static constexpr std::size_t kLanes = 128 / sizeof(Count);
  static constexpr std::size_t kParts = 4;
  using Part = typename LanePart<Count>::Type;

  Part part[kParts];

  WAYWARDEN_INLINE static CountLanes start() {
    const Part bias = Part{} + static_cast<Count>(kCountBias<Count>);
    return {{bias, bias, bias, bias}};
  }
  WAYWARDEN_INLINE CountLanes& operator+=(const CountLanes& other) {
    for (std::size_t i = 0; i < kParts; ++i) part[i] += other.part[i];
    return *this;
  }
};

/// Whether any of four words is not 0.
template <class Part>
WAYWARDEN_INLINE bool any(const Part& flags) {
  std::uint64_t word[4];
  std::memcpy(word, &flags, sizeof word);
  return (word[0] | word[1] | word[2] | word[3]) != 0;
}

template <class Count>
WAYWARDEN_INLINE bool any_above(const CountLanes<Count>& counts, Count bound) {
  using Part = typename CountLanes<Count>::Part;
  const Part b = Part{} + bound;
  return any((counts.part[0] > b) | (counts.part[1] > b) | (counts.part[2] > b) | (counts.part[3] > b));
}

template <class Count>
WAYWARDEN_INLINE bool any_below(const CountLanes<Count>& counts, Count bound) {
  using Part = typename CountLanes<Count>::Part;
  const Part b = Part{} + bound;
  return any((counts.part[0] < b) | (counts.part[1] < b) | (counts.part[2] < b) | (counts.part[3] < b));
}

}  // namespace waywarden::detail
