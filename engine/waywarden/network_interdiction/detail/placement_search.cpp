#include "waywarden/network_interdiction/detail/placement_search.h"

#include <algorithm>
#include <numeric>

namespace waywarden::detail {
namespace {

/// Smaller improvements are rounding.
constexpr double kWorthIt = 1e-12;

bool has(std::span<const std::uint32_t> sites, std::uint32_t site) {
  return std::find(sites.begin(), sites.end(), site) != sites.end();
}

bool covered(std::span<const std::uint32_t> sites, const Watched& watched) {
  return std::any_of(sites.begin(), sites.end(), [&](std::uint32_t s) { return watched[s] != 0; });
}

std::size_t next_uncovered(const LevelledPair& pair, std::size_t from, const Watched& watched) {
  while (from < pair.levels.size() && covered(pair.sites_of(pair.levels[from]), watched)) ++from;
  return from;
}

double evasion_from(const LevelledPair& pair, std::size_t level) {
  return level < pair.levels.size() ? pair.levels[level].evasion : pair.floor;
}

/// Evasion once `site`, of the level before `from`, gets a team.
double evasion_with(const LevelledPair& pair, std::size_t from, std::uint32_t site, const Watched& watched) {
  std::size_t level = next_uncovered(pair, from, watched);
  while (level < pair.levels.size() && has(pair.sites_of(pair.levels[level]), site)) {
    level = next_uncovered(pair, level + 1, watched);
  }
  return evasion_from(pair, level);
}

}  // namespace

PlacementSearch::Gains PlacementSearch::gains(const Watched& watched) const {
  Gains gains{.evasion = levels_.settled(), .of = std::vector<double>(watched.size(), 0.0)};
  for (const LevelledPair& pair : levels_.pairs()) {
    const std::size_t first = next_uncovered(pair, 0, watched);
    const double now = evasion_from(pair, first);
    gains.evasion += pair.weight * now;
    if (first == pair.levels.size()) continue;
    for (const std::uint32_t site : pair.sites_of(pair.levels[first])) {
      gains.of[site] += pair.weight * (now - evasion_with(pair, first + 1, site, watched));
    }
  }
  return gains;
}

double PlacementSearch::spent(const Watched& watched) const {
  double sum = 0.0;
  for (const std::uint32_t site : levels_.choice()) sum += watched[site] ? levels_.cost(site) : 0.0;
  return sum;
}

std::vector<std::uint32_t> PlacementSearch::placed(const Watched& watched) const {
  std::vector<std::uint32_t> sites;
  for (const std::uint32_t site : levels_.choice()) {
    if (watched[site]) sites.push_back(site);
  }
  return sites;
}

void PlacementSearch::fill(Watched& watched) const {
  double total = spent(watched);
  while (true) {
    const Gains gains = this->gains(watched);
    double best = kWorthIt * gains.evasion;
    const std::uint32_t* choice = nullptr;
    for (const std::uint32_t& site : levels_.choice()) {
      const double rate = gains.of[site] / levels_.cost(site);
      if (watched[site] || rate <= best || !affordable(total + levels_.cost(site), levels_.budget()))
        continue;
      best = rate;
      choice = &site;
    }
    if (choice == nullptr) return;
    watched[*choice] = 1;
    total += levels_.cost(*choice);
  }
}

bool PlacementSearch::exchange(Watched& watched, double& evasion, std::uint32_t leaving) const {
  Watched other = watched;
  other[leaving] = 0;
  fill(other);
  const double then = levels_.implied(other);
  if (then >= evasion * (1.0 - kWorthIt)) return false;
  watched = std::move(other);
  evasion = then;
  return true;
}

bool PlacementSearch::exchange(Watched& watched) const {
  double evasion = levels_.implied(watched);
  bool improved = false;
  for (const std::uint32_t site : placed(watched)) {
    execution_.check();
    if (watched[site]) improved |= exchange(watched, evasion, site);
  }
  return improved;
}

Watched PlacementSearch::improve(Watched watched) const {
  fill(watched);
  while (exchange(watched)) {
  }
  return watched;
}

Watched PlacementSearch::rounded(std::span<const double> x) const {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] > x[b]; });
  Watched watched = levels_.always();
  double total = 0.0;
  for (const std::size_t position : order) {
    const std::uint32_t site = levels_.choice()[position];
    if (x[position] < 1e-6 || !affordable(total + levels_.cost(site), levels_.budget())) continue;
    watched[site] = 1;
    total += levels_.cost(site);
  }
  return watched;
}

Watched PlacementSearch::trimmed(Watched watched) const {
  const double evasion = levels_.implied(watched);
  for (const std::uint32_t site : placed(watched)) {
    watched[site] = 0;
    if (levels_.implied(watched) > evasion) watched[site] = 1;
  }
  return watched;
}

}  // namespace waywarden::detail
