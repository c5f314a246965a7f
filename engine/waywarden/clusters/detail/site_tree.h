#pragma once

/// A kd-tree over sites (Bentley 1975), split at the median of the widest side. Bounds of its parts are
/// straight distances, which no true distance is (much) below: `Sites::at_least`.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/clusters/detail/sites.h"

namespace waywarden::detail {

class SiteTree {
 public:
  struct Part {
    Coordinates low{}, high{};
    std::uint32_t begin = 0, end = 0;
    /// The first of two parts beside each other, or 0: a leaf.
    std::uint32_t children = 0;
  };

  explicit SiteTree(const Sites& sites);

  /// The whole is part 0; none where there are no sites. Children come after their parents.
  std::span<const Part> parts() const { return parts_; }
  std::span<const std::uint32_t> members(const Part& part) const {
    return {members_.data() + part.begin, part.end - part.begin};
  }
  /// Straight distance to the nearest place in the part's box.
  static double to_box(const Coordinates& from, const Part& part);

  /// True distance to the k-th nearest site, itself counted: k from 1 to the number of sites.
  double kth_distance(std::size_t site, std::size_t k) const;

 private:
  void split(std::size_t part);
  void nearest_straight(std::size_t part, const Coordinates& from, std::size_t k,
                        std::vector<double>& heap) const;
  template <class Take>
  void within_straight(std::size_t part, const Coordinates& from, double radius, const Take& take) const;

  const Sites& sites_;
  std::vector<std::uint32_t> members_;
  std::vector<Part> parts_;
};

}  // namespace waywarden::detail
