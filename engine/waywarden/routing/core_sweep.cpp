#include "waywarden/routing/core_sweep.h"

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/core_lanes.h"

namespace waywarden {
namespace {

detail::Links links_of(const Hierarchy& order, const CoreMetric& metric) {
  return {order.first_up().data(), order.up().data(), metric.up().data(), metric.down().data()};
}

std::size_t width_for(std::size_t roots) { return roots == 1 ? 1 : roots <= 4 ? 4 : 16; }

}  // namespace

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
template <class Number>
void CoreSweep::start(std::span<const std::uint32_t> reached, Number no_way) {
  Number* const cost = costs<Number>();
  for (const std::uint32_t rank : reached) {
    std::fill_n(cost + rank * width_, width_, no_way);
    settled_in_[rank] = search_ - 1;
  }
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    cost[core_.hierarchy().rank(roots_[i].index()) * width_ + i] = 0;
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
  small_ = metric.has_small_links();
  search();
}

void CoreSweep::search() {
  lines_.resize((core_.node_count() * row_bytes() + sizeof(Line) - 1) / sizeof(Line));
  renew();
  const std::vector<std::uint32_t> reached = ancestors_of_roots();
  const detail::Links links = links_of(core_.hierarchy(), *metric_);
  bool held = true;
  if (small_) {
    start(reached, ~std::uint32_t{0});
    held = detail::climb(width_, links, reached, costs<std::uint32_t>());
  } else {
    start(reached, kNoWay);
    detail::climb(width_, links, reached, costs<double>());
  }
  held ? settle_usual() : search_in_doubles();
}

/// Once a distance has turned out too large for 32 bits.
void CoreSweep::search_in_doubles() {
  small_ = false;
  search();
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
  const detail::Links links = links_of(core_.hierarchy(), *metric_);
  const detail::Way way{down, settled_in_.data(), search_};
  if (!small_) {
    detail::descend(width_, links, way, costs<double>());
  } else if (!detail::descend(width_, links, way, costs<std::uint32_t>())) {
    search_in_doubles();
  }
}

CoreSweep::Distances CoreSweep::distances_of_rank(std::uint32_t rank) {
  be_settled(rank);
  Distances found;
  found.roots = roots_.size();
  small_ ? detail::distances(width_, costs<std::uint32_t>(), rank, found.cost.data())
         : detail::distances(width_, costs<double>(), rank, found.cost.data());
  return found;
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
  const std::uint32_t rank = core_.hierarchy().rank(n.index());
  be_settled(rank);
  for (std::uint32_t a = first; a < last; ++a) be_settled(core_.head_rank()[a]);
  const detail::Leaving leaving{metric_->arcs().subspan(first, last - first),
                                core_.head_rank().data() + first, rank};
  small_ ? detail::tight_arcs(width_, leaving, costs<std::uint32_t>(), numbers.data())
         : detail::tight_arcs(width_, leaving, costs<double>(), numbers.data());
  return numbers;
}

void CoreSweep::send_for_arcs(CoreNode n, std::uint32_t step) const {
  const std::uint32_t first = core_.first_out()[n.index()], last = core_.first_out()[n.index() + 1];
  if (step == 0) {
    __builtin_prefetch(core_.head_rank().data() + first);
    __builtin_prefetch(metric_->arcs().data() + first);
    return;
  }
  for (std::uint32_t a = first; a < last; ++a) {
    const std::uint32_t rank = core_.head_rank()[a];
    __builtin_prefetch(lines_.data()->bytes + rank * row_bytes());
    __builtin_prefetch(settled_in_.data() + rank);
  }
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
    if (static_cast<double>(metric_->arcs()[a]) + distances(core_.head(CoreArc(a)))[root] == whole)
      return CoreArc(a);
  }
  return CoreArc::none();
}

}  // namespace waywarden
