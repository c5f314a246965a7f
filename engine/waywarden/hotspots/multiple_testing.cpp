#include "waywarden/hotspots/multiple_testing.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Positions of the defined probabilities, ascending by value.
std::vector<std::size_t> ranked(std::span<const std::optional<double>> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!p[i]) continue;
    if (!(*p[i] >= 0.0 && *p[i] <= 1.0))
      throw InputError("probability " + std::to_string(i) + " is not in [0, 1]");
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *p[a] < *p[b]; });
  return order;
}

double harmonic(std::size_t n) {
  double sum = 0.0;
  for (std::size_t i = n; i > 0; --i) sum += 1.0 / static_cast<double>(i);
  return sum;
}

/// Step-up: the smallest of p m c / rank over this and all larger p.
void step_up(const std::vector<std::size_t>& order, double dependence,
             std::vector<std::optional<double>>& p) {
  const double tests = static_cast<double>(order.size());
  double smallest = 1.0;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    double& value = *p[order[rank - 1]];
    smallest = std::min(smallest, value * (tests / static_cast<double>(rank)) * dependence);
    value = smallest;
  }
}

}  // namespace

std::string name(Adjustment adjustment) {
  switch (adjustment) {
    case Adjustment::none:
      return "none";
    case Adjustment::benjamini_hochberg:
      return "Benjamini-Hochberg";
    case Adjustment::benjamini_yekutieli:
      return "Benjamini-Yekutieli";
    case Adjustment::bonferroni:
      return "Bonferroni";
  }
  throw OptionError("no such adjustment");
}

std::vector<std::optional<double>> adjusted(std::span<const std::optional<double>> p, Adjustment adjustment) {
  const auto order = ranked(p);
  std::vector<std::optional<double>> q(p.begin(), p.end());
  switch (adjustment) {
    case Adjustment::none:
      break;
    case Adjustment::benjamini_hochberg:
      step_up(order, 1.0, q);
      break;
    case Adjustment::benjamini_yekutieli:
      step_up(order, harmonic(order.size()), q);
      break;
    case Adjustment::bonferroni:
      for (const std::size_t i : order) q[i] = std::min(1.0, *q[i] * static_cast<double>(order.size()));
      break;
  }
  return q;
}

}  // namespace waywarden
