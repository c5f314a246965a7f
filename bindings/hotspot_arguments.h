#pragma once

/// Arguments that the bindings of incidents and hot spots share.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "convert.h"
#include "waywarden/base/errors.h"
#include "waywarden/geometry/point.h"
#include "waywarden/hotspots/getis_ord.h"

namespace waywarden::bindings {

inline std::vector<Point> points_in(const Doubles& x, const Doubles& y) {
  if (x.size() != y.size()) throw OptionError("there must be as many x as y");
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(x.size()));
  for (py::ssize_t i = 0; i < x.size(); ++i) points.push_back({x.data()[i], y.data()[i]});
  return points;
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

inline constexpr std::array kMethods = {ProbabilityMethod::automatic, ProbabilityMethod::exact,
                                        ProbabilityMethod::permutations};
inline constexpr std::array kAdjustments = {Adjustment::none, Adjustment::benjamini_hochberg,
                                            Adjustment::benjamini_yekutieli, Adjustment::bonferroni};

}  // namespace waywarden::bindings
