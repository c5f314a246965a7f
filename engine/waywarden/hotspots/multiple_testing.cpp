#include "waywarden/hotspots/multiple_testing.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <unordered_map>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Tests with one probability, and what it becomes.
struct Equal {
  std::size_t tests = 0;
  double q = 0.0;
};
/// By the bits of a probability, which are quicker to hash.
struct BitsOf {
  std::size_t operator()(double p) const { return std::bit_cast<std::uint64_t>(p); }
};
using ByProbability = std::unordered_map<double, Equal, BitsOf>;

/// Many tests of counts share few probabilities: those, and for each test which it is.
struct Counted {
  ByProbability equal;
  std::vector<const Equal*> of_test;
};

Counted counted(std::span<const std::optional<double>> p) {
  Counted found{{}, std::vector<const Equal*>(p.size())};
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!p[i]) continue;
    if (!(*p[i] >= 0.0 && *p[i] <= 1.0))
      throw InputError("probability " + std::to_string(i) + " is not in [0, 1]");
    // Adding 0 makes -0 the same as 0.
    Equal& equal = found.equal[*p[i] + 0.0];
    ++equal.tests;
    found.of_test[i] = &equal;
  }
  return found;
}

std::vector<double> ascending(const ByProbability& equal) {
  std::vector<double> p;
  p.reserve(equal.size());
  for (const auto& entry : equal) p.push_back(entry.first);
  std::sort(p.begin(), p.end());
  return p;
}

double harmonic(std::size_t n) {
  double sum = 0.0;
  for (std::size_t i = n; i > 0; --i) sum += 1.0 / static_cast<double>(i);
  return sum;
}

/// Step-up: the smallest of p m c / rank over this and all larger p.
void step_up(ByProbability& equal, std::size_t tests, double dependence) {
  const std::vector<double> p = ascending(equal);
  double smallest = 1.0;
  std::size_t rank = tests;
  for (std::size_t i = p.size(); i > 0; --i) {
    Equal& here = equal[p[i - 1]];
    smallest =
        std::min(smallest, p[i - 1] * (static_cast<double>(tests) / static_cast<double>(rank)) * dependence);
    here.q = smallest;
    rank -= here.tests;
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
  auto [equal, of_test] = counted(p);
  std::size_t tests = 0;
  for (const auto& entry : equal) tests += entry.second.tests;
  switch (adjustment) {
    case Adjustment::none:
      for (auto& [value, here] : equal) here.q = value;
      break;
    case Adjustment::benjamini_hochberg:
      step_up(equal, tests, 1.0);
      break;
    case Adjustment::benjamini_yekutieli:
      step_up(equal, tests, harmonic(tests));
      break;
    case Adjustment::bonferroni:
      for (auto& [value, here] : equal) here.q = std::min(1.0, value * static_cast<double>(tests));
      break;
  }
  std::vector<std::optional<double>> q(p.begin(), p.end());
  for (std::size_t i = 0; i < q.size(); ++i) {
    if (q[i]) q[i] = of_test[i]->q;
  }
  return q;
}

}  // namespace waywarden
