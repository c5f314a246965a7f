#include "waywarden/flow/estimated_demand.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "small_places.h"
#include "waywarden/base/errors.h"
#include "waywarden/flow/gravity.h"

namespace waywarden {
namespace {

using Table = std::array<std::array<double, 4>, 4>;
using Cycle = std::vector<std::pair<int, int>>;

/// Of cells that alternately gain and lose, so that no margin changes, the amount that brings a table closest
/// to the weights in relative entropy; by bisection on its derivative.
double best_shift(const Table& table, const Table& weight, const Cycle& cycle) {
  const auto cell = [&](const Table& t, std::size_t k) {
    return t[static_cast<std::size_t>(cycle[k].first)][static_cast<std::size_t>(cycle[k].second)];
  };
  double low = -1e300, high = 1e300;
  for (std::size_t k = 0; k < cycle.size(); k += 2) low = std::max(low, -cell(table, k));
  for (std::size_t k = 1; k < cycle.size(); k += 2) high = std::min(high, cell(table, k));
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (low + high);
    double slope = 0.0;
    for (std::size_t k = 0; k < cycle.size(); ++k) {
      const double sign = k % 2 == 0 ? 1.0 : -1.0;
      slope += sign * std::log((cell(table, k) + sign * middle) / cell(weight, k));
    }
    (slope < 0.0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

void improve(Table& table, const Table& weight, const Cycle& cycle) {
  for (const auto& [i, j] : cycle) {
    if (i == j) return;  // nobody stays in place
  }
  const double shift = best_shift(table, weight, cycle);
  for (std::size_t k = 0; k < cycle.size(); ++k) {
    table[static_cast<std::size_t>(cycle[k].first)][static_cast<std::size_t>(cycle[k].second)] +=
        k % 2 == 0 ? shift : -shift;
  }
}

/// Descends along all cycles of four and of six cells.
void minimise_entropy(Table& table, const Table& weight) {
  for (int sweep = 0; sweep < 200; ++sweep) {
    for (int code = 0; code < 4 * 4 * 4 * 4 * 4 * 4; ++code) {
      const int a = code % 4, b = code / 4 % 4, c = code / 16 % 4, x = code / 64 % 4, y = code / 256 % 4,
                z = code / 1024;
      if (a == b || x == y) continue;
      if (c == 0 && z == 0) improve(table, weight, Cycle{{a, x}, {b, x}, {b, y}, {a, y}});
      if (c == a || c == b || z == x || z == y) continue;
      improve(table, weight, Cycle{{a, x}, {b, x}, {b, y}, {c, y}, {c, z}, {a, z}});
    }
  }
}

class Entropy : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Entropy, DoublyConstrainedDemandIsClosestToTheModel) {
  RandomStream random(GetParam(), 0);
  Table table{}, weight{};
  std::vector<double> source(4, 0.0), destination(4, 0.0), x;
  for (std::size_t i = 0; i < 4; ++i) {
    x.push_back(10.0 * random.uniform());
    for (std::size_t j = 0; j < 4; ++j) {
      if (i == j) continue;
      table[i][j] = 0.2 + random.uniform();
      source[i] += table[i][j];
      destination[j] += table[i][j];
    }
  }
  const EstimatedDemand found = gravity_demand(small::places_with(source, destination), small::on_a_line(x),
                                               {.decay = 0.8, .constraint = DemandConstraint::both}, {});
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j)
      weight[i][j] = source[i] * destination[j] * std::exp(-0.8 * std::abs(x[i] - x[j]) / found.median_cost);
  }
  minimise_entropy(table, weight);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j)
      EXPECT_NEAR(small::journeys(found.demand, i, j), table[i][j], 1e-6) << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Entropy, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

TEST(EstimatedDemand, ReportsWhatTheCutoffLeavesOut) {
  const Places places = small::places_with({1.0, 1.0, 1.0}, {1.0, 1.0, 2.0});
  small::Costs costs(9, 1.0);
  costs[3 * 2 + 0] = 5.0;
  const EstimatedDemand found = gravity_demand(places, Skim(3, costs, {.cutoff = 2.0}), {}, {});
  EXPECT_EQ(found.pairs_beyond_cutoff, 1U);
  EXPECT_EQ(found.unreachable_pairs, 0U);
  EXPECT_DOUBLE_EQ(found.share_beyond_cutoff, 2.0 / 8.0);
  EXPECT_EQ(found.demand.size(), 5U);
}

TEST(EstimatedDemand, RefusesJourneysWithoutMeasure) {
  DemandPattern pattern{place_pairs(small::places_with({1.0, 1.0}, {1.0, 1.0}), small::on_a_line({0.0, 1.0})),
                        {800.0, 0.0}};
  const Places places = small::places_with({1.0, 1.0}, {1.0, 1.0});
  EXPECT_THROW(estimated_demand(pattern, places, {}, {}), OptionError);
  EXPECT_NEAR(estimated_demand(pattern, places, {.total = 7.0}, {}).demand.total(), 7.0, 1e-12);
}

}  // namespace
}  // namespace waywarden
