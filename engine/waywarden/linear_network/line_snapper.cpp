#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "waywarden/base/errors.h"
#include "waywarden/index/geographic_index.h"
#include "waywarden/index/segment_index.h"
#include "waywarden/linear_network/drawn_lines.h"

namespace waywarden {
namespace {

/// The nearest segment, by its position in the index.
struct NearestSegment {
  std::size_t segment;
  double t;
  double distance;
};

std::optional<NearestSegment> nearest_in(const SegmentIndex& index, Point point, Metres limit) {
  const auto hits = index.nearest(point, 1);
  if (hits.empty() || hits.front().distance > limit.value) return std::nullopt;
  return NearestSegment{hits.front().index, hits.front().foot.t, hits.front().distance};
}

std::optional<NearestSegment> nearest_in(const GeographicSegmentIndex& index, Point point, Metres limit) {
  const auto hit = index.nearest(point, limit);
  if (!hit) return std::nullopt;
  return NearestSegment{hit->segment, hit->t, hit->distance_m};
}

}  // namespace

struct LineSnapper::Index {
  /// Per segment of the index, its edge and the vertex it begins with.
  std::vector<std::uint32_t> edge;
  std::vector<std::size_t> vertex;
  std::variant<std::monostate, SegmentIndex, GeographicSegmentIndex> segments;
};

LineSnapper::LineSnapper(const DrawnLines& lines) : lines_(&lines), index_(std::make_unique<Index>()) {
  std::vector<Segment> segments;
  for (std::uint32_t e = 0; e < lines.network.edge_count(); ++e) {
    for (std::size_t i = lines.first_vertex[e]; i + 1 < lines.first_vertex[e + 1]; ++i) {
      segments.emplace_back(lines.vertex[i], lines.vertex[i + 1]);
      index_->edge.push_back(e);
      index_->vertex.push_back(i);
    }
  }
  if (lines.lengths == LengthKind::planar) {
    index_->segments.emplace<SegmentIndex>(segments);
  } else {
    index_->segments.emplace<GeographicSegmentIndex>(std::move(segments));
  }
}
LineSnapper::~LineSnapper() = default;
LineSnapper::LineSnapper(LineSnapper&&) noexcept = default;
LineSnapper& LineSnapper::operator=(LineSnapper&&) noexcept = default;

std::optional<LineSnapper::Hit> LineSnapper::nearest(Point point, Metres limit) const {
  if (!(limit.value >= 0.0)) throw OptionError("the limit of snapping must be at least 0 metres");
  const auto* planar = std::get_if<SegmentIndex>(&index_->segments);
  const auto found = planar != nullptr
                         ? nearest_in(*planar, point, limit)
                         : nearest_in(std::get<GeographicSegmentIndex>(index_->segments), point, limit);
  if (!found) return std::nullopt;
  const std::size_t vertex = index_->vertex[found->segment];
  const double from = lines_->vertex_along[vertex], to = lines_->vertex_along[vertex + 1];
  // The ends themselves, bit for bit: an incident on a node is known as such.
  const double along = found->t == 1.0 ? to : std::min(to, from + found->t * (to - from));
  return Hit{{index_->edge[found->segment], along}, found->distance};
}

std::vector<std::optional<LineSnapper::Hit>> snapped(const DrawnLines& lines, std::span<const Point> points,
                                                     Metres limit, const Execution& execution) {
  const bool planar = lines.lengths == LengthKind::planar;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool on_earth = std::abs(points[i].x) <= 360.0 && std::abs(points[i].y) <= 90.0;
    if (planar ? !points[i].finite() : !on_earth) {
      throw InputError("point " + std::to_string(i) + " has no coordinates that can be measured");
    }
  }
  const LineSnapper snapper(lines);
  std::vector<std::optional<LineSnapper::Hit>> hits(points.size());
  parallel_for(
      points.size(), execution, [&](std::size_t i) { hits[i] = snapper.nearest(points[i], limit); }, 64);
  return hits;
}

}  // namespace waywarden
