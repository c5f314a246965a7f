#include "waywarden/interdiction/limits.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/interdiction/placement.h"

namespace waywarden {
namespace {

/// Rounding in a sum of uses must not shut out the last site.
constexpr double kSlack = 1e-12;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("limits of a placement: ") + what);
}

void check_limit(const Limit& limit, const Sites& sites) {
  require(limit.use.size() == sites.size(), "there must be one use per site");
  require(std::isfinite(limit.capacity) && limit.capacity >= 0.0, "a capacity must be finite and >= 0");
  for (const double use : limit.use)
    require(std::isfinite(use) && use >= 0.0, "a use must be finite and >= 0");
}

std::vector<SiteId> required_of(const Sites& sites) { return required_sites(sites, sites.size()); }

double room(const Limit& limit, double used) { return std::max(0.0, limit.capacity * (1.0 + kSlack) - used); }

/// Above this no item would be taken for its value.
double highest_price(std::span<const double> values, const Limit& limit) {
  double highest = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (limit.use[i] > 0.0) highest = std::max(highest, values[i] / limit.use[i]);
  }
  return highest;
}

double priced_sum(std::span<const double> values, const Limits& limits, std::span<const double> prices) {
  const PricedValues priced = price(values, limits, prices);
  return priced.constant +
         fractional_knapsack(priced.values, limits.front().use, limits.front().capacity).sum;
}

/// Narrows the interval that holds the best price of one limit, by thirds; the bound is convex in it.
void improve_price(std::span<const double> values, const Limits& limits, std::vector<double>& prices,
                   std::size_t row) {
  const auto at = [&](double price) {
    prices[row] = price;
    return priced_sum(values, limits, prices);
  };
  double low = 0.0, high = highest_price(values, limits[row]);
  const double enough = 1e-3 * high;
  while (high - low > enough) {
    const double third = (high - low) / 3.0;
    const bool falls = at(low + third) > at(high - third);
    (falls ? low : high) += falls ? third : -third;
  }
  const double found = 0.5 * (low + high);
  prices[row] = at(0.0) <= at(found) ? 0.0 : found;
}

struct Item {
  double worth;
  std::uint32_t index;

  /// What is worth most per use comes first, of equals the first.
  bool operator<(const Item& other) const {
    return worth != other.worth ? worth > other.worth : index < other.index;
  }
};

/// Takes the best items that fit, the first that does not in part. Halves the items as quickselect does
/// (Balas and Zemel 1980): sorting them would take most of the time of a search.
void fill(std::vector<Item>& items, std::span<const double> use, double room, KnapsackBound& bound) {
  auto low = items.begin(), high = items.end();
  while (low != high) {
    const auto middle = low + (high - low) / 2;
    std::nth_element(low, middle, high);
    double better = 0.0;
    for (auto item = low; item != middle; ++item) better += use[item->index];
    if (better > room) {
      high = middle;
      continue;
    }
    for (; low != middle; ++low) bound.share[low->index] = 1.0;
    const double share = std::min(1.0, (room - better) / use[middle->index]);
    bound.share[middle->index] = share;
    if (share < 1.0) {
      bound.price = middle->worth;
      return;
    }
    room = std::max(0.0, room - better - use[middle->index]);
    ++low;
  }
}

}  // namespace

Limit team_limit(const Sites& sites, std::size_t teams) {
  return {std::vector<double>(sites.size(), 1.0), static_cast<double>(teams)};
}

Limit budget_limit(const Sites& sites, double budget) { return {sites.cost, budget}; }

void check_limits(const Limits& limits, const Sites& sites) {
  require(!limits.empty(), "there is none");
  for (const Limit& limit : limits) check_limit(limit, sites);
  for (const double use : limits.front().use) require(use > 0.0, "no site may be free of the first");
  require(keeps(limits, required_of(sites)), "the required sites do not keep them");
}

std::vector<double> used_by(const Limits& limits, std::span<const SiteId> placement) {
  std::vector<double> used(limits.size(), 0.0);
  for (std::size_t row = 0; row < limits.size(); ++row) {
    for (const SiteId site : placement) used[row] += limits[row].use[site.index()];
  }
  return used;
}

bool fits(const Limits& limits, std::span<const double> used, SiteId site) {
  for (std::size_t row = 0; row < limits.size(); ++row) {
    if (limits[row].use[site.index()] > room(limits[row], used[row])) return false;
  }
  return true;
}

bool keeps(const Limits& limits, std::span<const SiteId> placement) {
  const std::vector<double> used = used_by(limits, placement);
  for (std::size_t row = 0; row < limits.size(); ++row) {
    if (used[row] > limits[row].capacity * (1.0 + kSlack)) return false;
  }
  return true;
}

Limits limits_left(const Limits& limits, std::span<const double> used, std::span<const SiteId> sites) {
  Limits left;
  for (std::size_t row = 0; row < limits.size(); ++row) {
    left.push_back({{}, room(limits[row], used[row])});
    for (const SiteId site : sites) left.back().use.push_back(limits[row].use[site.index()]);
  }
  return left;
}

double scarcest_use(const Limits& limits, SiteId site) {
  double use = limits.front().use[site.index()];
  for (const Limit& limit : limits) {
    if (limit.capacity > 0.0)
      use = std::max(use, limit.use[site.index()] * (limits.front().capacity / limit.capacity));
  }
  return use;
}

std::vector<SiteId> fitting_sites(const Sites& sites, const Limits& limits, std::span<const SiteId> placed) {
  std::vector<SiteId> open = open_sites(sites, placed);
  const std::vector<double> used = used_by(limits, placed);
  std::erase_if(open, [&](SiteId site) { return !fits(limits, used, site); });
  return open;
}

bool all_alike(const Limits& limits) {
  const std::vector<double>& use = limits.front().use;
  return limits.size() == 1 && std::ranges::adjacent_find(use, std::ranges::not_equal_to()) == use.end();
}

KnapsackBound fractional_knapsack(std::span<const double> values, std::span<const double> use,
                                  double capacity) {
  std::vector<Item> items;
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0.0) items.push_back({values[i] / use[i], i});
  }
  KnapsackBound bound{0.0, 0.0, std::vector<double>(values.size(), 0.0)};
  fill(items, use, capacity, bound);
  for (std::size_t i = 0; i < values.size(); ++i) bound.sum += bound.share[i] * values[i];
  return bound;
}

PricedValues price(std::span<const double> values, const Limits& limits, std::span<const double> prices) {
  PricedValues priced{0.0, {values.begin(), values.end()}};
  for (std::size_t row = 1; row < limits.size(); ++row) {
    if (prices[row] == 0.0) continue;
    priced.constant += prices[row] * limits[row].capacity;
    for (std::size_t i = 0; i < values.size(); ++i) priced.values[i] -= prices[row] * limits[row].use[i];
  }
  return priced;
}

std::vector<double> best_prices(std::span<const double> values, const Limits& limits) {
  std::vector<double> prices(limits.size(), 0.0);
  for (std::size_t row = 1; row < limits.size(); ++row) improve_price(values, limits, prices, row);
  return prices;
}

double largest_sum(std::span<const double> values, std::span<const SiteId> open, const Limits& limits,
                   std::span<const double> used) {
  std::vector<SiteId> fitting;
  std::vector<double> of_fitting;
  for (const SiteId site : open) {
    if (!fits(limits, used, site)) continue;
    fitting.push_back(site);
    of_fitting.push_back(values[site.index()]);
  }
  const Limits left = limits_left(limits, used, fitting);
  return priced_sum(of_fitting, left, best_prices(of_fitting, left));
}

}  // namespace waywarden
