#pragma once

/// The links of a metric that some cheapest way needs: those whose cost is that of the cheapest way between
/// their ends, over whatever ranks (perfect customization: Dibbelt, Strasser and Wagner 2016). Walks up the
/// hierarchy meet far fewer of them. Worth its time, about that of two customizations, from some thousands of
/// point-to-point questions on.
///
/// Immutable. Keeps a reference to the metric, which must outlive it and must not be changed meanwhile.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"

namespace waywarden {

/// Links to higher ranks, with what they cost in one direction: those of rank r are high[first[r]] ..
struct SearchLinks {
  std::span<const std::uint32_t> first;
  std::span<const std::uint32_t> high;
  std::span<const Cost> cost;
};

class PerfectMetric {
 public:
  explicit PerfectMetric(const Metric& metric, const Execution& execution = {});

  const Metric& metric() const { return *metric_; }
  SearchLinks up() const { return {up_.first, up_.high, up_.cost}; }
  SearchLinks down() const { return {down_.first, down_.high, down_.cost}; }

 private:
  struct Columns {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> high;
    std::vector<Cost> cost;
  };
  static Columns needed(const Hierarchy& hierarchy, std::span<const Cost> basic, const Cost* perfect);

  const Metric* metric_;
  Columns up_;
  Columns down_;
};

}  // namespace waywarden
