#pragma once

/// What sweeps of a core do with the costs of a rank to all roots, a lane per root, 1, 4 or 16 of them: in
/// doubles, which hold every distance of a core exactly, or in half the memory as whole numbers of 32 bits,
/// as long as all distances stay below 2^31. Costs are aligned to 64 bytes, row per rank.

#include <cstddef>
#include <cstdint>
#include <span>

#include "waywarden/routing/core_search.h"

namespace waywarden::detail {

struct Links {
  const std::uint32_t* first;
  const std::uint32_t* high;
  /// From the lower rank up, and down to it.
  const Distance* up;
  const Distance* down;
};

/// Up from the roots: `reached`, ascending, are they and their ancestors. False where a distance was not
/// small enough for its kind of number: then what was found is worth nothing.
template <class Number>
bool climb(std::size_t width, const Links& links, std::span<const std::uint32_t> reached, Number* costs);

/// Then from the highest rank down: `way` leads down from a rank whose parent, if it has one, is settled.
struct Way {
  std::span<const std::uint32_t> down;
  std::uint32_t* settled_in;
  std::uint32_t search;
};

/// False likewise.
template <class Number>
bool descend(std::size_t width, const Links& links, const Way& way, Number* costs);

/// Arcs that leave a node.
struct Leaving {
  std::span<const Distance> weight;
  /// Per arc, of its head.
  const std::uint32_t* head_rank;
  std::uint32_t rank;
};

/// Per lane the first of those whose weight is the difference of the costs at its ends, counted from 1; 0
/// where there is none. The root has none, as no arc is free.
template <class Number>
void tight_arcs(std::size_t width, const Leaving& leaving, const Number* costs, std::uint8_t* numbers);

/// A row's costs; `CoreMetric::kNoWay` and above where there is no way.
template <class Number>
void distances(std::size_t width, const Number* costs, std::uint32_t rank, double* found);

}  // namespace waywarden::detail
