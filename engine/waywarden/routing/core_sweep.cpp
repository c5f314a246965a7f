#include "waywarden/routing/core_sweep.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/lanes.h"

namespace waywarden {
namespace {

constexpr double kNoWay = static_cast<double>(CoreMetric::kNoWay);
/// Of a node with more arcs than a byte counts.
constexpr std::uint8_t kCountedNoFurther = 255;

/// Signed numbers become doubles in one instruction.
WAYWARDEN_INLINE double as_double(Distance cost) {
  return static_cast<double>(static_cast<std::int64_t>(cost));
}

using Quad = double __attribute__((vector_size(32)));

/// Costs of one rank, a lane per root.
template <std::size_t kWidth>
struct Row {
  static constexpr bool kNarrow = kWidth < 4;
  using Part = std::conditional_t<kNarrow, double, Quad>;
  static constexpr std::size_t kParts = kNarrow ? kWidth : kWidth / 4;
  static_assert(sizeof(Part) * kParts == sizeof(double) * kWidth);

  Part part[kParts];

  WAYWARDEN_INLINE static Row all(double cost) {
    Row row;
    for (std::size_t i = 0; i < kParts; ++i) row.part[i] = Part{} + cost;
    return row;
  }
  WAYWARDEN_INLINE static Row of(const double* costs, std::size_t rank) {
    Row row;
    std::memcpy(row.part, costs + rank * kWidth, sizeof row.part);
    return row;
  }
  WAYWARDEN_INLINE void keep(double* costs, std::size_t rank) const {
    std::memcpy(costs + rank * kWidth, part, sizeof part);
  }
  WAYWARDEN_INLINE void take_cheaper(const Row& other, double further) {
    for (std::size_t i = 0; i < kParts; ++i) {
      const Part sum = other.part[i] + further;
      part[i] = sum < part[i] ? sum : part[i];
    }
  }
  /// Puts a number where a sum is the whole.
  WAYWARDEN_INLINE void put_where_sum(const Row& whole, const Row& a, double b, double number) {
    for (std::size_t i = 0; i < kParts; ++i) {
      part[i] = a.part[i] + b == whole.part[i] ? Part{} + number : part[i];
    }
  }
};

struct Links {
  const std::uint32_t* first;
  const std::uint32_t* high;
  /// From the lower rank up, and down to it.
  const Distance* up;
  const Distance* down;
};

/// Up from the roots: `reached`, ascending, are they and their ancestors.
template <std::size_t kWidth>
WAYWARDEN_INLINE void climb(const Links& links, std::span<const std::uint32_t> reached, double* costs) {
  using Costs = Row<kWidth>;
  for (const std::uint32_t rank : reached) {
    const Costs from = Costs::of(costs, rank);
    for (std::uint32_t link = links.first[rank]; link < links.first[rank + 1]; ++link) {
      Costs above = Costs::of(costs, links.high[link]);
      above.take_cheaper(from, as_double(links.down[link]));
      above.keep(costs, links.high[link]);
    }
  }
}

/// Then from the highest rank down.
template <std::size_t kWidth>
WAYWARDEN_INLINE void sweep(const Links& links, std::span<const std::uint32_t> reached, std::uint32_t ranks,
                            double* costs) {
  using Costs = Row<kWidth>;
  climb<kWidth>(links, reached, costs);
  std::size_t left = reached.size();
  for (std::uint32_t rank = ranks; rank-- > 0;) {
    const bool has_cost = left > 0 && reached[left - 1] == rank;
    left -= has_cost ? 1 : 0;
    Costs cheapest = has_cost ? Costs::of(costs, rank) : Costs::all(kNoWay);
    const std::uint32_t last = links.first[rank + 1];
    for (std::uint32_t link = links.first[rank]; link < last; ++link) {
      cheapest.take_cheaper(Costs::of(costs, links.high[link]), as_double(links.up[link]));
    }
    cheapest.keep(costs, rank);
  }
}

WAYWARDEN_MULTIVERSION
void sweep_of_16(const Links& links, std::span<const std::uint32_t> reached, std::uint32_t ranks,
                 double* costs) {
  sweep<16>(links, reached, ranks, costs);
}

WAYWARDEN_MULTIVERSION
void sweep_of_4(const Links& links, std::span<const std::uint32_t> reached, std::uint32_t ranks,
                double* costs) {
  sweep<4>(links, reached, ranks, costs);
}

/// Arcs that leave a node.
struct Leaving {
  std::span<const Distance> weight;
  /// Per arc, of its head.
  const std::uint32_t* head_rank;
  std::uint32_t rank;
};

/// Per lane the first of those whose weight is the difference of the costs at its ends, counted from 1; 0
/// where there is none. The root has none, as no arc is free.
template <std::size_t kWidth>
WAYWARDEN_INLINE void tight_arcs(const Leaving& leaving, const double* costs, std::uint8_t* numbers) {
  using Costs = Row<kWidth>;
  const Costs whole = Costs::of(costs, leaving.rank);
  Costs number = Costs::all(0.0);
  for (std::size_t a = leaving.weight.size(); a-- > 0;) {
    number.put_where_sum(whole, Costs::of(costs, leaving.head_rank[a]), as_double(leaving.weight[a]),
                         static_cast<double>(a + 1));
  }
  double found[kWidth], cost[kWidth];
  number.keep(found, 0);
  whole.keep(cost, 0);
  for (std::size_t lane = 0; lane < kWidth; ++lane) {
    numbers[lane] = cost[lane] >= kNoWay ? std::uint8_t{0} : static_cast<std::uint8_t>(found[lane]);
  }
}

WAYWARDEN_MULTIVERSION
void arcs_for_16(const Leaving& leaving, const double* costs, std::uint8_t* numbers) {
  tight_arcs<16>(leaving, costs, numbers);
}

WAYWARDEN_MULTIVERSION
void arcs_for_4(const Leaving& leaving, const double* costs, std::uint8_t* numbers) {
  tight_arcs<4>(leaving, costs, numbers);
}

std::size_t width_for(std::size_t roots) { return roots == 1 ? 1 : roots <= 4 ? 4 : 16; }

}  // namespace

CoreSweep::CoreSweep(const Core& core) : core_(core), found_in_(core.node_count(), 0) {}

/// And the roots themselves, ascending.
std::vector<std::uint32_t> CoreSweep::ancestors_of_roots() const {
  const Hierarchy& order = core_.hierarchy();
  std::vector<std::uint32_t> ranks;
  for (const CoreNode root : roots_) {
    for (std::uint32_t rank = order.rank(root.index());; rank = order.parent(rank)) {
      ranks.push_back(rank);
      if (order.parent(rank) == rank) break;
    }
  }
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
  return ranks;
}

/// No way but at the roots.
void CoreSweep::start(std::span<const std::uint32_t> reached) {
  for (const std::uint32_t rank : reached) std::fill_n(costs() + rank * width_, width_, kNoWay);
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    costs()[core_.hierarchy().rank(roots_[i].index()) * width_ + i] = 0.0;
  }
}

void CoreSweep::search_to(std::span<const CoreNode> roots, const CoreMetric& metric) {
  if (roots.empty() || roots.size() > kMostRoots) throw OptionError("a sweep has 1 to 16 roots");
  metric_ = &metric;
  roots_.assign(roots.begin(), roots.end());
  width_ = width_for(roots.size());
  lines_.resize((core_.node_count() * width_ + 7) / 8);
  arcs_.resize(core_.node_count() * width_);
  if (++search_ == 0) std::fill(found_in_.begin(), found_in_.end(), search_++);
  const std::vector<std::uint32_t> reached = ancestors_of_roots();
  start(reached);
  const Hierarchy& order = core_.hierarchy();
  const Links links{order.first_up().data(), order.up().data(), metric.up().data(), metric.down().data()};
  const auto ranks = static_cast<std::uint32_t>(core_.node_count());
  if (width_ == 16) return sweep_of_16(links, reached, ranks, costs());
  if (width_ == 4) return sweep_of_4(links, reached, ranks, costs());
  sweep<1>(links, reached, ranks, costs());
}

Distance CoreSweep::distance(std::size_t root, CoreNode n) const {
  const double found = cost(root, n);
  return found >= kNoWay ? kUnreachable : static_cast<Distance>(found);
}

CoreArc CoreSweep::arc(std::size_t root, CoreNode n) {
  if (found_in_[n.index()] != search_) find_arcs(n);
  const std::uint8_t number = arcs_[n.index() * width_ + root];
  if (number == kCountedNoFurther) return plain_arc(root, n);
  return number == 0 ? CoreArc::none() : CoreArc(core_.first_out()[n.index()] + number - 1);
}

void CoreSweep::find_arcs(CoreNode n) {
  if (metric_->has_free_arcs()) throw OptionError("routes on a core need weights above 0");
  found_in_[n.index()] = search_;
  const std::uint32_t first = core_.first_out()[n.index()], last = core_.first_out()[n.index() + 1];
  std::uint8_t* const numbers = arcs_.data() + n.index() * width_;
  if (last - first >= kCountedNoFurther) {
    std::fill_n(numbers, width_, kCountedNoFurther);
    return;
  }
  const Leaving leaving{metric_->arcs().subspan(first, last - first), core_.head_rank().data() + first,
                        core_.hierarchy().rank(n.index())};
  if (width_ == 16) return arcs_for_16(leaving, costs(), numbers);
  if (width_ == 4) return arcs_for_4(leaving, costs(), numbers);
  tight_arcs<1>(leaving, costs(), numbers);
}

/// The first of those whose weight is the difference of the costs at its ends.
CoreArc CoreSweep::plain_arc(std::size_t root, CoreNode n) const {
  const double whole = cost(root, n);
  if (whole >= kNoWay) return CoreArc::none();
  for (std::uint32_t a = core_.first_out()[n.index()]; a < core_.first_out()[n.index() + 1]; ++a) {
    if (as_double(metric_->arcs()[a]) + cost(root, core_.head(CoreArc(a))) == whole) return CoreArc(a);
  }
  return CoreArc::none();
}

}  // namespace waywarden
