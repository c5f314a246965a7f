#pragma once

/// Density and mass summed lixel by lixel, in a workspace of one thread: stretches of kernel are laid on the
/// edges, then what has come together is taken out, edge by edge.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "waywarden/linear_network/joined.h"
#include "waywarden/linear_network/lixels.h"

namespace waywarden::density_detail {

/// A kernel along a way of an edge: at t metres from the way's tail it has come tail + t metres. Covers t
/// from begin to end.
struct Stretch {
  std::uint32_t way = 0;
  double tail = 0.0;
  double begin = 0.0;
  double end = 0.0;
  double factor = 1.0;
  /// The kernel's integral up to where it begins.
  double up_to = 0.0;
};

struct LixelShare {
  std::uint32_t lixel = 0;
  double density = 0.0;
  double mass = 0.0;
};

class LixelSums {
 public:
  /// Both must outlive this. Lixels are those of the network before joining.
  LixelSums(const JoinedLines& lines, const Lixels& lixels)
      : lines_(&lines), lixels_(&lixels), sums_(lixels.size()), touched_(lines.network.edge_count()) {
    for (const std::uint32_t before : lines.edge_before) {
      rows_.emplace_back(lixels.first[before], lixels.first[before + 1]);
    }
  }

  template <class Kernel>
  void add(const Kernel& kernel, const Stretch& stretch) {
    const auto rows = rows_[stretch.way / 2];
    if (rows.first == rows.second) return;
    touch(stretch.way / 2);
    if (stretch.way % 2 == 0) {
      add_forwards(kernel, stretch, rows);
    } else {
      add_backwards(kernel, stretch, rows);
    }
  }

  /// The mass alone.
  template <class Kernel>
  void add_mass(const Kernel& kernel, const Stretch& stretch) {
    add(MassOnly<Kernel>{kernel}, stretch);
  }

  /// density_at(x) at the centre of each lixel of an edge, x metres from its first node.
  template <class DensityAt>
  void add_density(std::uint32_t edge, const DensityAt& density_at) {
    const auto [first, last] = rows_[edge];
    if (first < last) touch(edge);
    for (std::size_t i = first; i < last; ++i) sums_[i].density += density_at(lixels_->centre(i));
  }

  /// What has come together since the last time, ascending by lixel.
  std::vector<LixelShare> take() {
    std::ranges::sort(edges_);
    std::vector<LixelShare> shares;
    for (const std::uint32_t edge : edges_) {
      const auto [first, last] = rows_[edge];
      for (std::size_t i = first; i < last; ++i) {
        shares.push_back({static_cast<std::uint32_t>(i), sums_[i].density, sums_[i].mass});
        sums_[i] = {};
      }
      touched_[edge] = 0;
    }
    edges_.clear();
    return shares;
  }

 private:
  struct Sum {
    double density = 0.0;
    double mass = 0.0;
  };
  using Rows = std::pair<std::size_t, std::size_t>;

  template <class Kernel>
  struct MassOnly {
    const Kernel& kernel;
    static double at(double) { return 0.0; }
    double up_to(double distance) const { return kernel.up_to(distance); }
  };

  void touch(std::uint32_t edge) {
    if (touched_[edge] != 0) return;
    touched_[edge] = 1;
    edges_.push_back(edge);
  }

  template <class Kernel>
  void add_forwards(const Kernel& kernel, const Stretch& stretch, Rows rows) {
    const double *from = lixels_->from.data(), *to = lixels_->to.data();
    auto [i, last] = rows;
    if (stretch.begin > 0.0) {
      i = static_cast<std::size_t>(std::lower_bound(to + i, to + last, stretch.begin) - to);
    }
    Boundary boundary{stretch.begin, stretch.up_to};
    for (; i < last && from[i] <= stretch.end; ++i) add_one(kernel, stretch, i, from[i], to[i], boundary);
  }

  template <class Kernel>
  void add_backwards(const Kernel& kernel, const Stretch& stretch, Rows rows) {
    const double length = lines_->network.edge(stretch.way / 2).length;
    const double *from = lixels_->from.data(), *to = lixels_->to.data();
    Boundary boundary{stretch.begin, stretch.up_to};
    for (std::size_t i = rows.second; i-- > rows.first;) {
      const double begin = length - to[i], end = length - from[i];
      if (begin > stretch.end) break;
      if (end >= stretch.begin) add_one(kernel, stretch, i, begin, end, boundary);
    }
  }

  /// Where the last lixel ended, and the kernel's integral up to there.
  struct Boundary {
    double at;
    double up_to;
  };

  template <class Kernel>
  void add_one(const Kernel& kernel, const Stretch& stretch, std::size_t lixel, double from, double to,
               Boundary& last) {
    const double centre = from + (to - from) / 2.0;
    if (centre >= stretch.begin && centre <= stretch.end) {
      sums_[lixel].density += stretch.factor * kernel.at(stretch.tail + centre);
    }
    const double begin = std::max(from, stretch.begin), end = std::min(to, stretch.end);
    if (!(end > begin)) return;
    const double before = begin == last.at ? last.up_to : kernel.up_to(stretch.tail + begin);
    last = {end, kernel.up_to(stretch.tail + end)};
    sums_[lixel].mass += stretch.factor * (last.up_to - before);
  }

  const JoinedLines* lines_;
  const Lixels* lixels_;
  /// Per edge, its lixels.
  std::vector<Rows> rows_;
  std::vector<Sum> sums_;
  std::vector<std::uint8_t> touched_;
  std::vector<std::uint32_t> edges_;
};

}  // namespace waywarden::density_detail
