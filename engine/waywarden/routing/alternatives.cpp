#include "waywarden/routing/alternatives.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/chosen_routes.h"

namespace waywarden {
namespace {

/// A route of a pool, its arcs in travel order and in the order of their ids.
struct Pooled {
  Cost cost;
  std::vector<std::uint32_t> arcs;
  std::vector<std::uint32_t> by_id;
};

/// As a quotient, compared exactly: costs of two routes sum up to less than 2^32.
struct Dissimilarity {
  std::uint64_t own = 1;
  std::uint64_t all = 1;

  bool operator<(const Dissimilarity& other) const { return own * other.all < other.own * all; }
  double value() const { return static_cast<double>(own) / static_cast<double>(all); }
};

/// The cheapest first, then by arcs; each once.
std::vector<Pooled> sorted(std::span<const Alternatives> pools) {
  std::vector<Pooled> routes;
  for (const Alternatives& pool : pools) {
    for (std::size_t i = 0; i < pool.size(); ++i) {
      const auto arcs = pool.arcs(i);
      routes.push_back({pool.cost[i], {arcs.begin(), arcs.end()}, {arcs.begin(), arcs.end()}});
      std::sort(routes.back().by_id.begin(), routes.back().by_id.end());
    }
  }
  std::sort(routes.begin(), routes.end(), [](const Pooled& a, const Pooled& b) {
    return std::tie(a.cost, a.arcs) < std::tie(b.cost, b.arcs);
  });
  const auto same = [](const Pooled& a, const Pooled& b) { return a.arcs == b.arcs; };
  routes.erase(std::unique(routes.begin(), routes.end(), same), routes.end());
  return routes;
}

Dissimilarity dissimilarity(const Pooled& a, const Pooled& b, std::span<const Weight> weights) {
  std::vector<std::uint32_t> both;
  std::set_intersection(a.by_id.begin(), a.by_id.end(), b.by_id.begin(), b.by_id.end(),
                        std::back_inserter(both));
  std::uint64_t shared = 0;
  for (const std::uint32_t arc : both) shared += weights[arc];
  const std::uint64_t all = std::uint64_t{a.cost} + b.cost - shared;
  return all == 0 ? Dissimilarity{0, 1} : Dissimilarity{all - shared, all};
}

}  // namespace

Alternatives dissimilar(std::span<const Alternatives> pools, std::span<const Weight> weights,
                        std::size_t count, double least) {
  if (!(least >= 0)) throw OptionError("a dissimilarity is not below 0");
  const std::vector<Pooled> routes = sorted(pools);
  detail::ChosenRoutes chosen(weights);
  if (routes.empty() || count == 0) return chosen.routes();
  // To those that have been chosen; of them, nothing.
  std::vector<Dissimilarity> nearest(routes.size());
  for (std::size_t next = 0;;) {
    chosen.add(routes[next].arcs);
    for (std::size_t i = 0; i < routes.size(); ++i) {
      nearest[i] = std::min(nearest[i], dissimilarity(routes[i], routes[next], weights));
    }
    next = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
    if (chosen.routes().size() >= count || !(nearest[next].value() > least)) return chosen.routes();
  }
}

std::vector<double> path_sizes(const Alternatives& routes, std::span<const Weight> weights) {
  std::unordered_map<std::uint32_t, double> users;
  for (const std::uint32_t a : routes.arc) users[a] += 1;
  std::vector<double> sizes;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    double size = 0;
    for (const std::uint32_t a : routes.arcs(i)) size += weights[a] / users[a];
    sizes.push_back(routes.cost[i] > 0 ? size / routes.cost[i] : 1.0);
  }
  return sizes;
}

}  // namespace waywarden
