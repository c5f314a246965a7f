#include "waywarden/scan/distance_windows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kEarthRadius = 6371008.8;
constexpr std::size_t kBlock = 32;
/// Rows that one task makes one after the other; fixed, so that threads change no bit.
constexpr std::size_t kRowsPerTask = 128;
constexpr double kSlack = 1.0 + 1e-9;
constexpr double kEverywhere = std::numeric_limits<double>::infinity();

struct Position {
  double x = 0.0, y = 0.0, z = 0.0;
};

double squared(double x) { return x * x; }
double squared_distance(const Position& a, const Position& b) {
  return squared(a.x - b.x) + squared(a.y - b.y) + squared(a.z - b.z);
}

double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

/// Earth-centred metres on WGS 84.
Position on_globe(Point p) {
  constexpr double kAxis = 6378137.0, kEccentricity = 6.69437999014131699614e-3;
  const double s = std::sin(radians(p.y)), c = std::cos(radians(p.y));
  const double n = kAxis / std::sqrt(1.0 - kEccentricity * s * s);
  return {n * c * std::cos(radians(p.x)), n * c * std::sin(radians(p.x)), n * (1.0 - kEccentricity) * s};
}

Position position(Point p, ScanSpace space) {
  return space == ScanSpace::globe ? on_globe(p) : Position{p.x, p.y, 0.0};
}

double arc_of_chord(double chord) {
  return 2.0 * kEarthRadius * std::asin(std::min(1.0, chord / (2.0 * kEarthRadius)));
}
double chord_of_arc(double arc) {
  return arc >= std::numbers::pi * kEarthRadius ? kEverywhere
                                                : 2.0 * kEarthRadius * std::sin(arc / (2.0 * kEarthRadius));
}

struct Extent {
  Position low{kEverywhere, kEverywhere, kEverywhere};
  Position high{-kEverywhere, -kEverywhere, -kEverywhere};

  void extend(const Position& p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  double squared_distance(const Position& p) const {
    return squared(std::max({low.x - p.x, 0.0, p.x - high.x})) +
           squared(std::max({low.y - p.y, 0.0, p.y - high.y})) +
           squared(std::max({low.z - p.z, 0.0, p.z - high.z}));
  }
};

/// Rows of nearest places, for places that stand near those with neighbouring numbers.
class NearestRows {
 public:
  NearestRows(std::vector<Position> places, std::span<const double> measure, double most, double farthest)
      : places_(std::move(places)), measure_(measure), most_(most), farthest_(farthest) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (i % kBlock == 0) blocks_.emplace_back();
      blocks_.back().extend(places_[i]);
    }
  }

  std::vector<NestedRow> run(const Execution& execution) const {
    std::vector<NestedRow> rows(places_.size());
    const std::size_t tasks = (places_.size() + kRowsPerTask - 1) / kRowsPerTask;
    parallel_for(tasks, execution, [&](std::size_t task) {
      const std::size_t begin = task * kRowsPerTask;
      run_task(std::span(rows).subspan(begin, std::min(kRowsPerTask, rows.size() - begin)), begin, execution);
    });
    return rows;
  }

 private:
  void run_task(std::span<NestedRow> rows, std::size_t begin, const Execution& execution) const {
    double enough = kEverywhere;  // a distance at which the share is reached
    std::vector<ReachedPlace> reached;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      execution.check();
      const std::size_t place = begin + i;
      if (i > 0) enough += std::sqrt(squared_distance(places_[place - 1], places_[place]));
      find(places_[place], std::min(enough * kSlack, farthest_), reached);
      rows[i] = nested_row(reached, measure_, most_);
      // Rows hold squared distances.
      if (rows[i].full) enough = std::sqrt(rows[i].end);
    }
  }

  void find(const Position& centre, double radius, std::vector<ReachedPlace>& reached) const {
    const double most = radius * radius;
    reached.clear();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (blocks_[b].squared_distance(centre) > most) continue;
      const std::size_t end = std::min(places_.size(), (b + 1) * kBlock);
      for (std::size_t j = b * kBlock; j < end; ++j) {
        const double distance = squared_distance(centre, places_[j]);
        if (distance <= most) reached.push_back({distance, static_cast<std::uint32_t>(j)});
      }
    }
  }

  std::vector<Position> places_;
  std::span<const double> measure_;
  double most_;
  double farthest_;
  std::vector<Extent> blocks_;
};

void require_finite(std::span<const Point> places) {
  for (const Point p : places) {
    if (!p.finite()) throw InputError("a place has a coordinate that is not finite");
  }
}

void require_places(std::span<const Point> places, std::span<const double> measure, ScanSpace space) {
  if (places.size() != measure.size()) throw OptionError("there must be a place for each measure");
  if (places.size() >= Windows::kOpen) throw InputError("there are too many places to scan");
  require_finite(places);
  for (const Point p : places) {
    if (space == ScanSpace::globe && (std::abs(p.y) > 90.0 || std::abs(p.x) > 360.0)) {
      throw InputError("a place has a longitude or latitude that is not on the globe");
    }
  }
}

/// Turned so that the longer axis is x, which is then shortened.
Position squeezed(Point p, double shape, double angle) {
  const double c = std::cos(radians(angle)), s = std::sin(radians(angle));
  return {(p.x * c + p.y * s) / shape, p.y * c - p.x * s, 0.0};
}

void require_valid(const EllipseOptions& options) {
  if (options.shapes.empty() || options.shapes.size() != options.angles.size()) {
    throw OptionError("there must be a number of angles for each shape of ellipse");
  }
  for (const double shape : options.shapes) {
    if (!(shape >= 1.0 && shape <= 1e6)) throw OptionError("a shape of ellipse must be from 1 to 1e6");
  }
  for (const std::size_t angles : options.angles) {
    if (angles == 0) throw OptionError("an ellipse must have at least one angle");
  }
  if (!(options.penalty >= 0.0 && options.penalty <= 100.0)) {
    throw OptionError("the penalty of ellipses must be from 0 to 100");
  }
}

std::uint64_t spread(std::uint64_t x) {
  x &= 0xFFFFFFFFULL;
  x = (x | x << 16) & 0x0000FFFF0000FFFFULL;
  x = (x | x << 8) & 0x00FF00FF00FF00FFULL;
  x = (x | x << 4) & 0x0F0F0F0F0F0F0F0FULL;
  x = (x | x << 2) & 0x3333333333333333ULL;
  return (x | x << 1) & 0x5555555555555555ULL;
}

/// By halves, as the difference of two finite numbers may not be finite.
std::uint64_t morton(Point p, const Box& box) {
  const double half =
      std::max({box.high.x / 2.0 - box.low.x / 2.0, box.high.y / 2.0 - box.low.y / 2.0, 1e-300});
  const auto scaled = [&](double x, double low) {
    return static_cast<std::uint64_t>(std::clamp((x / 2.0 - low / 2.0) / half, 0.0, 1.0) * 4294967295.0);
  };
  return spread(scaled(p.x, box.low.x)) | spread(scaled(p.y, box.low.y)) << 1;
}

}  // namespace

Windows circular_windows(std::span<const Point> places, std::span<const double> measure, ScanSpace space,
                         const WindowLimits& limits, const Execution& execution) {
  require_valid(limits);
  require_places(places, measure, space);
  std::vector<Position> positions;
  for (const Point p : places) positions.push_back(position(p, space));
  double farthest = limits.distance.value_or(kEverywhere);
  if (space == ScanSpace::globe && limits.distance) farthest = chord_of_arc(farthest);
  const NearestRows nearest(std::move(positions), measure, most_measure(measure, limits), farthest);
  Windows windows;
  append_rows(windows, nearest.run(execution), 1.0, 0.0, 1.0);
  return windows;
}

Windows elliptic_windows(std::span<const Point> places, std::span<const double> measure,
                         const EllipseOptions& options, const WindowLimits& limits,
                         const Execution& execution) {
  require_valid(limits);
  require_valid(options);
  require_places(places, measure, ScanSpace::plane);
  Windows windows;
  for (std::size_t i = 0; i < options.shapes.size(); ++i) {
    const double shape = options.shapes[i];
    const std::size_t angles = shape == 1.0 ? 1 : options.angles[i];
    for (std::size_t j = 0; j < angles; ++j) {
      double angle = 180.0 * static_cast<double>(j) / static_cast<double>(angles);
      if (angle > 90.0) angle -= 180.0;
      std::vector<Position> positions;
      for (const Point p : places) positions.push_back(squeezed(p, shape, angle));
      const NearestRows nearest(std::move(positions), measure, most_measure(measure, limits),
                                limits.distance.value_or(kEverywhere) / shape);
      append_rows(windows, nearest.run(execution), shape, angle,
                  std::pow(4.0 * shape / squared(shape + 1.0), options.penalty));
    }
  }
  return windows;
}

double circle_distance(Point from, Point to, ScanSpace space) {
  const double straight = std::sqrt(squared_distance(position(from, space), position(to, space)));
  return space == ScanSpace::globe ? arc_of_chord(straight) : straight;
}

double shorter_half_axis(Point from, Point to, double shape, double angle) {
  return std::sqrt(squared_distance(squeezed(from, shape, angle), squeezed(to, shape, angle)));
}

std::vector<std::uint32_t> spatial_order(std::span<const Point> places) {
  require_finite(places);
  const Box box = bounds(places);
  std::vector<std::uint64_t> key;
  for (const Point p : places) key.push_back(morton(p, box));
  std::vector<std::uint32_t> order(places.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return key[a] < key[b] || (key[a] == key[b] && places[a] < places[b]);
  });
  return order;
}

}  // namespace waywarden
