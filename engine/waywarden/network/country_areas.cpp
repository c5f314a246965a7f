#include "waywarden/network/country_areas.h"

#include <algorithm>
#include <map>

#include "waywarden/index/segment_index.h"

namespace waywarden {
namespace {

/// How far beyond its ends, as a share of its length, a segment still meets a border: rounding must not let a
/// line slip through between two segments.
constexpr double kShareTolerance = 1e-9;

double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
Point minus(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }

/// Share of the way from a to b at which it meets c-d.
std::optional<double> meeting_share(Point a, Point b, const Segment& border) {
  const Point r = minus(b, a), s = minus(border.second, border.first), offset = minus(border.first, a);
  const double denominator = cross(r, s);
  if (denominator == 0.0) return std::nullopt;
  const double t = cross(offset, s) / denominator, u = cross(offset, r) / denominator;
  const auto inside = [](double share) {
    return share >= -kShareTolerance && share <= 1.0 + kShareTolerance;
  };
  if (!inside(t) || !inside(u)) return std::nullopt;
  return std::clamp(t, 0.0, 1.0);
}

/// Whether a ray from p to the east passes the segment; half-open in y, so that a shared vertex counts once.
bool east_ray_passes(Point p, const Segment& s) {
  if ((s.first.y > p.y) == (s.second.y > p.y)) return false;
  return p.x < s.first.x + (p.y - s.first.y) / (s.second.y - s.first.y) * (s.second.x - s.first.x);
}

bool is_polygonal(const Geometry& g) {
  return g.type == GeometryType::polygon || g.type == GeometryType::multi_polygon;
}

}  // namespace

struct CountryAreas::Impl {
  std::vector<std::string> codes;
  std::vector<double> accuracy_m;
  std::vector<Segment> segments;
  std::vector<std::uint16_t> owner;
  Box bounds;
  std::unique_ptr<SegmentIndex> index;

  void add(const Geometry& polygon, std::uint16_t country) {
    for (std::size_t ring = 0; ring < polygon.part_count(); ++ring) {
      const auto vertices = polygon.part(ring);
      for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
        segments.emplace_back(vertices[i], vertices[i + 1]);
        owner.push_back(country);
        bounds.extend(vertices[i]);
      }
    }
  }
};

CountryAreas::CountryAreas(const CountryLayer& layer, ImportReport& report)
    : impl_(std::make_unique<Impl>()) {
  const FeatureTable& table = layer.table;
  const Column& code = table.column(layer.code_column);
  const Column* accuracy = layer.accuracy_column.empty() ? nullptr : &table.column(layer.accuracy_column);
  std::map<std::string, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto text = code.text(row);
    if (!text || text->empty() || !table.has_geometry() || !is_polygonal(table.geometries[row])) {
      report.add(Outcome::skipped, {table.source, table.name, table.ids[row]},
                 "country without code or polygon");
    } else {
      rows[*text].push_back(row);
    }
  }
  for (const auto& [text, of_country] : rows) {
    double metres = layer.accuracy.value;
    for (const std::size_t row : of_country) {
      impl_->add(table.geometries[row], static_cast<std::uint16_t>(impl_->codes.size()));
      if (accuracy != nullptr) metres = std::max(metres, accuracy->number(row).value_or(0.0));
    }
    impl_->codes.push_back(text);
    impl_->accuracy_m.push_back(metres);
  }
  impl_->index = std::make_unique<SegmentIndex>(impl_->segments);
}

CountryAreas::~CountryAreas() = default;
CountryAreas::CountryAreas(CountryAreas&&) noexcept = default;

const std::vector<std::string>& CountryAreas::codes() const { return impl_->codes; }
double CountryAreas::accuracy_m(std::size_t country) const { return impl_->accuracy_m[country]; }

std::optional<std::uint16_t> CountryAreas::country_at(Point p) const {
  if (!impl_->bounds.contains(p)) return std::nullopt;
  std::vector<std::uint8_t> inside(impl_->codes.size(), 0);
  for (const std::size_t i : impl_->index->intersecting({p, {impl_->bounds.high.x, p.y}})) {
    if (east_ray_passes(p, impl_->segments[i])) inside[impl_->owner[i]] ^= 1U;
  }
  const auto found = std::find(inside.begin(), inside.end(), 1);
  if (found == inside.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - inside.begin());
}

std::vector<double> CountryAreas::border_shares(Point a, Point b) const {
  Box box;
  box.extend(a);
  box.extend(b);
  std::vector<double> shares;
  for (const std::size_t i : impl_->index->intersecting(box)) {
    if (const auto share = meeting_share(a, b, impl_->segments[i])) shares.push_back(*share);
  }
  std::sort(shares.begin(), shares.end());
  shares.erase(std::unique(shares.begin(), shares.end()), shares.end());
  return shares;
}

}  // namespace waywarden
