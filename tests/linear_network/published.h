#pragma once

/// Reads the published cases on networks, where their folder is there.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "waywarden/linear_network/drawn_lines.h"

namespace waywarden::published {

inline std::filesystem::path folder() {
  return std::filesystem::path(WAYWARDEN_SOURCE_DIR) / "../shared/verification/hotspots";
}
inline bool here() { return std::filesystem::exists(folder()); }

/// Rows of numbers; other cells are 0. Quotes are dropped.
inline std::vector<std::vector<double>> numbers(const std::string& file) {
  std::ifstream in(folder() / file);
  std::vector<std::vector<double>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::erase(line, '"');
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) {
      rows.back().push_back(cell.find_first_of("0123456789") == 0 || cell[0] == '-' ? std::stod(cell) : 0.0);
    }
  }
  return rows;
}

/// The coordinates of each feature of a GeoJSON of points or lines.
inline std::vector<std::vector<Point>> features(const std::string& file) {
  std::ifstream in(folder() / file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string key = "\"coordinates\":";
  std::vector<std::vector<Point>> all;
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    std::string list = text.substr(at + key.size(), text.find('}', at) - at - key.size());
    for (char& c : list) c = c == '[' || c == ']' || c == ',' ? ' ' : c;
    std::istringstream cells(list);
    all.emplace_back();
    for (Point p; cells >> p.x >> p.y;) all.back().push_back(p);
  }
  return all;
}

inline DrawnLines montreal_streets() {
  std::vector<Geometry> lines;
  for (const auto& course : features("spnetwork_mtl_network.geojson"))
    lines.push_back(Geometry::of_line(course));
  return drawn_lines(lines, LengthKind::planar);
}

inline std::vector<LinePosition> positions(const DrawnLines& lines, std::span<const Point> points) {
  std::vector<LinePosition> found;
  for (const auto& hit : snapped(lines, points, Metres{1e9})) found.push_back(hit->position);
  return found;
}

inline std::vector<LinePosition> montreal_accidents(const DrawnLines& streets) {
  std::vector<Point> points;
  for (const auto& point : features("spnetwork_bike_accidents.geojson")) points.push_back(point.front());
  auto found = positions(streets, points);
  // As the recorded run did.
  for (LinePosition& position : found) position = on_end_within(streets.network, position, 0.1);
  return found;
}

}  // namespace waywarden::published
