#pragma once

#include <atomic>
#include <limits>

namespace waywarden::detail {

/// A bound that many threads lower. It only saves work: what it turns away could not have been the least.
class Bound {
 public:
  Bound() = default;
  double get() const { return value_.load(std::memory_order_relaxed); }
  void set(double value) { value_.store(value, std::memory_order_relaxed); }
  void lower(double value) {
    double now = get();
    while (value < now && !value_.compare_exchange_weak(now, value, std::memory_order_relaxed)) {
    }
  }

 private:
  std::atomic<double> value_{std::numeric_limits<double>::infinity()};
};

}  // namespace waywarden::detail
