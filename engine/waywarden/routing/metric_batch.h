#pragma once

/// Up to sixteen weight vectors on a hierarchy, customized in one pass as lanes of vector instructions: per
/// vector several times faster than one by one. The same costs as `Metric`, and the same limit on them.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"

namespace waywarden {

namespace detail {
struct Lanes;
}

class MetricBatch {
 public:
  static constexpr std::size_t kMostLanes = 16;

  /// One vector per lane, each of one weight per arc; the hierarchy must outlive the batch. 128 bytes per
  /// link; `reuse` gives the memory of a batch that is no longer needed. Throws as `Metric`, and for no
  /// or more than `kMostLanes` vectors.
  MetricBatch(const Hierarchy& hierarchy, std::span<const std::span<const Weight>> vectors,
              const Execution& execution = {}, MetricBatch reuse = {});
  ~MetricBatch();
  MetricBatch(MetricBatch&& other) noexcept;
  MetricBatch& operator=(MetricBatch&& other) noexcept;

  std::size_t lane_count() const { return lanes_; }
  const Hierarchy& hierarchy() const { return *hierarchy_; }
  /// Of some links, the costs up and down in one lane. O(their number).
  std::vector<Cost> up(std::size_t lane, std::span<const std::uint32_t> links) const;
  std::vector<Cost> down(std::size_t lane, std::span<const std::uint32_t> links) const;

 private:
  MetricBatch();
  void gather(std::span<const std::span<const Weight>> vectors, const Execution& execution);
  std::vector<Cost> costs(std::size_t lane, std::span<const std::uint32_t> links, std::size_t side) const;

  const Hierarchy* hierarchy_ = nullptr;
  std::size_t lanes_ = 0;
  /// Per arc, in the order in which hierarchies have them placed; per slot. Not initialised before they are
  /// written.
  std::unique_ptr<detail::Lanes[]> weights_;
  std::unique_ptr<detail::Lanes[]> costs_;
  std::size_t arcs_ = 0;
  std::size_t slots_ = 0;
};

}  // namespace waywarden
