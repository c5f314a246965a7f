#include "waywarden/network/line_crossings.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "waywarden/index/segment_index.h"

namespace waywarden {
namespace {

constexpr std::size_t kRounds = 4;
/// Degrees. What is closer to a segment lies on it: a tenth of what vertices are rounded to.
constexpr double kOnSegment = 1e-8;

struct Piece {
  std::size_t line;
  std::size_t at;
};

/// A vertex to come between vertices `at` and `at + 1`, `t` of the way.
struct NewVertex {
  std::size_t line;
  std::size_t at;
  double t;
  Point point;
  friend auto operator<=>(const NewVertex&, const NewVertex&) = default;
};

Point minus(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

/// How far along the segment the point lies on it, strictly between its ends.
std::optional<double> share_on(const Segment& segment, Point p) {
  if (p == segment.first || p == segment.second) return std::nullopt;
  const Point way = minus(segment.second, segment.first), to = minus(p, segment.first);
  const double length = std::sqrt(dot(way, way)), t = dot(to, way) / (length * length);
  if (!(t > 0.0 && t < 1.0) || std::abs(cross(way, to)) > kOnSegment * length) return std::nullopt;
  return t;
}

/// Where the insides of two segments cross.
std::optional<Point> inner_crossing(const Segment& a, const Segment& b) {
  const Point along = minus(a.second, a.first), other = minus(b.second, b.first);
  const double area = cross(along, other);
  if (area == 0.0) return std::nullopt;
  const Point between = minus(b.first, a.first);
  const double t = cross(between, other) / area, u = cross(between, along) / area;
  if (!(t > 0.0 && t < 1.0 && u > 0.0 && u < 1.0)) return std::nullopt;
  return canonical({a.first.x + t * along.x, a.first.y + t * along.y});
}

Box box_of(const Segment& s) {
  Box box;
  for (const Point p : {s.first, s.second}) {
    box.extend({p.x - kOnSegment, p.y - kOnSegment});
    box.extend({p.x + kOnSegment, p.y + kOnSegment});
  }
  return box;
}

class Round {
 public:
  Round(const std::vector<Link>& lines, const Execution& execution) : lines_(lines), execution_(execution) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].facts.at_crossings != AtCrossings::join) continue;
      for (std::size_t k = 0; k + 1 < lines[i].line.size(); ++k) {
        segments_.emplace_back(lines[i].line[k], lines[i].line[k + 1]);
        pieces_.push_back({i, k});
      }
    }
  }

  /// What each segment meets of all others, in the canonical order of lines.
  std::vector<NewVertex> run() const {
    const SegmentIndex index(segments_);
    std::vector<std::vector<NewVertex>> found(segments_.size());
    parallel_for(
        segments_.size(), execution_, [&](std::size_t s) { found[s] = met_by(s, index); }, 256);
    std::vector<NewVertex> all;
    for (const auto& some : found) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end(),
                          [](const NewVertex& a, const NewVertex& b) {
                            return a.line == b.line && a.at == b.at && a.point == b.point;
                          }),
              all.end());
    return all;
  }

 private:
  std::vector<NewVertex> met_by(std::size_t s, const SegmentIndex& index) const {
    std::vector<NewVertex> found;
    const Segment& own = segments_[s];
    const auto add = [&](Point p) {
      const Point way = minus(own.second, own.first);
      if (p == own.first || p == own.second) return;
      found.push_back({pieces_[s].line, pieces_[s].at, dot(minus(p, own.first), way) / dot(way, way), p});
    };
    for (const std::size_t other : index.intersecting(box_of(own))) {
      if (other == s || level(other) != level(s)) continue;
      for (const Point end : {segments_[other].first, segments_[other].second}) {
        if (share_on(own, end)) add(end);
      }
      // Both segments must find the same point, whichever asks.
      const auto& [first, second] = std::minmax(own, segments_[other]);
      const auto at = inner_crossing(first, second);
      if (at) add(*at);
    }
    return found;
  }

  std::int16_t level(std::size_t segment) const { return lines_[pieces_[segment].line].facts.level; }

  const std::vector<Link>& lines_;
  const Execution& execution_;
  std::vector<Segment> segments_;
  std::vector<Piece> pieces_;
};

void put_in(std::vector<Link>& lines, const std::vector<NewVertex>& vertices) {
  for (auto begin = vertices.begin(); begin != vertices.end();) {
    const auto end =
        std::find_if(begin, vertices.end(), [&](const auto& v) { return v.line != begin->line; });
    const std::vector<Point> old = std::move(lines[begin->line].line);
    std::vector<Point> line;
    auto next = begin;
    for (std::size_t k = 0; k < old.size(); ++k) {
      line.push_back(old[k]);
      for (; next != end && next->at == k; ++next) line.push_back(next->point);
    }
    line.erase(std::unique(line.begin(), line.end()), line.end());
    lines[begin->line].line = std::move(line);
    begin = end;
  }
}

}  // namespace

CrossedLines with_junctions(std::vector<Link> lines, const Execution& execution) {
  CrossedLines crossed{std::move(lines), 0};
  for (std::size_t round = 0; round < kRounds; ++round) {
    execution.check();
    const std::vector<NewVertex> found = Round(crossed.lines, execution).run();
    if (found.empty()) break;
    crossed.junctions += found.size();
    put_in(crossed.lines, found);
  }
  return crossed;
}

}  // namespace waywarden
