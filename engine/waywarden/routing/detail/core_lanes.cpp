#include "waywarden/routing/detail/core_lanes.h"

#include <type_traits>

#include "waywarden/base/multiversion.h"

namespace waywarden::detail {
namespace {

using Ranks = std::span<const std::uint32_t>;

/// Signed numbers become doubles in one instruction.
WAYWARDEN_INLINE double as_number(Distance cost, double /*kind*/) {
  return static_cast<double>(static_cast<std::int64_t>(cost));
}
/// All that is not small enough is no way: `CoreMetric::has_small_links` has been asked for.
WAYWARDEN_INLINE std::uint32_t as_number(Distance cost, std::uint32_t /*kind*/) {
  return cost < CoreMetric::kSmall ? static_cast<std::uint32_t>(cost) : ~std::uint32_t{0};
}

template <class Number>
inline constexpr Number kNoWayAs = static_cast<Number>(CoreMetric::kNoWay);
template <>
inline constexpr std::uint32_t kNoWayAs<std::uint32_t> = ~std::uint32_t{0};

/// Aliases numbers, as vectors do their elements, so that rows are read and written where they lie: copies by
/// `memcpy` go through the stack in halves, and waiting for those takes longer than all the rest.
template <class Number, std::size_t kWidth>
struct Vector {
  using Part = Number;
};
template <std::size_t kWidth>
  requires(kWidth >= 4)
struct Vector<double, kWidth> {
  using Part = double __attribute__((vector_size(32)));
};
template <>
struct Vector<std::uint32_t, 4> {
  using Part = std::uint32_t __attribute__((vector_size(16)));
};
template <>
struct Vector<std::uint32_t, 16> {
  using Part = std::uint32_t __attribute__((vector_size(32)));
};

/// Costs of one rank.
template <class Number, std::size_t kWidth>
struct Row {
  using Part = typename Vector<Number, kWidth>::Part;
  static constexpr bool kWhole = std::is_integral_v<Number>;
  static constexpr std::size_t kParts = sizeof(Number) * kWidth / sizeof(Part);

  Part part[kParts];

  WAYWARDEN_INLINE static Row all(Number cost) {
    Row row;
    for (std::size_t i = 0; i < kParts; ++i) row.part[i] = Part{} + cost;
    return row;
  }
  /// Costs must be aligned as parts are.
  WAYWARDEN_INLINE static Row of(const Number* costs, std::size_t rank) {
    const auto* from = reinterpret_cast<const Part*>(costs + rank * kWidth);
    Row row;
    for (std::size_t i = 0; i < kParts; ++i) row.part[i] = from[i];
    return row;
  }
  WAYWARDEN_INLINE void keep(Number* costs, std::size_t rank) const {
    auto* to = reinterpret_cast<Part*>(costs + rank * kWidth);
    for (std::size_t i = 0; i < kParts; ++i) to[i] = part[i];
  }
  /// Whole numbers stop at the largest, which is no way.
  WAYWARDEN_INLINE Row plus(Number further) const {
    Row sum;
    for (std::size_t i = 0; i < kParts; ++i) {
      if constexpr (kWhole) {
        const Part most = Part{} + further, room = ~part[i];
        sum.part[i] = part[i] + (most < room ? most : room);
      } else {
        sum.part[i] = part[i] + further;
      }
    }
    return sum;
  }
  WAYWARDEN_INLINE void take_cheaper(const Row& other) {
    for (std::size_t i = 0; i < kParts; ++i) {
      part[i] = other.part[i] < part[i] ? other.part[i] : part[i];
    }
  }
  WAYWARDEN_INLINE void put_where_equal(const Row& a, const Row& b, Number number) {
    for (std::size_t i = 0; i < kParts; ++i) {
      part[i] = a.part[i] == b.part[i] ? Part{} + number : part[i];
    }
  }
  /// Sets the highest bit of a lane whose cost is a way, but not small.
  WAYWARDEN_INLINE void note_large(const Row& costs) {
    if constexpr (kWhole) {
      for (std::size_t i = 0; i < kParts; ++i) part[i] |= costs.part[i] & (costs.part[i] + 1);
    }
  }
  WAYWARDEN_INLINE bool any_large() const {
    alignas(64) Number lanes[kWidth];
    keep(lanes, 0);
    bool any = false;
    for (const Number lane : lanes) any |= kWhole && lane >= static_cast<Number>(CoreMetric::kSmall);
    return any;
  }
};

template <std::size_t kWidth, class Number>
WAYWARDEN_INLINE bool climb_in(const Links& links, std::span<const std::uint32_t> reached, Number* costs) {
  using Costs = Row<Number, kWidth>;
  Costs large = Costs::all(0);
  for (const std::uint32_t rank : reached) {
    const Costs from = Costs::of(costs, rank);
    large.note_large(from);
    for (std::uint32_t link = links.first[rank]; link < links.first[rank + 1]; ++link) {
      Costs above = Costs::of(costs, links.high[link]);
      above.take_cheaper(from.plus(as_number(links.down[link], Number{})));
      above.keep(costs, links.high[link]);
    }
  }
  return !large.any_large();
}

template <std::size_t kWidth, class Number>
WAYWARDEN_INLINE bool descend_in(const Links& links, const Way& way, Number* costs) {
  using Costs = Row<Number, kWidth>;
  Costs large = Costs::all(0);
  for (std::size_t i = way.down.size(); i-- > 0;) {
    const std::uint32_t rank = way.down[i];
    const bool has_cost = way.settled_in[rank] == way.search - 1;
    Costs cheapest = has_cost ? Costs::of(costs, rank) : Costs::all(kNoWayAs<Number>);
    const std::uint32_t last = links.first[rank + 1];
    for (std::uint32_t link = links.first[rank]; link < last; ++link) {
      cheapest.take_cheaper(Costs::of(costs, links.high[link]).plus(as_number(links.up[link], Number{})));
    }
    large.note_large(cheapest);
    cheapest.keep(costs, rank);
    way.settled_in[rank] = way.search;
  }
  return !large.any_large();
}

template <std::size_t kWidth, class Number>
WAYWARDEN_INLINE void tight_arcs_in(const Leaving& leaving, const Number* costs, std::uint8_t* numbers) {
  using Costs = Row<Number, kWidth>;
  const Costs whole = Costs::of(costs, leaving.rank);
  Costs number = Costs::all(0);
  for (std::size_t a = leaving.weight.size(); a-- > 0;) {
    const Costs beyond = Costs::of(costs, leaving.head_rank[a]).plus(as_number(leaving.weight[a], Number{}));
    number.put_where_equal(beyond, whole, static_cast<Number>(a + 1));
  }
  alignas(64) Number found[kWidth];
  alignas(64) Number cost[kWidth];
  number.keep(found, 0);
  whole.keep(cost, 0);
  for (std::size_t lane = 0; lane < kWidth; ++lane) {
    numbers[lane] = cost[lane] >= kNoWayAs<Number> ? std::uint8_t{0} : static_cast<std::uint8_t>(found[lane]);
  }
}

WAYWARDEN_MULTIVERSION
bool climb_of_16(const Links& links, Ranks reached, double* costs) {
  return climb_in<16>(links, reached, costs);
}
WAYWARDEN_MULTIVERSION
bool descend_of_16(const Links& links, const Way& way, double* costs) {
  return descend_in<16>(links, way, costs);
}
WAYWARDEN_MULTIVERSION
void arcs_of_16(const Leaving& leaving, const double* costs, std::uint8_t* numbers) {
  tight_arcs_in<16>(leaving, costs, numbers);
}
WAYWARDEN_MULTIVERSION
bool climb_of_4(const Links& links, Ranks reached, double* costs) {
  return climb_in<4>(links, reached, costs);
}
WAYWARDEN_MULTIVERSION
bool descend_of_4(const Links& links, const Way& way, double* costs) {
  return descend_in<4>(links, way, costs);
}
WAYWARDEN_MULTIVERSION
void arcs_of_4(const Leaving& leaving, const double* costs, std::uint8_t* numbers) {
  tight_arcs_in<4>(leaving, costs, numbers);
}
WAYWARDEN_MULTIVERSION
bool climb_of_16(const Links& links, Ranks reached, std::uint32_t* costs) {
  return climb_in<16>(links, reached, costs);
}
WAYWARDEN_MULTIVERSION
bool descend_of_16(const Links& links, const Way& way, std::uint32_t* costs) {
  return descend_in<16>(links, way, costs);
}
WAYWARDEN_MULTIVERSION
void arcs_of_16(const Leaving& leaving, const std::uint32_t* costs, std::uint8_t* numbers) {
  tight_arcs_in<16>(leaving, costs, numbers);
}
WAYWARDEN_MULTIVERSION
bool climb_of_4(const Links& links, Ranks reached, std::uint32_t* costs) {
  return climb_in<4>(links, reached, costs);
}
WAYWARDEN_MULTIVERSION
bool descend_of_4(const Links& links, const Way& way, std::uint32_t* costs) {
  return descend_in<4>(links, way, costs);
}
WAYWARDEN_MULTIVERSION
void arcs_of_4(const Leaving& leaving, const std::uint32_t* costs, std::uint8_t* numbers) {
  tight_arcs_in<4>(leaving, costs, numbers);
}

}  // namespace

template <class Number>
bool climb(std::size_t width, const Links& links, Ranks reached, Number* costs) {
  if (width == 16) return climb_of_16(links, reached, costs);
  if (width == 4) return climb_of_4(links, reached, costs);
  return climb_in<1>(links, reached, costs);
}

template <class Number>
bool descend(std::size_t width, const Links& links, const Way& way, Number* costs) {
  if (width == 16) return descend_of_16(links, way, costs);
  if (width == 4) return descend_of_4(links, way, costs);
  return descend_in<1>(links, way, costs);
}

template <class Number>
void tight_arcs(std::size_t width, const Leaving& leaving, const Number* costs, std::uint8_t* numbers) {
  if (width == 16) return arcs_of_16(leaving, costs, numbers);
  if (width == 4) return arcs_of_4(leaving, costs, numbers);
  tight_arcs_in<1>(leaving, costs, numbers);
}

template <class Number>
void distances(std::size_t width, const Number* costs, std::uint32_t rank, double* found) {
  for (std::size_t lane = 0; lane < width; ++lane) {
    const Number cost = costs[rank * width + lane];
    found[lane] = cost >= kNoWayAs<Number> ? kNoWayAs<double> : static_cast<double>(cost);
  }
}

template bool climb(std::size_t, const Links&, Ranks, double*);
template bool descend(std::size_t, const Links&, const Way&, double*);
template void tight_arcs(std::size_t, const Leaving&, const double*, std::uint8_t*);
template void distances(std::size_t, const double*, std::uint32_t, double*);
template bool climb(std::size_t, const Links&, Ranks, std::uint32_t*);
template bool descend(std::size_t, const Links&, const Way&, std::uint32_t*);
template void tight_arcs(std::size_t, const Leaving&, const std::uint32_t*, std::uint8_t*);
template void distances(std::size_t, const std::uint32_t*, std::uint32_t, double*);

}  // namespace waywarden::detail
