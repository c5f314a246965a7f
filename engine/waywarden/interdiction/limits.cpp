#include "waywarden/interdiction/limits.h"

#include <algorithm>
#include <cmath>
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
  for (const double use : limit.use) require(std::isfinite(use) && use >= 0.0, "a use must be finite and >= 0");
}

std::vector<SiteId> required_of(const Sites& sites) { return required_sites(sites, sites.size()); }

double room(const Limit& limit, double used) {
  return std::max(0.0, limit.capacity * (1.0 + kSlack) - used);
}

/// Open sites as columns, with the room that is left.
struct Remaining {
  std::vector<double> value;
  std::vector<std::vector<double>> use;
  std::vector<double> room;
};

Remaining remaining(std::span<const double> values, std::span<const SiteId> open, const Limits& limits,
                    std::span<const double> used) {
  Remaining left{{}, std::vector<std::vector<double>>(limits.size()), {}};
  for (std::size_t row = 0; row < limits.size(); ++row) left.room.push_back(room(limits[row], used[row]));
  for (const SiteId site : open) {
    if (!fits(limits, used, site)) continue;
    left.value.push_back(values[site.index()]);
    for (std::size_t row = 0; row < limits.size(); ++row) {
      left.use[row].push_back(limits[row].use[site.index()]);
    }
  }
  return left;
}

double priced_sum(const Remaining& left, std::span<const double> prices) {
  std::vector<double> values = left.value;
  double sum = 0.0;
  for (std::size_t row = 1; row < left.room.size(); ++row) {
    sum += prices[row] * left.room[row];
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= prices[row] * left.use[row][i];
  }
  return sum + fractional_knapsack(values, left.use[0], left.room[0]).sum;
}

/// A price above which no site would be taken for its value.
double highest_price(const Remaining& left, std::size_t row) {
  double highest = 0.0;
  for (std::size_t i = 0; i < left.value.size(); ++i) {
    if (left.use[row][i] > 0.0) highest = std::max(highest, left.value[i] / left.use[row][i]);
  }
  return highest;
}

/// Narrows the interval of one price by golden section; the bound is convex in it.
void improve_price(const Remaining& left, std::vector<double>& prices, std::size_t row) {
  const double golden = 0.5 * (std::sqrt(5.0) - 1.0);
  double low = 0.0, high = highest_price(left, row);
  const double enough = 1e-3 * high;
  const auto at = [&](double price) {
    std::vector<double> tried = prices;
    tried[row] = price;
    return priced_sum(left, tried);
  };
  double a = high - golden * (high - low), b = low + golden * (high - low);
  double of_a = at(a), of_b = at(b);
  while (high - low > enough) {
    if (of_a <= of_b) {
      high = b, b = a, of_b = of_a;
      a = high - golden * (high - low), of_a = at(a);
    } else {
      low = a, a = b, of_a = of_b;
      b = low + golden * (high - low), of_b = at(b);
    }
  }
  const double best = of_a <= of_b ? a : b;
  if (std::min(of_a, of_b) < priced_sum(left, prices)) prices[row] = best;
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
  const std::vector<double> used = used_by(limits, required_of(sites));
  for (std::size_t row = 0; row < limits.size(); ++row) {
    require(used[row] <= limits[row].capacity * (1.0 + kSlack), "the required sites do not keep them");
  }
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

double scarcest_use(const Limits& limits, SiteId site) {
  double use = limits.front().use[site.index()];
  for (const Limit& limit : limits) {
    if (limit.capacity > 0.0)
      use = std::max(use, limit.use[site.index()] * (limits.front().capacity / limit.capacity));
  }
  return use;
}

KnapsackBound fractional_knapsack(std::span<const double> values, std::span<const double> use,
                                  double capacity) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0.0) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double left = values[a] * use[b], right = values[b] * use[a];
    return left != right ? left > right : a < b;
  });
  KnapsackBound bound;
  for (const std::size_t i : order) {
    const double share = std::min(1.0, capacity / use[i]);
    bound.sum += share * values[i];
    capacity -= share * use[i];
    if (share < 1.0) {
      bound.price = values[i] / use[i];
      break;
    }
  }
  return bound;
}

double largest_sum(std::span<const double> values, std::span<const SiteId> open, const Limits& limits,
                   std::span<const double> used) {
  const Remaining left = remaining(values, open, limits, used);
  std::vector<double> prices(limits.size(), 0.0);
  for (std::size_t row = 1; row < limits.size(); ++row) improve_price(left, prices, row);
  double least = priced_sum(left, prices);
  for (std::size_t row = 1; row < limits.size(); ++row) {
    const auto free = std::ranges::find(left.use[row], 0.0);
    if (free == left.use[row].end())
      least = std::min(least, fractional_knapsack(left.value, left.use[row], left.room[row]).sum);
  }
  return least;
}

}  // namespace waywarden
