#include "waywarden/routing/core_sweep.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/lanes.h"

namespace waywarden {
namespace {

constexpr double kNoWay = CoreSweep::kNoWay;

/// Signed numbers become doubles in one instruction.
WAYWARDEN_INLINE double as_double(Distance cost) {
  return static_cast<double>(static_cast<std::int64_t>(cost));
}

/// Aliases doubles, as vectors do their elements, so that rows are read and written where they lie: copies by
/// `memcpy` go through the stack in halves, and waiting for those takes longer than all the rest.
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
  /// Costs must be aligned as parts are.
  WAYWARDEN_INLINE static Row of(const double* costs, std::size_t rank) {
    const auto* from = reinterpret_cast<const Part*>(costs + rank * kWidth);
    Row row;
    for (std::size_t i = 0; i < kParts; ++i) row.part[i] = from[i];
    return row;
  }
  WAYWARDEN_INLINE void keep(double* costs, std::size_t rank) const {
    auto* to = reinterpret_cast<Part*>(costs + rank * kWidth);
    for (std::size_t i = 0; i < kParts; ++i) to[i] = part[i];
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

/// Then from the highest rank down: `way` leads down from a rank whose parent, if it has one, is settled.
struct Way {
  std::span<const std::uint32_t> down;
  std::uint32_t* settled_in;
  std::uint32_t search;
};

template <std::size_t kWidth>
WAYWARDEN_INLINE void descend(const Links& links, const Way& way, double* costs) {
  using Costs = Row<kWidth>;
  for (std::size_t i = way.down.size(); i-- > 0;) {
    const std::uint32_t rank = way.down[i];
    const bool has_cost = way.settled_in[rank] == way.search - 1;
    Costs cheapest = has_cost ? Costs::of(costs, rank) : Costs::all(kNoWay);
    const std::uint32_t last = links.first[rank + 1];
    for (std::uint32_t link = links.first[rank]; link < last; ++link) {
      cheapest.take_cheaper(Costs::of(costs, links.high[link]), as_double(links.up[link]));
    }
    cheapest.keep(costs, rank);
    way.settled_in[rank] = way.search;
  }
}

WAYWARDEN_MULTIVERSION
void climb_of_16(const Links& links, std::span<const std::uint32_t> reached, double* costs) {
  climb<16>(links, reached, costs);
}

WAYWARDEN_MULTIVERSION
void climb_of_4(const Links& links, std::span<const std::uint32_t> reached, double* costs) {
  climb<4>(links, reached, costs);
}

WAYWARDEN_MULTIVERSION
void descend_of_16(const Links& links, const Way& way, double* costs) { descend<16>(links, way, costs); }

WAYWARDEN_MULTIVERSION
void descend_of_4(const Links& links, const Way& way, double* costs) { descend<4>(links, way, costs); }

Links links_of(const Hierarchy& order, const CoreMetric& metric) {
  return {order.first_up().data(), order.up().data(), metric.up().data(), metric.down().data()};
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
  alignas(64) double found[kWidth];
  alignas(64) double cost[kWidth];
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

std::vector<RootRange> sweep_batches(std::span<const std::size_t> group_sizes) {
  std::vector<RootRange> batches;
  std::size_t first = 0;
  for (const std::size_t size : group_sizes) {
    const std::size_t end = first + size;
    for (; first < end; first = batches.back().last) {
      batches.push_back({first, std::min(first + CoreSweep::kMostRoots, end)});
    }
  }
  return batches;
}

CoreSweep::CoreSweep(const Core& core) : core_(core), settled_in_(core.node_count(), 0) {}

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
  for (const std::uint32_t rank : reached) {
    std::fill_n(costs() + rank * width_, width_, kNoWay);
    settled_in_[rank] = search_ - 1;
  }
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    costs()[core_.hierarchy().rank(roots_[i].index()) * width_ + i] = 0.0;
  }
}

/// Forgets what has been found.
void CoreSweep::renew() {
  search_ += 2;
  if (search_ != 0) return;
  std::fill(settled_in_.begin(), settled_in_.end(), search_);
  search_ = 2;
}

void CoreSweep::search_to(std::span<const CoreNode> roots, const CoreMetric& metric) {
  if (roots.empty() || roots.size() > kMostRoots) throw OptionError("a sweep has 1 to 16 roots");
  metric_ = &metric;
  roots_.assign(roots.begin(), roots.end());
  width_ = width_for(roots.size());
  lines_.resize((core_.node_count() * width_ + 7) / 8);
  renew();
  const std::vector<std::uint32_t> reached = ancestors_of_roots();
  start(reached);
  const Links links = links_of(core_.hierarchy(), metric);
  if (width_ == 16) {
    climb_of_16(links, reached, costs());
  } else if (width_ == 4) {
    climb_of_4(links, reached, costs());
  } else {
    climb<1>(links, reached, costs());
  }
  settle_usual();
}

void CoreSweep::settle_usual() {
  std::sort(unusual_.begin(), unusual_.end());
  const auto middle = static_cast<std::ptrdiff_t>(usual_.size());
  usual_.insert(usual_.end(), unusual_.begin(), unusual_.end());
  std::inplace_merge(usual_.begin(), usual_.begin() + middle, usual_.end());
  unusual_.clear();
  descend_along(usual_);
}

/// All that a rank's costs depend on lies above it in the elimination tree.
void CoreSweep::settle(std::uint32_t rank) {
  const Hierarchy& order = core_.hierarchy();
  way_up_.clear();
  for (std::uint32_t at = rank; settled_in_[at] != search_; at = order.parent(at)) {
    way_up_.push_back(at);
    if (order.parent(at) == at) break;
  }
  unusual_.insert(unusual_.end(), way_up_.begin(), way_up_.end());
  descend_along(way_up_);
}

void CoreSweep::descend_along(std::span<const std::uint32_t> down) {
  const Links links = links_of(core_.hierarchy(), *metric_);
  const Way way{down, settled_in_.data(), search_};
  if (width_ == 16) return descend_of_16(links, way, costs());
  if (width_ == 4) return descend_of_4(links, way, costs());
  descend<1>(links, way, costs());
}

Distance CoreSweep::distance(std::size_t root, CoreNode n) {
  const double found = distances(n)[root];
  return found >= kNoWay ? kUnreachable : static_cast<Distance>(found);
}

CoreSweep::ArcNumbers CoreSweep::arc_numbers(CoreNode n) {
  if (metric_->has_free_arcs()) throw OptionError("routes on a core need weights above 0");
  ArcNumbers numbers;
  const std::uint32_t first = core_.first_out()[n.index()], last = core_.first_out()[n.index() + 1];
  if (last - first >= kCountedNoFurther) {
    numbers.fill(kCountedNoFurther);
    return numbers;
  }
  distances(n);
  for (std::uint32_t a = first; a < last; ++a) distances_of_rank(core_.head_rank()[a]);
  const Leaving leaving{metric_->arcs().subspan(first, last - first), core_.head_rank().data() + first,
                        core_.hierarchy().rank(n.index())};
  if (width_ == 16) {
    arcs_for_16(leaving, costs(), numbers.data());
  } else if (width_ == 4) {
    arcs_for_4(leaving, costs(), numbers.data());
  } else {
    tight_arcs<1>(leaving, costs(), numbers.data());
  }
  return numbers;
}

CoreArc CoreSweep::arc(std::size_t root, CoreNode n) {
  const std::uint8_t number = arc_numbers(n)[root];
  if (number == kCountedNoFurther) return plain_arc(root, n);
  return number == 0 ? CoreArc::none() : CoreArc(core_.first_out()[n.index()] + number - 1);
}

/// The first of those whose weight is the difference of the costs at its ends.
CoreArc CoreSweep::plain_arc(std::size_t root, CoreNode n) {
  const double whole = distances(n)[root];
  if (whole >= kNoWay) return CoreArc::none();
  for (std::uint32_t a = core_.first_out()[n.index()]; a < core_.first_out()[n.index() + 1]; ++a) {
    if (as_double(metric_->arcs()[a]) + distances(core_.head(CoreArc(a)))[root] == whole) return CoreArc(a);
  }
  return CoreArc::none();
}

}  // namespace waywarden
