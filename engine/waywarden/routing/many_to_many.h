#pragma once

/// Costs from many nodes to many others: sixteen sources at a time as lanes of vector instructions, over the
/// part of the hierarchy that the targets need, which is chosen once (RPHAST: Delling, Goldberg and Werneck
/// 2011).
///
/// Exact, in the weights' unit; the same for any number of threads, on which groups of sources are done in
/// parallel. A table of 1,000 x 1,000 on a city takes some 15 ms; O(ancestors of the targets * sources / 16).

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/metric_batch.h"

namespace waywarden {

/// One row per source, one column per target, in the order given; `kNoWay` where there is no way.
struct CostTable {
  std::size_t columns = 0;
  std::vector<Cost> cells;

  Cost cost(std::size_t source, std::size_t target) const { return cells[source * columns + target]; }
};

namespace detail {
struct Selection;
}

class ManyToMany {
 public:
  /// Targets may repeat. The metric must outlive it and must not be changed meanwhile. Throws `OptionError`
  /// for nodes that do not exist, as `from` does.
  ManyToMany(const Metric& metric, std::span<const std::uint32_t> targets, const Execution& execution = {});

  ~ManyToMany();
  ManyToMany(ManyToMany&& other) noexcept;

  CostTable from(std::span<const std::uint32_t> sources, const Execution& execution = {}) const;

 private:
  const Metric& metric_;
  std::unique_ptr<const detail::Selection> targets_;
  /// Per link of the selection.
  std::vector<Cost> down_;
};

/// The same for each lane of a batch, without taking its metrics apart: only the costs of links that these
/// nodes need are looked up. Throws `OptionError` for nodes that do not exist.
std::vector<CostTable> many_to_many(const MetricBatch& batch, std::span<const std::uint32_t> sources,
                                    std::span<const std::uint32_t> targets, const Execution& execution = {});

}  // namespace waywarden
