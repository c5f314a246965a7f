#pragma once

/// A linear network with its course on the map. Lines are joined where their ends have equal coordinates, and
/// cut where another's end lies on one of their vertices; lines that merely cross (a bridge) are not joined,
/// nor is an end that lies beside a vertex (build a `Network` to have those repaired).
///
/// Canonical: nodes stand in the order of their coordinates, edges run from the smaller end to the larger
/// (loops and edges between the same ends by their vertices) and stand in the order of their course, so
/// neither the order of the lines nor the direction they were drawn in changes anything but `source`. Lines
/// without length are left out; those drawn twice are kept twice. O(n log n).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/geometry/geometry.h"
#include "waywarden/geometry/point.h"
#include "waywarden/linear_network/linear_network.h"
#include "waywarden/network/mode.h"
#include "waywarden/network/network.h"

namespace waywarden {

/// How coordinates make lengths.
enum class LengthKind : std::uint8_t {
  planar,    ///< Euclidean, in the unit of the coordinates, which are taken for metres
  geodesic,  ///< metres on WGS 84 between longitudes and latitudes
};

struct DrawnLines {
  LinearNetwork network;
  LengthKind lengths = LengthKind::planar;
  std::vector<Point> node_point;
  /// Vertices of edge e, from its first node to its second, are [first_vertex[e], first_vertex[e + 1]);
  /// `vertex_along` says how far along each is.
  std::vector<Point> vertex;
  std::vector<double> vertex_along;
  std::vector<std::size_t> first_vertex{0};
  /// Row of the line (geometry, or `EdgeId`) that each edge comes from.
  std::vector<std::uint32_t> source;
  /// Lines without length.
  std::size_t left_out = 0;

  std::span<const Point> course(std::size_t edge) const {
    return {vertex.data() + first_vertex[edge], first_vertex[edge + 1] - first_vertex[edge]};
  }
};

/// From lines and multi-lines; rows without geometry are skipped. Throws `InputError`, naming the row, for
/// other geometries and coordinates that cannot be measured.
DrawnLines drawn_lines(std::span<const Geometry> lines, LengthKind lengths);

/// From the edges of the modes given, an edge and its twin once; all ends stay nodes, and crossings (no
/// length) keep both sides of a border joined. Nodes are those of the network, by the same ids.
DrawnLines drawn_lines(const Network& network, std::span<const Mode> modes);

/// Where a position is on the map. Throws `InputError` for one that is not on the network.
Point point_at(const DrawnLines& lines, LinePosition position);
/// The course of an edge between two distances along it, both ends included.
std::vector<Point> course_between(const DrawnLines& lines, std::size_t edge, double from, double to);

/// Finds the nearest position to a point. Immutable, safe to query from many threads.
class LineSnapper {
 public:
  struct Hit {
    LinePosition position;
    /// Metres between the point and the line, by the same kind of length.
    double distance = 0.0;
  };

  /// The lines must outlive it.
  explicit LineSnapper(const DrawnLines& lines);
  ~LineSnapper();
  LineSnapper(LineSnapper&&) noexcept;
  LineSnapper& operator=(LineSnapper&&) noexcept;

  /// Nothing where no line is within the limit. Where several are equally near, that of the first edge.
  std::optional<Hit> nearest(Point point, Metres limit) const;

 private:
  struct Index;
  const DrawnLines* lines_;
  std::unique_ptr<Index> index_;
};

/// For each point, the nearest position on the lines if there is one within the limit. Throws `InputError`,
/// naming the row, for a point that is not finite.
std::vector<std::optional<LineSnapper::Hit>> snapped(const DrawnLines& lines, std::span<const Point> points,
                                                     Metres limit, const Execution& execution = {});

}  // namespace waywarden
