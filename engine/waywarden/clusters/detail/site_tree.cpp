#include "waywarden/clusters/detail/site_tree.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace waywarden::detail {
namespace {

constexpr std::uint32_t kLeaf = 12;

std::size_t widest(const SiteTree::Part& part) {
  std::size_t side = 0;
  for (std::size_t d = 1; d < 3; ++d) {
    if (part.high[d] - part.low[d] > part.high[side] - part.low[side]) side = d;
  }
  return side;
}

}  // namespace

SiteTree::SiteTree(const Sites& sites) : sites_(sites), members_(sites.size()) {
  std::iota(members_.begin(), members_.end(), 0U);
  if (members_.empty()) return;
  parts_.push_back({});
  parts_[0].end = static_cast<std::uint32_t>(members_.size());
  for (std::size_t part = 0; part < parts_.size(); ++part) split(part);
}

void SiteTree::split(std::size_t at) {
  Part part = parts_[at];
  part.low = part.high = sites_.at(members_[part.begin]);
  for (const std::uint32_t site : members(part)) {
    for (std::size_t d = 0; d < 3; ++d) {
      part.low[d] = std::min(part.low[d], sites_.at(site)[d]);
      part.high[d] = std::max(part.high[d], sites_.at(site)[d]);
    }
  }
  if (part.end - part.begin > kLeaf) {
    const std::size_t side = widest(part);
    const std::uint32_t middle = part.begin + (part.end - part.begin) / 2;
    const auto at_member = [&](std::uint32_t i) { return members_.begin() + i; };
    std::nth_element(at_member(part.begin), at_member(middle), at_member(part.end),
                     [&](std::uint32_t a, std::uint32_t b) {
                       const double x = sites_.at(a)[side], y = sites_.at(b)[side];
                       return x != y ? x < y : a < b;
                     });
    part.children = static_cast<std::uint32_t>(parts_.size());
    parts_.push_back({{}, {}, part.begin, middle, 0});
    parts_.push_back({{}, {}, middle, part.end, 0});
  }
  parts_[at] = part;
}

double SiteTree::to_box(const Coordinates& from, const Part& part) {
  double squares = 0.0;
  for (std::size_t d = 0; d < 3; ++d) {
    const double beside = std::max({part.low[d] - from[d], 0.0, from[d] - part.high[d]});
    squares += beside * beside;
  }
  return std::sqrt(squares);
}

void SiteTree::nearest_straight(std::size_t at, const Coordinates& from, std::size_t k,
                                std::vector<double>& heap) const {
  const Part& part = parts_[at];
  if (heap.size() == k && to_box(from, part) > heap.front()) return;
  if (part.children == 0) {
    for (const std::uint32_t site : members(part)) {
      heap.push_back(Sites::length(from, sites_.at(site)));
      std::push_heap(heap.begin(), heap.end());
      if (heap.size() <= k) continue;
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    return;
  }
  const std::uint32_t left = part.children, right = left + 1;
  const bool left_first = to_box(from, parts_[left]) <= to_box(from, parts_[right]);
  nearest_straight(left_first ? left : right, from, k, heap);
  nearest_straight(left_first ? right : left, from, k, heap);
}

template <class Take>
void SiteTree::within_straight(std::size_t at, const Coordinates& from, double radius,
                               const Take& take) const {
  const Part& part = parts_[at];
  if (to_box(from, part) > radius) return;
  if (part.children != 0) {
    within_straight(part.children, from, radius, take);
    within_straight(part.children + 1, from, radius, take);
    return;
  }
  for (const std::uint32_t site : members(part)) {
    const double line = Sites::length(from, sites_.at(site));
    if (line <= radius) take(site, line);
  }
}

double SiteTree::kth_distance(std::size_t site, std::size_t k) const {
  std::vector<double> heap;
  heap.reserve(k + 1);
  nearest_straight(0, sites_.at(site), k, heap);
  const double straight = heap.front();
  if (sites_.metric() == PointMetric::planar) return straight;
  // By true distance the order may differ among those about as far as the k-th.
  const double lowest = sites_.at_least(straight), highest = sites_.at_most(straight);
  std::size_t surely_nearer = 0;
  std::vector<double> undecided;
  const auto take = [&](std::uint32_t other, double line) {
    if (sites_.at_least(line) > highest) return;
    if (sites_.at_most(line) < lowest) {
      ++surely_nearer;
    } else {
      undecided.push_back(sites_.distance(site, other));
    }
  };
  within_straight(0, sites_.at(site), highest * (1.0 + 1e-9) + 1e-6, take);
  const auto wanted = undecided.begin() + static_cast<std::ptrdiff_t>(k - 1 - surely_nearer);
  std::nth_element(undecided.begin(), wanted, undecided.end());
  return *wanted;
}

}  // namespace waywarden::detail
