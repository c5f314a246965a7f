#pragma once

/// Small random studies, and what a scan must find in them: every window written out as a set of places and
/// judged by the formula, without any of the engine's short cuts.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "waywarden/geometry/point.h"
#include "waywarden/hotspots/weights.h"
#include "waywarden/scan/maxima.h"

namespace waywarden::studies {

using Set = std::vector<std::uint32_t>;  ///< ascending

struct Study {
  std::vector<Point> places;
  ScanCounts counts;
};

inline ScanCounts random_counts(std::mt19937_64& random, ScanModel model, std::size_t places,
                                std::size_t intervals, int most_cases) {
  std::uniform_int_distribution<int> cases(0, most_cases), people(0, 40);
  ScanCounts counts;
  counts.intervals = intervals;
  for (std::size_t i = 0; i < places * intervals; ++i) {
    counts.cases.push_back(random() % 3 == 0 ? 0 : cases(random));
    if (model == ScanModel::space_time_permutation) continue;
    const int floor = model == ScanModel::poisson && counts.cases.back() > 0 ? 1 : 0;
    counts.population.push_back(floor + people(random));
  }
  return counts;
}

/// Places on a coarse lattice, so that distances tie and some places coincide, or anywhere.
inline std::vector<Point> random_places(std::mt19937_64& random, std::size_t n) {
  std::uniform_real_distribution<double> anywhere(0.0, 100.0);
  const bool lattice = random() % 2 == 0;
  std::vector<Point> places;
  for (std::size_t i = 0; i < n; ++i) {
    const Point p{anywhere(random), anywhere(random)};
    places.push_back(lattice ? Point{std::floor(p.x / 20), std::floor(p.y / 20)} : p);
  }
  return places;
}

inline Study random_study(std::uint64_t seed, ScanModel model, std::size_t places, std::size_t intervals,
                          int most_cases = 6) {
  std::mt19937_64 random(seed);
  Study study;
  study.places = random_places(random, places);
  study.counts = random_counts(random, model, places, intervals, most_cases);
  // Somebody must be at risk, somebody a case.
  study.counts.cases[0] += 2;
  if (model != ScanModel::space_time_permutation) study.counts.population[0] += 3;
  return study;
}

inline long double part(long double observed, long double total) {
  return observed > 0 ? observed * std::log(observed / total) : 0.0L;
}

/// Kulldorff (1997), as printed: log of the likelihood with two rates over that with one.
inline double ratio_by_formula(ScanModel model, long double c, long double m, long double cases,
                               long double measure) {
  if (model == ScanModel::bernoulli) {
    const auto binomial = [](long double c1, long double n1) { return part(c1, n1) + part(n1 - c1, n1); };
    return static_cast<double>(binomial(c, m) + binomial(cases - c, measure - m) - binomial(cases, measure));
  }
  return static_cast<double>(part(c, m * cases / measure) + part(cases - c, cases - m * cases / measure));
}

struct Found {
  double ratio = 0.0;
  double cases = 0.0;
  double measure = 0.0;
  Set places;
  std::size_t first = 0, last = 0;
};

inline Found judged(const ScanTask& task, const std::vector<std::int64_t>& cases, const Set& places,
                    std::size_t first, std::size_t last) {
  Found found{0.0, 0.0, 0.0, places, first, last};
  for (const std::uint32_t place : places) {
    for (std::size_t t = first; t <= last; ++t) {
      found.cases += static_cast<double>(cases[place * task.period.intervals + t]);
      found.measure += task.table.measure[place * task.period.intervals + t];
    }
  }
  const double all = task.table.total_cases, measure = task.table.total_measure;
  const double expected = all * found.measure / measure;
  const bool high = found.cases > expected;
  if (high && (task.rates == ScanRates::low || found.cases < static_cast<double>(task.fewest))) return found;
  if (!high && task.rates == ScanRates::high) return found;
  if (found.measure > 0.0 && found.measure < measure) {
    found.ratio = std::max(0.0, ratio_by_formula(task.table.model, found.cases, found.measure, all, measure));
  }
  return found;
}

/// The best over sets and stretches of time.
inline Found best_of_all(const ScanTask& task, const std::vector<std::int64_t>& cases,
                         const std::vector<Set>& sets) {
  Found best;
  for (const Set& set : sets) {
    for (std::size_t first = 0; first < task.period.intervals; ++first) {
      for (std::size_t last = first; last < std::min(first + task.period.longest, task.period.intervals);
           ++last) {
        if (task.period.time == ScanTime::prospective && last + 1 != task.period.intervals) continue;
        const Found found = judged(task, cases, set, first, last);
        if (found.ratio > best.ratio) best = found;
      }
    }
  }
  return best;
}

inline double sum_over(const Set& set, const std::vector<double>& measure) {
  double sum = 0.0;
  for (const std::uint32_t i : set) sum += measure[i];
  return sum;
}

/// All sets of places within some distance of a place, the measure at most `most`.
template <class Distance>
std::vector<Set> balls(std::size_t n, const std::vector<double>& measure, double most, double farthest,
                       const Distance& distance) {
  std::set<Set> sets;
  for (std::uint32_t centre = 0; centre < n; ++centre) {
    for (std::uint32_t rim = 0; rim < n; ++rim) {
      const double radius = distance(centre, rim);
      if (!(radius <= farthest)) continue;
      Set set;
      for (std::uint32_t i = 0; i < n; ++i) {
        if (distance(centre, i) <= radius * (1 + 1e-9)) set.push_back(i);
      }
      if (sum_over(set, measure) <= most) sets.insert(set);
    }
  }
  return {sets.begin(), sets.end()};
}

inline std::vector<Set> circles(const std::vector<Point>& places, const std::vector<double>& measure,
                                double most, double farthest = INFINITY) {
  return balls(places.size(), measure, most, farthest, [&](std::uint32_t a, std::uint32_t b) {
    return std::hypot(places[a].x - places[b].x, places[a].y - places[b].y);
  });
}

/// Places at most `reach` apart touch; so do those at most 1 apart, on a lattice.
inline Weights touching(const std::vector<Point>& places, double reach) {
  const bool lattice = std::all_of(places.begin(), places.end(), [](Point p) { return p.x < 5 && p.y < 5; });
  std::vector<std::vector<std::uint32_t>> lists(places.size());
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    for (std::uint32_t j = 0; j < places.size(); ++j) {
      const double apart = std::hypot(places[i].x - places[j].x, places[i].y - places[j].y);
      if (i != j && apart <= (lattice ? 1.0 : reach)) lists[i].push_back(j);
    }
  }
  return binary_weights(std::move(lists));
}

/// All windows that the engine's rows hold, as sets.
inline std::vector<Set> sets_of(const Windows& windows) {
  std::set<Set> sets;
  for (std::size_t row = 0; row < windows.rows(); ++row) {
    for (std::size_t k = 0; k < windows.steps(row).size(); ++k) {
      if ((windows.steps(row)[k] & Windows::kOpen) == 0 || !windows.depth.empty()) {
        sets.insert(members(windows, row, k));
      }
    }
  }
  return {sets.begin(), sets.end()};
}

}  // namespace waywarden::studies
