#include "waywarden/routing/metric_batch.h"

#include <algorithm>
#include <array>
#include <bit>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/cost_bound.h"
#include "waywarden/routing/detail/customization.h"
#include "waywarden/routing/detail/lanes.h"

namespace waywarden {
namespace {

using detail::kLanes;
using detail::Lanes;
using Vectors = std::array<const Weight*, kLanes>;
static_assert(kLanes == MetricBatch::kMostLanes);

/// Arcs whose weights are gathered by one task.
constexpr std::size_t kChunk = 4096;

WAYWARDEN_INLINE Lanes weights_of(const Vectors& vectors, std::size_t arc) {
  alignas(64) std::array<std::uint32_t, kLanes> weights;
  for (std::size_t lane = 0; lane < kLanes; ++lane) weights[lane] = vectors[lane][arc];
  return std::bit_cast<Lanes>(weights);
}

/// What a task needs to gather the weights of arcs first .. last - 1, all lanes of one arc together.
struct Chunk {
  const Vectors& vectors;
  /// Per arc: where to, and whether it has another tail than the arc before.
  const std::uint32_t* place;
  const std::uint8_t* new_tail;
  std::size_t first;
  std::size_t last;
};

/// Returns the sums over runs of arcs with one tail of the largest finite weight, `kNoWay` where they are
/// larger.
WAYWARDEN_MULTIVERSION
Lanes gather_chunk(const Chunk& chunk, Lanes* weights) {
  Lanes sum = detail::all_lanes(0), largest = sum;
  for (std::size_t arc = chunk.first; arc < chunk.last; ++arc) {
    const Lanes found = weights_of(chunk.vectors, arc);
    if (chunk.place[arc] != Hierarchy::kNoSlot) weights[chunk.place[arc]] = found;
    // All bits where a run ends, none elsewhere: the ends of short runs cannot be foreseen by a branch.
    const std::uint32_t ends = 0U - chunk.new_tail[arc];
    sum = detail::least(sum + detail::masked(largest, ends), kNoWay);
    const Lanes finite = detail::least(detail::zero_where(found, kClosed), kNoWay);
    largest = detail::most(detail::masked(largest, ~ends), finite);
  }
  return detail::least(sum + largest, kNoWay);
}

std::size_t chunk_count(std::size_t items) { return (items + kChunk - 1) / kChunk; }

/// Position of each arc among the placed; `kNoSlot` for loops.
std::vector<std::uint32_t> places(const Hierarchy& hierarchy, const Execution& execution) {
  const std::span<const Hierarchy::Placed> placed = hierarchy.placed();
  std::vector<std::uint32_t> places(hierarchy.arc_count(), Hierarchy::kNoSlot);
  parallel_for(chunk_count(placed.size()), execution, [&](std::size_t chunk) {
    const std::size_t last = std::min((chunk + 1) * kChunk, placed.size());
    for (std::size_t i = chunk * kChunk; i < last; ++i) places[placed[i].arc] = static_cast<std::uint32_t>(i);
  });
  return places;
}

WAYWARDEN_INLINE void clear(Lanes* costs, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t slot = first; slot < last; ++slot) costs[slot] = detail::all_lanes(kNoWay);
}

WAYWARDEN_MULTIVERSION
void customize(const Hierarchy& hierarchy, RankRange range, const Lanes* weights, Lanes* costs) {
  const std::uint32_t first = hierarchy.first_up()[range.first], last = hierarchy.first_up()[range.last];
  clear(costs, first, last);
  clear(costs + hierarchy.link_count(), first, last);
  for (std::uint32_t i = hierarchy.first_placed()[range.first]; i < hierarchy.first_placed()[range.last];
       ++i) {
    const std::uint32_t slot = hierarchy.placed()[i].slot;
    costs[slot] = detail::least(costs[slot], weights[i]);
  }
  detail::relax_links(hierarchy, range, costs);
}

/// Lanes that are not asked for repeat the first.
Vectors columns(std::span<const std::span<const Weight>> vectors) {
  Vectors columns;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    columns[lane] = vectors[lane < vectors.size() ? lane : 0].data();
  }
  return columns;
}

}  // namespace

MetricBatch::MetricBatch() = default;
MetricBatch::~MetricBatch() = default;
MetricBatch::MetricBatch(MetricBatch&& other) noexcept = default;
MetricBatch& MetricBatch::operator=(MetricBatch&& other) noexcept = default;

MetricBatch::MetricBatch(const Hierarchy& hierarchy, std::span<const std::span<const Weight>> vectors,
                         const Execution& execution, MetricBatch reuse)
    : hierarchy_(&hierarchy),
      lanes_(vectors.size()),
      arcs_(hierarchy.arc_count()),
      slots_(2 * hierarchy.link_count()) {
  if (vectors.empty() || vectors.size() > kMostLanes) throw OptionError("a batch has 1 to 16 weight vectors");
  for (const std::span<const Weight> vector : vectors) detail::check_weight_count(hierarchy, vector);
  const bool fits = reuse.slots_ == slots_ && reuse.arcs_ == arcs_;
  weights_ = fits ? std::move(reuse.weights_) : std::make_unique_for_overwrite<Lanes[]>(arcs_);
  costs_ = fits ? std::move(reuse.costs_) : std::make_unique_for_overwrite<Lanes[]>(slots_);
  gather(vectors, execution);
  detail::for_ranks_upward(hierarchy, execution, [&](RankRange range) {
    customize(hierarchy, range, weights_.get(), costs_.get());
  });
}

void MetricBatch::gather(std::span<const std::span<const Weight>> vectors, const Execution& execution) {
  const Vectors by_lane = columns(vectors);
  const std::vector<std::uint32_t> place = places(*hierarchy_, execution);
  std::vector<Lanes> sums(chunk_count(arcs_));
  parallel_for(sums.size(), execution, [&](std::size_t i) {
    const std::size_t first = i * kChunk, last = std::min(first + kChunk, arcs_);
    sums[i] =
        gather_chunk({by_lane, place.data(), hierarchy_->new_tail().data(), first, last}, weights_.get());
  });
  for (std::size_t lane = 0; lane < lane_count(); ++lane) {
    std::uint64_t bound = 0;
    for (const Lanes& sum : sums) bound += sum[lane];
    detail::fitting_cost_bound(*hierarchy_, vectors[lane], bound);
  }
}

std::vector<Cost> MetricBatch::up(std::size_t lane, std::span<const std::uint32_t> links) const {
  return costs(lane, links, 0);
}

std::vector<Cost> MetricBatch::down(std::size_t lane, std::span<const std::uint32_t> links) const {
  return costs(lane, links, hierarchy_->link_count());
}

std::vector<Cost> MetricBatch::costs(std::size_t lane, std::span<const std::uint32_t> links,
                                     std::size_t side) const {
  if (lane >= lane_count()) throw OptionError("the batch has no such lane");
  std::vector<Cost> found;
  found.reserve(links.size());
  for (const std::uint32_t link : links) {
    if (link >= slots_ / 2) throw OptionError("there is no such link");
    found.push_back(costs_[side + link][lane]);
  }
  return found;
}

}  // namespace waywarden
