#include "waywarden/flow/place_pairs.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kNamed = 20;

void require_weights(const std::vector<double>& weights, const char* what, const Places& places) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i]) || weights[i] < 0.0) {
      throw OptionError("place '" + places.id[i] + "' has a weight that is not finite and >= 0");
    }
  }
  const auto counts = [](double weight) { return weight > 0.0; };
  if (!weights.empty() && std::none_of(weights.begin(), weights.end(), counts)) {
    throw OptionError("no place has a " + std::string(what) + " above 0: there would be no demand at all");
  }
}

void require_weights(const Places& places, const Skim& skim) {
  if (skim.place_count() != places.size()) throw OptionError("costs and places differ in number");
  require_weights(places.source_weight, "source weight", places);
  require_weights(places.destination_weight, "destination weight", places);
  const double sources = std::accumulate(places.source_weight.begin(), places.source_weight.end(), 0.0);
  const double sinks =
      std::accumulate(places.destination_weight.begin(), places.destination_weight.end(), 0.0);
  if (!std::isfinite(sources * sinks))
    throw OptionError("the places' weights are too large to be multiplied");
}

bool attached(const Places& places, std::size_t i) { return places.node[i].exists(); }

bool sends(const Places& places, std::size_t i) {
  return attached(places, i) && places.source_weight[i] > 0.0;
}

bool receives(const Places& places, std::size_t j) {
  return attached(places, j) && places.destination_weight[j] > 0.0;
}

void join(PlacePairs& pairs, std::size_t j, const Skim::Arrivals& arrivals, const Places& places) {
  for (std::size_t k = 0; k < arrivals.origin.size(); ++k) {
    const std::size_t i = arrivals.origin[k].index();
    if (i == j || !sends(places, i)) continue;
    pairs.table.row.push_back(static_cast<std::uint32_t>(i));
    pairs.table.column.push_back(static_cast<std::uint32_t>(j));
    pairs.table.value.push_back(places.source_weight[i] * places.destination_weight[j]);
    pairs.cost.push_back(arrivals.cost[k]);
  }
}

/// Products of weights that the cutoff leaves out at one destination.
double leave_out(PlacePairs& pairs, PlaceId to, const Skim& skim, const Places& places) {
  double sum = 0.0;
  for (std::size_t i = 0; i < places.size() && !skim.to(to).beyond.empty(); ++i) {
    if (PlaceId(i) == to || !sends(places, i) || !skim.beyond_cutoff(PlaceId(i), to)) continue;
    ++pairs.beyond_cutoff;
    sum += places.source_weight[i] * places.destination_weight[to.index()];
  }
  return sum;
}

/// The first value, in ascending order, up to which the weights sum to half of all. By halving what is left,
/// O(values).
double weighted_median(const std::vector<double>& values, const std::vector<double>& weights) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  const double half = std::accumulate(weights.begin(), weights.end(), 0.0) / 2.0;
  auto first = order.begin(), last = order.end();
  for (double below = 0.0; last - first > 1;) {
    const auto middle = first + (last - first) / 2;
    std::nth_element(first, middle, last, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(values[a], a) < std::pair(values[b], b);
    });
    double sum = below;
    for (auto at = first; at != middle; ++at) sum += weights[*at];
    if (sum >= half) {
      last = middle;
    } else {
      first = middle;
      below = sum;
    }
  }
  return values.empty() ? 0.0 : values[*first];
}

std::size_t unattached(const Places& places) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    count += !attached(places, i) && (places.source_weight[i] > 0.0 || places.destination_weight[i] > 0.0);
  }
  return count;
}

}  // namespace

PlacePairs place_pairs(const Places& places, const Skim& skim) {
  require_weights(places, skim);
  PlacePairs pairs;
  std::size_t senders = 0, wanted = 0;
  for (std::size_t i = 0; i < places.size(); ++i) senders += sends(places, i);
  double left_out = 0.0;
  for (std::size_t j = 0; j < places.size(); ++j) {
    if (!receives(places, j)) continue;
    wanted += senders - (sends(places, j) ? 1 : 0);
    join(pairs, j, skim.to(PlaceId(j)), places);
    left_out += leave_out(pairs, PlaceId(j), skim, places);
  }
  pairs.unreachable = wanted - pairs.size() - pairs.beyond_cutoff;
  const double kept = std::accumulate(pairs.table.value.begin(), pairs.table.value.end(), 0.0);
  pairs.share_beyond_cutoff = left_out > 0.0 ? left_out / (left_out + kept) : 0.0;
  pairs.unattached = unattached(places);
  pairs.median_cost = weighted_median(pairs.cost, pairs.table.value);
  return pairs;
}

std::string quoted(const std::vector<std::size_t>& rows, const Places& places) {
  std::string text;
  for (std::size_t k = 0; k < std::min(rows.size(), kNamed); ++k) {
    text += (k == 0 ? "'" : ", '") + places.id[rows[k]] + "'";
  }
  return rows.size() <= kNamed ? text : text + " and " + std::to_string(rows.size() - kNamed) + " more";
}

}  // namespace waywarden
