#pragma once

/// The cheapest way from one node to another, by walking the elimination tree up from both (Dibbelt, Strasser
/// and Wagner 2016). Distances in the weights' unit, exact; of equally cheap ways it gives one, always the
/// same for the same hierarchy and weights.
///
/// Some tens of microseconds on a road network; a path, arc by arc, about as long again. Nothing is kept
/// between questions but memory, 8 bytes per node. Not thread-safe: one object per thread.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/perfect_metric.h"

namespace waywarden {

class PointToPoint {
 public:
  /// The metric must outlive it.
  explicit PointToPoint(const Metric& metric);
  /// Distances without arcs that no cheapest way needs: faster, for metrics that get many questions.
  explicit PointToPoint(const PerfectMetric& metric);

  /// `kNoWay` where there is none.
  Cost cost(std::uint32_t from, std::uint32_t to) { return meet(from, to).cost; }
  /// The arcs in travel order; empty where there is no way, and from a node to itself.
  std::vector<std::uint32_t> arcs(std::uint32_t from, std::uint32_t to);

 private:
  /// Where both walks have met most cheaply.
  struct Meeting {
    Cost cost = kNoWay;
    std::uint32_t rank = 0;
  };
  Meeting meet(std::uint32_t from, std::uint32_t to);
  Meeting leave(std::uint32_t rank, std::vector<Cost>& costs);
  Meeting meet_above(std::uint32_t rank);

  const Metric& metric_;
  SearchLinks up_;
  SearchLinks down_;
  /// Per rank; `kNoWay` everywhere between questions.
  std::vector<Cost> from_;
  std::vector<Cost> to_;
};

}  // namespace waywarden
