#pragma once

/// Childhood leukaemia in North Humberside (Cuzick and Edwards 1990; spatstat.data): points and window.

#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "waywarden/geometry/geometry.h"

namespace waywarden::testing {

struct Humberside {
  std::vector<Point> points;
  std::vector<Point> cases;
  std::vector<Point> controls;
  Geometry window;
};

/// Nothing where the data are not beside the checkout.
inline std::optional<Humberside> humberside() {
  const std::string folder = WAYWARDEN_SOURCE_DIR "/../shared/verification/hotspots/";
  std::ifstream points(folder + "humberside_points.csv"), window(folder + "humberside_window.csv");
  if (!points || !window) return std::nullopt;
  Humberside data;
  std::string line;
  char comma = 0;
  std::getline(points, line);
  while (std::getline(points, line)) {
    std::istringstream fields(line);
    Point p;
    fields >> p.x >> comma >> p.y;
    data.points.push_back(p);
    (line.find("case") != std::string::npos ? data.cases : data.controls).push_back(p);
  }
  std::vector<Point> ring;
  std::getline(window, line);
  while (std::getline(window, line)) {
    std::istringstream fields(line);
    Point p;
    fields >> p.x >> comma >> p.y;
    ring.push_back(p);
  }
  data.window = Geometry::of_polygon(ring);
  return data;
}

}  // namespace waywarden::testing
