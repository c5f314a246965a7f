#include "waywarden/geometry/wkb.h"

#include <bit>
#include <cstring>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kEwkbZ = 0x80000000U, kEwkbM = 0x40000000U, kEwkbSrid = 0x20000000U;

/// Reads values off the front of a buffer and refuses to read past its end.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool done() const { return bytes_.empty(); }

  struct Header {
    std::uint32_t type;
    std::uint32_t dimensions;
  };

  Header header() {
    const auto order = take<std::uint8_t>();
    if (order > 1) throw InputError("WKB: unknown byte order");
    swap_ = (order == 1) != (std::endian::native == std::endian::little);
    std::uint32_t type = integer();
    std::uint32_t dimensions = 2;
    if ((type & kEwkbSrid) != 0) integer();
    dimensions += ((type & kEwkbZ) != 0) + ((type & kEwkbM) != 0);
    type &= ~(kEwkbZ | kEwkbM | kEwkbSrid);
    const std::uint32_t iso = type / 1000;
    if (iso > 3) throw InputError("WKB: unknown geometry type");
    dimensions += (iso == 3) ? 2 : (iso > 0);
    return {type % 1000, dimensions};
  }

  std::uint32_t integer() {
    auto value = take<std::uint32_t>();
    return swap_ ? __builtin_bswap32(value) : value;
  }

  /// A count of things that take at least `bytes_each`: cannot exceed what is left.
  std::uint32_t count(std::size_t bytes_each) {
    const std::uint32_t n = integer();
    if (n > bytes_.size() / bytes_each)
      throw InputError("WKB: more elements announced than the buffer holds");
    return n;
  }

  Point point(std::uint32_t dimensions) {
    const Point p{real(), real()};
    for (std::uint32_t extra = 2; extra < dimensions; ++extra) real();
    return p;
  }

 private:
  double real() {
    auto value = take<std::uint64_t>();
    return std::bit_cast<double>(swap_ ? __builtin_bswap64(value) : value);
  }

  template <class T>
  T take() {
    if (bytes_.size() < sizeof(T)) throw InputError("WKB: buffer ends too early");
    T value;
    std::memcpy(&value, bytes_.data(), sizeof(T));
    bytes_ = bytes_.subspan(sizeof(T));
    return value;
  }

  std::span<const std::byte> bytes_;
  bool swap_ = false;
};

void read_points(Reader& reader, std::uint32_t dimensions, Geometry& out) {
  const std::uint32_t n = reader.count(8 * std::size_t{dimensions});
  out.points.reserve(out.points.size() + n);
  for (std::uint32_t i = 0; i < n; ++i) out.points.push_back(reader.point(dimensions));
  out.part_ends.push_back(static_cast<std::uint32_t>(out.points.size()));
}

void read_polygon(Reader& reader, std::uint32_t dimensions, Geometry& out) {
  const std::uint32_t rings = reader.count(4);
  for (std::uint32_t i = 0; i < rings; ++i) read_points(reader, dimensions, out);
  if (rings > 0) out.close_polygon();
}

void read_single(Reader& reader, GeometryType type, std::uint32_t dimensions, Geometry& out) {
  if (type == GeometryType::point) {
    out.points.push_back(reader.point(dimensions));
  } else if (type == GeometryType::line_string) {
    read_points(reader, dimensions, out);
  } else {
    read_polygon(reader, dimensions, out);
  }
}

void read_multi(Reader& reader, GeometryType member, Geometry& out) {
  const std::uint32_t n = reader.count(5);
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto header = reader.header();
    if (header.type != static_cast<std::uint32_t>(member)) throw InputError("WKB: mixed multi-geometry");
    read_single(reader, member, header.dimensions, out);
  }
}

class Writer {
 public:
  std::vector<std::byte> take() { return std::move(bytes_); }
  void header(GeometryType type) {
    put(std::uint8_t{1});
    put(static_cast<std::uint32_t>(type));
  }
  void integer(std::size_t value) { put(static_cast<std::uint32_t>(value)); }
  void point(Point p) {
    put(p.x);
    put(p.y);
  }
  void points(std::span<const Point> vertices) {
    integer(vertices.size());
    for (const Point p : vertices) point(p);
  }

 private:
  template <class T>
  void put(T value) {
    static_assert(std::endian::native == std::endian::little);
    const auto* begin = reinterpret_cast<const std::byte*>(&value);
    bytes_.insert(bytes_.end(), begin, begin + sizeof(T));
  }
  std::vector<std::byte> bytes_;
};

void write_rings(Writer& writer, const Geometry& geometry, std::size_t polygon) {
  const auto [first, last] = geometry.rings_of_polygon(polygon);
  writer.integer(last - first);
  for (std::size_t i = first; i < last; ++i) writer.points(geometry.part(i));
}

void write_polygons(Writer& writer, const Geometry& geometry) {
  writer.integer(geometry.polygon_ends.size());
  for (std::size_t i = 0; i < geometry.polygon_ends.size(); ++i) {
    writer.header(GeometryType::polygon);
    write_rings(writer, geometry, i);
  }
}

void write_lines(Writer& writer, const Geometry& geometry) {
  writer.integer(geometry.part_count());
  for (std::size_t i = 0; i < geometry.part_count(); ++i) {
    writer.header(GeometryType::line_string);
    writer.points(geometry.part(i));
  }
}

void write_multi_point(Writer& writer, const Geometry& geometry) {
  writer.integer(geometry.points.size());
  for (const Point p : geometry.points) {
    writer.header(GeometryType::point);
    writer.point(p);
  }
}

bool is_empty_point(const Geometry& g) {
  return g.type == GeometryType::point && std::isnan(g.points[0].x) && std::isnan(g.points[0].y);
}

}  // namespace

Geometry from_wkb(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  const auto header = reader.header();
  if (header.type < 1 || header.type > 6) throw InputError("WKB: not a point, line or polygon geometry");
  Geometry out;
  out.type = static_cast<GeometryType>(header.type);
  if (header.type <= 3) {
    read_single(reader, out.type, header.dimensions, out);
  } else {
    read_multi(reader, static_cast<GeometryType>(header.type - 3), out);
  }
  if (!reader.done()) throw InputError("WKB: bytes left over");
  return is_empty_point(out) ? Geometry{} : out;
}

std::vector<std::byte> to_wkb(const Geometry& geometry) {
  Writer writer;
  if (geometry.type == GeometryType::none) return {};
  writer.header(geometry.type);
  switch (geometry.type) {
    case GeometryType::point:
      writer.point(geometry.points.at(0));
      break;
    case GeometryType::line_string:
      writer.points(geometry.points);
      break;
    case GeometryType::polygon:
      if (geometry.polygon_ends.empty())
        writer.integer(0);
      else
        write_rings(writer, geometry, 0);
      break;
    case GeometryType::multi_point:
      write_multi_point(writer, geometry);
      break;
    case GeometryType::multi_line_string:
      write_lines(writer, geometry);
      break;
    case GeometryType::multi_polygon:
      write_polygons(writer, geometry);
      break;
    case GeometryType::none:
      break;
  }
  return writer.take();
}

}  // namespace waywarden
