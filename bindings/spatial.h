#pragma once

/// What the bindings of spatial statistics share: points, columns, and enumerators by their name.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "convert.h"
#include "waywarden/base/errors.h"
#include "waywarden/geometry/point.h"

namespace waywarden::bindings {

inline std::vector<Point> points_in(const Doubles& x, const Doubles& y) {
  if (x.size() != y.size()) throw OptionError("there must be as many x as y");
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(x.size()));
  for (py::ssize_t i = 0; i < x.size(); ++i) points.push_back({x.data()[i], y.data()[i]});
  return points;
}

template <class T, class U>
py::array_t<T> widened(const std::vector<U>& values) {
  return to_numpy(std::vector<T>(values.begin(), values.end()));
}

/// The enumerator of that name. Throws `OptionError` that lists the names.
template <class Enumeration, std::size_t n>
Enumeration enumerator(const std::string& word, const std::array<Enumeration, n>& all) {
  const auto found = std::find_if(all.begin(), all.end(), [&](Enumeration e) { return name(e) == word; });
  if (found != all.end()) return *found;
  std::string known;
  for (const Enumeration e : all) known += (known.empty() ? "'" : ", '") + name(e) + "'";
  throw OptionError("expected one of " + known);
}

}  // namespace waywarden::bindings
