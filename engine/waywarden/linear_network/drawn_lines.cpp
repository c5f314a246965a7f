#include "waywarden/linear_network/drawn_lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

/// The course of an edge to be, and the row it comes from.
struct Piece {
  std::vector<Point> course;
  std::uint32_t source = 0;

  friend auto operator<=>(const Piece&, const Piece&) = default;
};

bool measurable(Point p, LengthKind lengths) {
  if (lengths == LengthKind::planar) return p.finite();
  return std::abs(p.x) <= 360.0 && std::abs(p.y) <= 90.0;
}

void require_line(const Geometry& geometry, LengthKind lengths, std::size_t row) {
  const std::string which = "line " + std::to_string(row);
  if (geometry.type != GeometryType::line_string && geometry.type != GeometryType::multi_line_string) {
    throw InputError(which + " is a " + name(geometry.type) + "; a line is needed here");
  }
  for (const Point p : geometry.points) {
    if (!measurable(p, lengths)) throw InputError(which + " has a coordinate that cannot be measured");
  }
}

/// Without repetitions of a vertex; empty for a line without length.
std::vector<Point> without_repeats(std::span<const Point> line) {
  std::vector<Point> course(line.begin(), line.end());
  course.erase(std::unique(course.begin(), course.end()), course.end());
  if (course.size() < 2) course.clear();
  return course;
}

void turn_canonically(std::vector<Point>& course) {
  if (std::ranges::lexicographical_compare(course.rbegin(), course.rend(), course.begin(), course.end())) {
    std::ranges::reverse(course);
  }
}

/// A row for each part of each line that has length.
std::vector<Piece> whole_lines(std::span<const Geometry> lines, LengthKind lengths, std::size_t& left_out) {
  std::vector<Piece> pieces;
  for (std::uint32_t row = 0; row < lines.size(); ++row) {
    if (lines[row].empty()) continue;
    require_line(lines[row], lengths, row);
    for (std::size_t part = 0; part < lines[row].part_count(); ++part) {
      pieces.push_back({without_repeats(lines[row].part(part)), row});
      if (!pieces.back().course.empty()) continue;
      pieces.pop_back();
      ++left_out;
    }
  }
  return pieces;
}

std::vector<Point> ends_of(const std::vector<Piece>& pieces) {
  std::vector<Point> ends;
  for (const Piece& piece : pieces) {
    ends.push_back(piece.course.front());
    ends.push_back(piece.course.back());
  }
  std::ranges::sort(ends);
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

/// Cut at inner vertices that are among the ends.
std::vector<Piece> cut(const std::vector<Piece>& lines, const std::vector<Point>& ends) {
  std::vector<Piece> pieces;
  for (const auto& [course, source] : lines) {
    std::size_t from = 0;
    for (std::size_t i = 1; i < course.size(); ++i) {
      if (i + 1 < course.size() && !std::ranges::binary_search(ends, course[i])) continue;
      const auto begin = course.begin();
      pieces.push_back(
          {{begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(i + 1)}, source});
      from = i;
    }
  }
  return pieces;
}

double distance(Point a, Point b, LengthKind lengths) {
  if (lengths == LengthKind::geodesic) return geodesic_distance(a, b).value;
  return std::hypot(b.x - a.x, b.y - a.y);
}

/// Adds an edge's course; returns its length.
double add_course(DrawnLines& lines, std::span<const Point> course) {
  double along = 0.0;
  for (std::size_t i = 0; i < course.size(); ++i) {
    if (i > 0) along += distance(course[i - 1], course[i], lines.lengths);
    lines.vertex.push_back(course[i]);
    lines.vertex_along.push_back(along);
  }
  lines.first_vertex.push_back(lines.vertex.size());
  return along;
}

/// Stretches the last course added to the length that its edge is said to have.
void stretch_last(DrawnLines& lines, double length) {
  const std::size_t first = lines.first_vertex[lines.first_vertex.size() - 2];
  const double measured = lines.vertex_along.back();
  for (std::size_t i = first; i < lines.vertex.size(); ++i) {
    lines.vertex_along[i] = measured > 0.0 ? lines.vertex_along[i] / measured * length : 0.0;
  }
  lines.vertex_along.back() = length;
}

std::uint32_t position_of(const std::vector<Point>& sorted, Point point) {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(sorted, point) - sorted.begin());
}

/// An edge stands for itself and its twin.
bool counts(const Network& network, EdgeId e, std::span<const Mode> modes) {
  const EdgeId twin = network.columns().twin[e.index()];
  return std::ranges::find(modes, network.mode(e)) != modes.end() && !(twin.exists() && twin < e);
}

}  // namespace

DrawnLines drawn_lines(std::span<const Geometry> geometries, LengthKind lengths) {
  DrawnLines lines;
  lines.lengths = lengths;
  const std::vector<Piece> whole = whole_lines(geometries, lengths, lines.left_out);
  lines.node_point = ends_of(whole);
  std::vector<Piece> pieces = cut(whole, lines.node_point);
  for (Piece& piece : pieces) turn_canonically(piece.course);
  std::ranges::sort(pieces);
  std::vector<LinearNetwork::Edge> edges;
  for (const auto& [course, source] : pieces) {
    edges.push_back({position_of(lines.node_point, course.front()),
                     position_of(lines.node_point, course.back()), add_course(lines, course)});
    lines.source.push_back(source);
  }
  lines.network = LinearNetwork(lines.node_point.size(), std::move(edges));
  return lines;
}

DrawnLines drawn_lines(const Network& network, std::span<const Mode> modes) {
  DrawnLines lines;
  lines.lengths = LengthKind::geodesic;
  lines.node_point = network.columns().node_point;
  std::vector<LinearNetwork::Edge> edges;
  for (std::size_t i = 0; i < network.edge_count(); ++i) {
    const EdgeId e(i);
    if (!counts(network, e, modes)) continue;
    const double length = network.columns().length_m[i];
    add_course(lines, network.polyline(e));
    stretch_last(lines, length);
    edges.push_back({static_cast<std::uint32_t>(network.tail(e).index()),
                     static_cast<std::uint32_t>(network.head(e).index()), length});
    lines.source.push_back(static_cast<std::uint32_t>(i));
  }
  lines.network = LinearNetwork(network.node_count(), std::move(edges));
  return lines;
}

Point point_at(const DrawnLines& lines, LinePosition position) {
  require_on(lines.network, {&position, 1});
  const auto begin = lines.vertex_along.begin();
  const auto first = begin + static_cast<std::ptrdiff_t>(lines.first_vertex[position.edge]);
  const auto last = begin + static_cast<std::ptrdiff_t>(lines.first_vertex[position.edge + 1]);
  const auto next = std::upper_bound(first, last, position.along);
  if (next == last) return lines.vertex[static_cast<std::size_t>(last - begin) - 1];
  const auto at = static_cast<std::size_t>(next - begin);
  const Point a = lines.vertex[at - 1], b = lines.vertex[at];
  const double from = lines.vertex_along[at - 1];
  if (position.along <= from) return a;
  const double t = (position.along - from) / (lines.vertex_along[at] - from);
  return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

std::vector<Point> course_between(const DrawnLines& lines, std::size_t edge, double from, double to) {
  const auto e = static_cast<std::uint32_t>(edge);
  std::vector<Point> course = {point_at(lines, {e, from})};
  for (std::size_t i = lines.first_vertex[edge]; i < lines.first_vertex[edge + 1]; ++i) {
    if (lines.vertex_along[i] > from && lines.vertex_along[i] < to) course.push_back(lines.vertex[i]);
  }
  course.push_back(point_at(lines, {e, to}));
  return course;
}

}  // namespace waywarden
