#pragma once

/// Sixteen costs that are worked on at once. Sixteen 32-bit lanes are one cache line: two registers of AVX2,
/// four of SSE.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "waywarden/base/multiversion.h"

namespace waywarden::detail {

inline constexpr std::size_t kLanes = 16;

struct alignas(64) Lanes {
  using Half = std::uint32_t __attribute__((vector_size(32)));

  Half low;
  Half high;

  WAYWARDEN_INLINE std::uint32_t operator[](std::size_t lane) const {
    std::uint32_t cost;
    std::memcpy(&cost, reinterpret_cast<const char*>(this) + lane * sizeof cost, sizeof cost);
    return cost;
  }
  WAYWARDEN_INLINE void set(std::size_t lane, std::uint32_t cost) {
    std::memcpy(reinterpret_cast<char*>(this) + lane * sizeof cost, &cost, sizeof cost);
  }
};

WAYWARDEN_INLINE Lanes all_lanes(std::uint32_t cost) { return {Lanes::Half{} + cost, Lanes::Half{} + cost}; }
WAYWARDEN_INLINE Lanes operator+(const Lanes& a, const Lanes& b) { return {a.low + b.low, a.high + b.high}; }
WAYWARDEN_INLINE Lanes operator+(const Lanes& a, std::uint32_t cost) { return {a.low + cost, a.high + cost}; }
WAYWARDEN_INLINE Lanes least(const Lanes& a, const Lanes& b) {
  return {b.low < a.low ? b.low : a.low, b.high < a.high ? b.high : a.high};
}
WAYWARDEN_INLINE Lanes least(const Lanes& a, std::uint32_t cost) { return least(a, all_lanes(cost)); }
WAYWARDEN_INLINE Lanes most(const Lanes& a, const Lanes& b) {
  return {a.low < b.low ? b.low : a.low, a.high < b.high ? b.high : a.high};
}
WAYWARDEN_INLINE Lanes masked(const Lanes& a, std::uint32_t mask) { return {a.low & mask, a.high & mask}; }
/// Lanes that are equal to `cost` become 0.
WAYWARDEN_INLINE Lanes zero_where(const Lanes& a, std::uint32_t cost) {
  return {a.low == cost ? Lanes::Half{} : a.low, a.high == cost ? Lanes::Half{} : a.high};
}
WAYWARDEN_INLINE std::uint32_t least(std::uint32_t a, std::uint32_t b) { return b < a ? b : a; }
WAYWARDEN_INLINE std::uint64_t least(std::uint64_t a, std::uint64_t b) { return b < a ? b : a; }

}  // namespace waywarden::detail
