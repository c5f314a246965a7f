#pragma once

/// Small made-up layers for the tests of this folder.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "waywarden/network/layers.h"

namespace waywarden::test {

inline FeatureTable table(const std::string& name) {
  FeatureTable t;
  t.name = name;
  t.source = name + ".test";
  t.crs = Crs::wgs84();
  return t;
}

inline void add_line(FeatureTable& t, const std::string& id, std::vector<Point> line) {
  t.ids.push_back(id);
  t.geometries.push_back(Geometry::of_line(line));
}

inline void add_point(FeatureTable& t, const std::string& id, Point p) {
  t.ids.push_back(id);
  t.geometries.push_back(Geometry::of_point(p));
}

inline void add_box(FeatureTable& t, const std::string& id, Point low, Point high) {
  t.ids.push_back(id);
  t.geometries.push_back(
      Geometry::of_polygon(std::vector<Point>{low, {high.x, low.y}, high, {low.x, high.y}, low}));
}

/// Countries A (west of 0) and B (east of 0), meeting on the meridian.
inline CountryLayer two_countries(double accuracy_m) {
  CountryLayer layer{table("countries"), "code", "", "", Metres{accuracy_m}};
  add_box(layer.table, "1", {-10, -10}, {0, 10});
  add_box(layer.table, "2", {0, -10}, {10, 10});
  layer.table.add(Column("code", Column::Texts{"A", "B"}));
  return layer;
}

inline FeatureTable shuffled(const FeatureTable& t, unsigned seed) {
  std::vector<std::size_t> rows(t.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::shuffle(rows.begin(), rows.end(), std::mt19937(seed));
  return t.take(rows);
}

}  // namespace waywarden::test
