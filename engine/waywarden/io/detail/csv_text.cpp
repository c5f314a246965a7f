#include "waywarden/io/detail/csv_text.h"

#include <algorithm>
#include <charconv>

#include "waywarden/io/detail/outgoing.h"

namespace waywarden::detail {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// Quoted where RFC 4180 asks for it, and where it is empty: nothing at all stands for missing.
std::string cell(const std::string& text) {
  const bool blank = text.empty() || text.front() == ' ' || text.back() == ' ';
  return blank || text.find_first_of("\",;\r\n") != std::string::npos ? quoted(text) : text;
}

std::string value_cell(const Column& column, std::size_t row) {
  const auto text = column.text(row);
  if (!text) return "";
  return cell(column.type() == ColumnType::text ? without_formula(*text) : *text);
}

std::string pair_text(Point p) { return degrees_text(p.x) + " " + degrees_text(p.y); }

std::string vertices_text(std::span<const Point> points) {
  std::string text;
  for (const Point p : points) text += (text.empty() ? "(" : ", ") + pair_text(p);
  return text + ")";
}

std::string parts_text(const Geometry& g, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t i = first; i < last; ++i) text += (text.empty() ? "(" : ", ") + vertices_text(g.part(i));
  return text + ")";
}

std::string polygons_text(const Geometry& g) {
  std::string text;
  for (std::size_t i = 0; i < g.polygon_ends.size(); ++i) {
    const auto [first, last] = g.rings_of_polygon(i);
    text += (text.empty() ? "(" : ", ") + parts_text(g, first, last);
  }
  return text + ")";
}

bool only_points(const FeatureTable& table) {
  return std::all_of(table.geometries.begin(), table.geometries.end(), [](const Geometry& g) {
    return g.type == GeometryType::none || g.type == GeometryType::point;
  });
}

enum class Place { nowhere, point, shape };

Place place_of(const FeatureTable& table) {
  if (!table.has_geometry()) return Place::nowhere;
  return only_points(table) ? Place::point : Place::shape;
}

std::string place_cells(const Geometry& g, Place place) {
  if (place == Place::nowhere) return "";
  if (place == Place::shape) return "," + (g.empty() ? "" : cell(well_known_text(g)));
  return g.empty() ? ",," : "," + degrees_text(g.points[0].x) + "," + degrees_text(g.points[0].y);
}

std::string header(const FeatureTable& table, Place place) {
  UniqueNames names;
  std::string line;
  for (const Column& column : table.columns) {
    line += (line.empty() ? "" : ",") + cell(without_formula(names.take(column.name())));
  }
  if (place == Place::point) line += "," + names.take("longitude") + "," + names.take("latitude");
  if (place == Place::shape) line += "," + names.take("geometry");
  return line + "\r\n";
}

}  // namespace

std::string without_formula(const std::string& text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  return formula ? "'" + text : text;
}

std::string degrees_text(double value) {
  char buffer[400];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::fixed, 7);
  std::string text(buffer, end);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string well_known_text(const Geometry& g) {
  switch (g.type) {
    case GeometryType::none:
      return "";
    case GeometryType::point:
      return "POINT (" + pair_text(g.points.at(0)) + ")";
    case GeometryType::line_string:
      return "LINESTRING " + vertices_text(g.points);
    case GeometryType::polygon:
      return "POLYGON " + parts_text(g, 0, g.part_count());
    case GeometryType::multi_point:
      return "MULTIPOINT " + vertices_text(g.points);
    case GeometryType::multi_line_string:
      return "MULTILINESTRING " + parts_text(g, 0, g.part_count());
    case GeometryType::multi_polygon:
      return "MULTIPOLYGON " + polygons_text(g);
  }
  return "";
}

std::string csv_text(const FeatureTable& table) {
  const Place place = place_of(table);
  std::string text = header(table, place);
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      text += (i == 0 ? "" : ",") + value_cell(table.columns[i], row);
    if (place != Place::nowhere) text += place_cells(table.geometries[row], place);
    text += "\r\n";
  }
  return text;
}

}  // namespace waywarden::detail
