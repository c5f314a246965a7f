#pragma once

/// Handfuls of places with costs between them, for tests of demand.

#include <cmath>
#include <optional>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/flow/demand.h"
#include "waywarden/flow/skim.h"
#include "waywarden/network/places.h"

namespace waywarden::small {

/// Named a, b, c ...
inline Places places_with(const std::vector<double>& source, const std::vector<double>& destination) {
  Places places;
  for (std::size_t i = 0; i < source.size(); ++i) {
    places.id.push_back(std::string(1, static_cast<char>('a' + i)));
    places.node.push_back(NodeId(i));
  }
  places.name = places.country = places.id;
  places.point.resize(source.size());
  places.access_m.assign(source.size(), 0.0);
  places.population.assign(source.size(), 1.0);
  places.source_weight = source;
  places.destination_weight = destination;
  return places;
}

/// cost(i, j) = |x_i - x_j|
inline Skim on_a_line(const std::vector<double>& x) {
  std::vector<std::optional<double>> costs;
  for (const double to : x) {
    for (const double from : x) costs.push_back(std::abs(to - from));
  }
  return Skim(x.size(), costs);
}

/// Per destination, then origin.
using Costs = std::vector<std::optional<double>>;

/// Whole costs from 1 to 6, so that there are ties, and some ways missing.
inline Costs random_costs(RandomStream& random, std::size_t places, double missing) {
  Costs costs;
  for (std::size_t k = 0; k < places * places; ++k) {
    const double cost = 1.0 + random.below(6);
    costs.push_back(random.uniform() < missing ? std::nullopt : std::optional(cost));
  }
  return costs;
}

/// Some of them 0, never all.
inline std::vector<double> random_weights(RandomStream& random, std::size_t places) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < places; ++i)
    weights.push_back(random.uniform() < 0.2 ? 0.0 : 0.1 + random.uniform());
  weights[random.below(static_cast<std::uint32_t>(places))] = 1.0;
  return weights;
}

inline double journeys(const Demand& demand, std::size_t origin, std::size_t destination) {
  for (std::size_t k = 0; k < demand.size(); ++k) {
    if (demand.origin[k] == PlaceId(origin) && demand.destination[k] == PlaceId(destination))
      return demand.journeys[k];
  }
  return 0.0;
}

inline double leaving(const Demand& demand, std::size_t place) {
  double sum = 0.0;
  for (std::size_t k = 0; k < demand.size(); ++k)
    sum += demand.origin[k] == PlaceId(place) ? demand.journeys[k] : 0.0;
  return sum;
}

inline double arriving(const Demand& demand, std::size_t place) {
  double sum = 0.0;
  for (std::size_t k = 0; k < demand.size(); ++k)
    sum += demand.destination[k] == PlaceId(place) ? demand.journeys[k] : 0.0;
  return sum;
}

}  // namespace waywarden::small
