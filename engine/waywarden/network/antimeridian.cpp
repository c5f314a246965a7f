#include "waywarden/network/antimeridian.h"

#include <algorithm>
#include <cmath>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/noding.h"

namespace waywarden {
namespace {

bool crosses(Point a, Point b) { return std::abs(b.x - a.x) > 180.0; }

/// How far east of `from` a longitude is, the short way round.
double degrees_east(double from, double to) { return std::remainder(to - from, 360.0); }

/// Where the geodesic from a to b meets the antimeridian; longitudes along it only rise or only fall.
double latitude_at_antimeridian(Point a, Point b) {
  const double goal = std::abs(degrees_east(a.x, 180.0));
  double before = 0.0, after = 1.0;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (before + after) / 2;
    const double turned = std::abs(degrees_east(a.x, geodesic_interpolate(a, b, middle).x));
    (turned < goal ? before : after) = middle;
  }
  return geodesic_interpolate(a, b, after).y;
}

}  // namespace

std::vector<std::vector<Point>> split_at_antimeridian(std::vector<Point> line) {
  std::vector<std::vector<Point>> pieces;
  if (std::adjacent_find(line.begin(), line.end(), crosses) == line.end()) {
    if (line.size() > 1) pieces.push_back(std::move(line));
    return pieces;
  }
  std::vector<Point> piece;
  const auto finish = [&] {
    if (piece.size() > 1) pieces.push_back(std::move(piece));
    piece.clear();
  };
  for (const Point p : line) {
    if (!piece.empty() && crosses(piece.back(), p)) {
      const Point last = piece.back();
      const double side = std::copysign(180.0, last.x), y = latitude_at_antimeridian(last, p);
      if (last.x != side) piece.push_back(canonical({side, y}));
      finish();
      if (p.x != -side) piece.push_back(canonical({-side, y}));
    }
    piece.push_back(p);
  }
  finish();
  return pieces;
}

}  // namespace waywarden
