#pragma once

/// Costs from one node to all others, or from all to one: up from the root, then once over all ranks from the
/// highest down (PHAST: Delling, Goldberg, Nowatzyk and Werneck 2011). `SweepBatch` does up to sixteen roots
/// in one pass as lanes of vector instructions, per root some ten times faster.
///
/// Exact, in the weights' unit. O(links): some 8 ns per node of a road network, .5 ns per node and root of a
/// full batch. Results lie in the order of ranks, 4 bytes per node and lane; look-ups are O(1).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/router.h"

namespace waywarden {

namespace detail {
struct Lanes;
}

class Sweep {
 public:
  /// The hierarchy must outlive it; `reuse` gives the memory of one that is no longer needed. Throws
  /// `OptionError` for a root that does not exist.
  Sweep(const Metric& metric, std::uint32_t root, Direction direction, const Execution& execution = {},
        Sweep reuse = {});

  /// `kNoWay` where there is none.
  Cost cost(std::uint32_t node) const { return by_rank_[hierarchy_->rank(node)]; }
  /// Per node.
  std::vector<Cost> costs() const;
  std::span<const Cost> by_rank() const { return by_rank_; }

 private:
  Sweep();

  const Hierarchy* hierarchy_ = nullptr;
  std::vector<Cost> by_rank_;
};

class SweepBatch {
 public:
  static constexpr std::size_t kMostRoots = 16;

  /// As above, for one to `kMostRoots` roots, which may repeat.
  SweepBatch(const Metric& metric, std::span<const std::uint32_t> roots, Direction direction,
             const Execution& execution = {}, SweepBatch reuse = {});
  ~SweepBatch();
  SweepBatch(SweepBatch&& other) noexcept;
  SweepBatch& operator=(SweepBatch&& other) noexcept;

  std::size_t root_count() const { return roots_; }
  /// Of the i-th root; `kNoWay` where there is none.
  Cost cost(std::size_t root, std::uint32_t node) const;
  /// Per node.
  std::vector<Cost> costs(std::size_t root) const;
  /// Those of all nodes times `unit`, infinite where there is no way: per root a row of `rows`.
  void write(double unit, std::span<double> rows, const Execution& execution = {}) const;

 private:
  SweepBatch();

  const Hierarchy* hierarchy_ = nullptr;
  std::size_t roots_ = 0;
  std::size_t nodes_ = 0;
  /// Per rank, not initialised before it is written.
  std::unique_ptr<detail::Lanes[]> by_rank_;
};

/// Sweeps of any number of roots, sixteen at a time: as many side by side as there are threads, each by one
/// of them, so that they wait for nothing; those left over one by one, by all threads together. Keeps the
/// memory of one sweep per thread from call to call.
class SweepSeries {
 public:
  explicit SweepSeries(const Execution& execution);

  /// Takes the number of the sweep's first root, the sweep, and the threads it may use. Called from several
  /// threads at a time.
  using Visit = std::function<void(std::size_t, const SweepBatch&, const Execution&)>;

  void run(const Metric& metric, std::span<const std::uint32_t> roots, Direction direction,
           const Visit& visit);

 private:
  Execution execution_;
  std::vector<std::optional<SweepBatch>> sweeps_;
};

}  // namespace waywarden
