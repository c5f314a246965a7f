#include "waywarden/hotspots/contiguity.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/index/segment_index.h"

namespace waywarden {
namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;

void require_polygonal(const Geometry& area, std::size_t number) {
  const bool polygonal = area.type == GeometryType::polygon || area.type == GeometryType::multi_polygon ||
                         area.type == GeometryType::none;
  const std::string name = "area " + std::to_string(number);
  if (!polygonal) throw InputError(name + " is not a polygon");
  if (!std::all_of(area.points.begin(), area.points.end(), [](Point p) { return p.finite(); }))
    throw InputError(name + " has a coordinate that is not finite");
}

/// Calls take(from, to) for each edge of the area's rings, but those without length.
template <class Take>
void each_edge(const Geometry& area, const Take& take) {
  for (std::size_t ring = 0; ring < area.part_count(); ++ring) {
    const auto vertices = area.part(ring);
    for (std::size_t i = 1; i < vertices.size(); ++i) {
      if (vertices[i - 1] != vertices[i]) take(vertices[i - 1], vertices[i]);
    }
  }
}

Weights from_lists(Lists lists) {
  for (auto& list : lists) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return binary_weights(std::move(lists));
}

// ---- shared vertices and edges

/// Something of a boundary (an edge in either direction, or a vertex twice), and whose it is.
struct Piece {
  Point first, second;
  std::uint32_t area = 0;

  friend constexpr auto operator<=>(const Piece&, const Piece&) = default;
  bool same_place(const Piece& other) const { return first == other.first && second == other.second; }
};

std::vector<Piece> pieces(std::span<const Geometry> areas, Border border) {
  std::vector<Piece> all;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    const auto area = static_cast<std::uint32_t>(i);
    each_edge(areas[i], [&](Point from, Point to) {
      if (border == Border::rook) {
        all.push_back({std::min(from, to), std::max(from, to), area});
      } else {
        all.push_back({from, from, area});
        all.push_back({to, to, area});
      }
    });
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Lists sharing_pieces(std::span<const Geometry> areas, Border border) {
  const std::vector<Piece> all = pieces(areas, border);
  Lists lists(areas.size());
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].same_place(all[begin])) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = begin; j < end; ++j) {
        if (i != j) lists[all[i].area].push_back(all[j].area);
      }
    }
  }
  return lists;
}

// ---- boundaries near each other

double length(const Segment& s) { return std::hypot(s.second.x - s.first.x, s.second.y - s.first.y); }

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

double distance(const Segment& segment, Point from) {
  return distance(nearest_on_segment(segment, from).point, from);
}

/// Twice the area of the triangle: its sign says on which side of a -> b c lies.
double turn(Point a, Point b, Point c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

bool cross(const Segment& s, const Segment& t) {
  const auto parts = [](const Segment& line, const Segment& ends) {
    const double first = turn(line.first, line.second, ends.first);
    const double second = turn(line.first, line.second, ends.second);
    return (first < 0.0 && second > 0.0) || (first > 0.0 && second < 0.0);
  };
  return parts(s, t) && parts(t, s);
}

bool touch(const Segment& s, const Segment& t, double tolerance) {
  return distance(s, t.first) <= tolerance || distance(s, t.second) <= tolerance ||
         distance(t, s.first) <= tolerance || distance(t, s.second) <= tolerance || cross(s, t);
}

Point along(const Segment& s, double metres) {
  const double share = metres / length(s);
  return {s.first.x + share * (s.second.x - s.first.x), s.first.y + share * (s.second.y - s.first.y)};
}

/// How far along the line through s, from its first end, p lies.
double position(const Segment& s, Point p) {
  const double x = s.second.x - s.first.x, y = s.second.y - s.first.y;
  return ((p.x - s.first.x) * x + (p.y - s.first.y) * y) / length(s);
}

/// Where both are abreast, from end to end of the stretch, they are within the tolerance.
bool run_side_by_side(const Segment& s, const Segment& t, double tolerance) {
  const double from = position(s, t.first), to = position(s, t.second);
  const double begin = std::max(0.0, std::min(from, to)), end = std::min(length(s), std::max(from, to));
  return end - begin > tolerance && distance(t, along(s, begin)) <= tolerance &&
         distance(t, along(s, end)) <= tolerance;
}

bool meet(const Segment& s, const Segment& t, const ContiguityOptions& options) {
  if (options.border == Border::queen) return touch(s, t, *options.tolerance);
  return run_side_by_side(s, t, *options.tolerance) || run_side_by_side(t, s, *options.tolerance);
}

struct Edges {
  std::vector<Segment> segments;
  std::vector<std::uint32_t> area;
  /// Edges [first[i], first[i + 1]) are those of area i.
  std::vector<std::size_t> first{0};
};

Edges edges_of(std::span<const Geometry> areas) {
  Edges edges;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    each_edge(areas[i], [&](Point from, Point to) {
      edges.segments.emplace_back(from, to);
      edges.area.push_back(static_cast<std::uint32_t>(i));
    });
    edges.first.push_back(edges.segments.size());
  }
  return edges;
}

Box box_around(const Segment& s, double margin) {
  Box box;
  box.extend(s.first);
  box.extend(s.second);
  return {{box.low.x - margin, box.low.y - margin}, {box.high.x + margin, box.high.y + margin}};
}

Lists near_each_other(std::span<const Geometry> areas, const ContiguityOptions& options,
                      const Execution& execution) {
  const Edges edges = edges_of(areas);
  const SegmentIndex index(edges.segments);
  Lists lists(areas.size());
  parallel_for(areas.size(), execution, [&](std::size_t i) {
    auto& list = lists[i];
    for (std::size_t e = edges.first[i]; e < edges.first[i + 1]; ++e) {
      const Segment& own = edges.segments[e];
      for (const std::size_t other : index.intersecting(box_around(own, *options.tolerance))) {
        const std::uint32_t area = edges.area[other];
        if (area == i || std::find(list.begin(), list.end(), area) != list.end()) continue;
        if (meet(own, edges.segments[other], options)) list.push_back(area);
      }
    }
  });
  return lists;
}

/// Rounding may see a border from one side only.
void make_symmetric(Lists& lists) {
  const Lists seen = lists;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (const std::uint32_t j : seen[i]) lists[j].push_back(static_cast<std::uint32_t>(i));
  }
}

}  // namespace

Weights contiguity(std::span<const Geometry> areas, const ContiguityOptions& options,
                   const Execution& execution) {
  for (std::size_t i = 0; i < areas.size(); ++i) require_polygonal(areas[i], i);
  if (!options.tolerance) return from_lists(sharing_pieces(areas, options.border));
  if (!(*options.tolerance >= 0.0) || !std::isfinite(*options.tolerance))
    throw OptionError("a tolerance must be a number that is not negative");
  Lists lists = near_each_other(areas, options, execution);
  make_symmetric(lists);
  return from_lists(std::move(lists));
}

}  // namespace waywarden
