#pragma once

/// Sets that can be joined (Galler and Fischer 1964), each named by its smallest member, so that the name
/// does not depend on the order of joining. Almost constant time per call.

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace waywarden::detail {

class DisjointSets {
 public:
  explicit DisjointSets(std::size_t members) : parent_(members) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::uint32_t find(std::size_t member) {
    auto at = static_cast<std::uint32_t>(member);
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }

  void join(std::size_t a, std::size_t b) {
    std::uint32_t low = find(a), high = find(b);
    if (low > high) std::swap(low, high);
    parent_[high] = low;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace waywarden::detail
