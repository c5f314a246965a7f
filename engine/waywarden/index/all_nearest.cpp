#include "waywarden/index/all_nearest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kLeaf = 8;
/// Points that are asked for in one go.
constexpr std::size_t kBlock = 1024;
/// Squares of differences stay finite.
constexpr double kFarthest = 1e150;

/// A point under its position: in the input at first, then among the points in order of coordinates.
struct Located {
  Point at;
  std::uint32_t index = 0;
};

std::vector<Located> located(std::span<const Point> points) {
  if (points.size() >= std::numeric_limits<std::uint32_t>::max()) throw InputError("too many points");
  std::vector<Located> all;
  all.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!(std::abs(points[i].x) <= kFarthest && std::abs(points[i].y) <= kFarthest))
      throw InputError("point " + std::to_string(i) + " has a coordinate that is not finite or beyond 1e150");
    all.push_back({points[i], static_cast<std::uint32_t>(i)});
  }
  return all;
}

/// Points by (x, y, position in the input), numbered anew, and the position that each had.
struct Ordered {
  std::vector<Located> points;
  std::vector<std::uint32_t> position;
};

Ordered ordered(std::span<const Point> points) {
  Ordered all{located(points), {}};
  std::sort(all.points.begin(), all.points.end(), [](const Located& a, const Located& b) {
    return a.at != b.at ? a.at < b.at : a.index < b.index;
  });
  all.position.reserve(points.size());
  for (Located& point : all.points) {
    all.position.push_back(point.index);
    point.index = static_cast<std::uint32_t>(all.position.size() - 1);
  }
  return all;
}

/// Puts at the back all but the first k + 1 points of a place, which are nobody's k nearest: so many points
/// on top of each other cost no more than others. Returns how many stay in front.
std::size_t put_copies_last(std::vector<Located>& points, std::size_t k) {
  std::vector<Located> copies;
  std::size_t kept = 0, here = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    here = i > 0 && points[i].at == points[i - 1].at ? here + 1 : 0;
    if (here > k) {
      copies.push_back(points[i]);
    } else {
      points[kept++] = points[i];
    }
  }
  std::copy(copies.begin(), copies.end(), points.begin() + static_cast<std::ptrdiff_t>(kept));
  return kept;
}

/// Where a range of the points is cut in two: left of the middle are those at most `at` along the axis.
struct Cut {
  double at = 0.0;
  bool by_y = false;
};

/// The points in the order of leaves. A range of more than `kLeaf` is cut at its middle; the cuts lie in the
/// order of a heap, so that the tree needs no links.
class Tree {
 public:
  Tree(std::vector<Located> points, std::size_t k)
      : points_(std::move(points)), searched_(put_copies_last(points_, k)) {
    std::size_t cuts = 1;
    for (std::size_t range = searched_; range > kLeaf; range = (range + 1) / 2) cuts *= 2;
    cuts_.resize(cuts);
    build(1, 0, searched_);
  }

  /// All of them; those beyond `searched()` need not be found.
  const std::vector<Located>& points() const { return points_; }
  std::size_t searched() const { return searched_; }
  const Cut& cut(std::size_t node) const { return cuts_[node]; }

 private:
  void build(std::size_t node, std::size_t begin, std::size_t end) {
    if (end - begin <= kLeaf) return;
    Box box;
    for (std::size_t i = begin; i < end; ++i) box.extend(points_[i].at);
    const bool by_y = box.high.y - box.low.y > box.high.x - box.low.x;
    const std::size_t middle = begin + (end - begin) / 2;
    const auto at = [&](std::size_t i) { return points_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(begin), at(middle), at(end), [by_y](const Located& a, const Located& b) {
      return by_y ? a.at.y < b.at.y : a.at.x < b.at.x;
    });
    cuts_[node] = {by_y ? points_[middle].at.y : points_[middle].at.x, by_y};
    build(2 * node, begin, middle);
    build(2 * node + 1, middle, end);
  }

  std::vector<Located> points_;
  std::size_t searched_;
  std::vector<Cut> cuts_;
};

/// The k nearest found so far, the farthest on top.
class Nearest {
 public:
  explicit Nearest(std::size_t k) : k_(k) { hits_.reserve(k); }

  void clear() { hits_.clear(); }
  double reach() const {
    return hits_.size() < k_ ? std::numeric_limits<double>::infinity() : hits_.front().squared_distance;
  }
  void offer(const SquaredHit& hit) {
    if (hits_.size() == k_) {
      if (!(hit < hits_.front())) return;
      std::pop_heap(hits_.begin(), hits_.end());
      hits_.back() = hit;
    } else {
      hits_.push_back(hit);
    }
    std::push_heap(hits_.begin(), hits_.end());
  }
  std::span<const SquaredHit> hits() const { return hits_; }

 private:
  std::size_t k_;
  std::vector<SquaredHit> hits_;
};

class Search {
 public:
  Search(const Tree& tree, std::size_t k) : tree_(tree), nearest_(k) {}

  std::span<const SquaredHit> around(const Located& from) {
    from_ = from;
    nearest_.clear();
    visit(1, 0, tree_.searched(), {});
    return nearest_.hits();
  }

 private:
  /// `beyond`: how far outside the range's own strip the search stands, along each axis.
  void visit(std::size_t node, std::size_t begin, std::size_t end, Point beyond) {
    if (end - begin <= kLeaf) return scan(begin, end);
    const Cut& cut = tree_.cut(node);
    const double along = (cut.by_y ? from_.at.y : from_.at.x) - cut.at;
    const std::size_t middle = begin + (end - begin) / 2;
    Point across = beyond;
    (cut.by_y ? across.y : across.x) = along;
    if (along < 0.0) {
      visit(2 * node, begin, middle, beyond);
      if (worth(across)) visit(2 * node + 1, middle, end, across);
    } else {
      visit(2 * node + 1, middle, end, beyond);
      if (worth(across)) visit(2 * node, begin, middle, across);
    }
  }

  /// Also what is exactly as far: ties are broken by index.
  bool worth(Point beyond) const { return beyond.x * beyond.x + beyond.y * beyond.y <= nearest_.reach(); }

  void scan(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Located& other = tree_.points()[i];
      const double dx = other.at.x - from_.at.x, dy = other.at.y - from_.at.y;
      if (other.index != from_.index) nearest_.offer({dx * dx + dy * dy, other.index});
    }
  }

  const Tree& tree_;
  Nearest nearest_;
  Located from_;
};

}  // namespace

void all_nearest(std::span<const Point> points, std::size_t k, const Execution& execution,
                 const std::function<void(std::size_t, std::span<const SquaredHit>)>& take) {
  const std::size_t n = points.size(), most = n == 0 ? 0 : std::min(k, n - 1);
  Ordered all = ordered(points);
  const Tree tree(std::move(all.points), most);
  parallel_for((n + kBlock - 1) / kBlock, execution, [&](std::size_t block) {
    Search search(tree, most);
    std::vector<SquaredHit> hits;
    for (std::size_t i = block * kBlock; i < std::min(n, (block + 1) * kBlock); ++i) {
      const Located& from = tree.points()[i];
      hits.clear();
      if (most > 0) {
        const auto found = search.around(from);
        hits.assign(found.begin(), found.end());
      }
      for (SquaredHit& hit : hits) hit.index = all.position[hit.index];
      take(all.position[from.index], hits);
    }
  });
}

}  // namespace waywarden
