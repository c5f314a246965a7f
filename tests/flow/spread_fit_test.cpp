#include "waywarden/flow/spread_fit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr worlds::WorldOptions kTown{.rows = 9, .columns = 9, .spacing = 0.05};

/// A town, evaders whose beliefs differ as the deviation says, and what is seen of them.
struct Town {
  Town(std::uint64_t seed, double deviation)
      : made(seed, {.world = kTown, .places = 12}),
        groups(by_destination(made.demand, made.places, made.core)),
        truth(Perception(made.network, made.costs, made.perception.scale(),
                         {.seed = 1000 + seed, .draws = 200}, {})
                  .with_deviation(deviation)),
        forest(grow_forest({made.core, truth, made.costs.generalised, {}}, groups, 200, {})),
        random(seed) {}

  double spread() const {
    const CheapestRoutes cheapest = cheapest_routes(made.network, made.core, made.costs.generalised,
                                                    weight_unit(made.costs.generalised), groups, {});
    const std::vector<double> each =
        spread_by_draw(forest, groups, cheapest, arc_sums(made.core, made.costs.generalised), {});
    double sum = 0.0;
    for (const double one : each) sum += one;
    return sum / static_cast<double>(each.size());
  }

  /// Each in a draw of its own, pairs as the demand has them.
  ObservedRoutes traces(std::size_t count) {
    ObservedRoutes observed;
    std::discrete_distribution<std::size_t> pair(made.demand.journeys.begin(), made.demand.journeys.end());
    for (std::size_t i = 0; i < count; ++i) add_trace(observed, pair(random), i % 200);
    return observed;
  }

  /// Where some of the journeys are, by the mean over draws.
  ObservedCounts counts(std::size_t posts, double scale) {
    const ArcJourneys journeys = arc_journeys(made.core, forest, {});
    ObservedCounts observed;
    while (observed.size() < posts) {
      const EdgeId edge(random() % made.network.edge_count());
      if (!made.core.arc(edge).exists()) continue;
      double mean = 0.0;
      for (const auto& draw : journeys) mean += draw[made.core.arc(edge).index()] / 200.0;
      if (mean < 1.0) continue;
      observed.edges.push_back({edge});
      observed.count.push_back(static_cast<double>(std::poisson_distribution<int>(scale * mean)(random)));
    }
    return observed;
  }

  SpreadFit fit(const ObservedRoutes& routes, const ObservedCounts& counted,
                const SpreadFitOptions& options = {}, const Execution& execution = {}) const {
    return fit_spread(made.network, made.core, made.costs, made.demand, made.places, routes, counted, options,
                      execution);
  }

  MadeMovement made;
  std::vector<DestinationDemand> groups;
  Perception truth;
  Forest forest;
  std::mt19937_64 random;

 private:
  void add_trace(ObservedRoutes& observed, std::size_t pair, std::size_t draw) const {
    for (std::size_t d = 0; d < groups.size(); ++d) {
      if (pair < groups[d].first_pair || pair >= groups[d].first_pair + groups[d].origin.size()) continue;
      const FlowTree& tree = forest.tree(draw, d);
      std::vector<EdgeId> edges;
      for (std::uint32_t at = tree.origin[pair - groups[d].first_pair]; at < tree.size();
           at = tree.parent[at])
        for (const EdgeId edge : made.core.edges(tree.arc[at])) edges.push_back(edge);
      observed.origin.push_back(made.demand.origin[pair]);
      observed.destination.push_back(made.demand.destination[pair]);
      observed.edges.push_back(std::move(edges));
    }
  }
};

bool holds(const SpreadFit& fit, double spread) {
  return spread >= fit.low && (!fit.high || spread <= *fit.high);
}

void expect_sound(const SpreadFit& fit) {
  EXPECT_LE(fit.low, fit.spread);
  if (fit.high) {
    EXPECT_GE(*fit.high, fit.spread);
  }
  EXPECT_GE(fit.adjustment, 1.0);
  EXPECT_TRUE(std::ranges::is_sorted(fit.profile_deviation));
}

/// Of five towns, how many intervals hold the truth.
template <class Fit>
int recovered(double deviation, const Fit& fit_of) {
  int held = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Town town(seed, deviation);
    const SpreadFit fit = fit_of(town);
    expect_sound(fit);
    const double truth = town.spread();
    held += holds(fit, truth) ? 1 : 0;
  }
  return held;
}

TEST(SpreadFit, TracesGiveBackTheSpread) {
  for (const double deviation : {0.3, 0.8}) {
    const int held = recovered(
        deviation, [](Town& town) { return town.fit(town.traces(120), {}, {.perception = {.draws = 48}}); });
    EXPECT_GE(held, 4) << deviation;
  }
}

TEST(SpreadFit, CountsGiveBackTheSpread) {
  const int held = recovered(
      0.5, [](Town& town) { return town.fit({}, town.counts(30, 0.5), {.perception = {.draws = 48}}); });
  EXPECT_GE(held, 4);
}

TEST(SpreadFit, SaysWhatWasSeenOfTracesAndCounts) {
  Town town(3, 0.5);
  const ObservedRoutes traces = town.traces(40);
  const ObservedCounts counts = town.counts(20, 3.0);
  const SpreadFitOptions options{.perception = {.draws = 16}};
  const SpreadFit both = town.fit(traces, counts, options);
  EXPECT_EQ(both.traces, 40U);
  EXPECT_EQ(both.posts, 20U);
  ASSERT_TRUE(both.scale.has_value());
  EXPECT_NEAR(*both.scale, 3.0, 0.6);
  ASSERT_TRUE(both.traced_spread.has_value());
  EXPECT_GE(*both.traced_spread, 1.0 - 1e-9);
  EXPECT_FALSE(town.fit(traces, {}, options).scale.has_value());
  EXPECT_FALSE(town.fit({}, counts, options).traced_spread.has_value());
}

TEST(SpreadFit, SameBitsWithAnyNumberOfThreads) {
  Town town(2, 0.5);
  const ObservedRoutes traces = town.traces(30);
  const ObservedCounts counts = town.counts(10, 3.0);
  const SpreadFitOptions options{.perception = {.draws = 8}};
  const SpreadFit alone = town.fit(traces, counts, options, {.threads = 1});
  const SpreadFit together = town.fit(traces, counts, options, {.threads = 8});
  EXPECT_EQ(alone.spread, together.spread);
  EXPECT_EQ(alone.low, together.low);
  EXPECT_EQ(alone.profile_log_likelihood, together.profile_log_likelihood);
}

TEST(SpreadFit, CheapestRoutesAloneLeaveTheIntervalOpenBelow) {
  const Town town(1, 0.0);
  Town straight(1, 1e-6);
  const SpreadFit fit = town.fit(straight.traces(60), {}, {.perception = {.draws = 24}});
  EXPECT_EQ(fit.low, 1.0);
  ASSERT_TRUE(fit.high.has_value());
  EXPECT_LT(*fit.high, 1.05);
}

TEST(SpreadFit, SaysWhereNothingCanBeTold) {
  Town town(1, 0.5);
  const SpreadFitOptions options{.perception = {.draws = 8}};
  EXPECT_THROW(town.fit({}, {}, options), InputError);
  // One post whose scale is estimated fits any spread.
  try {
    town.fit({}, town.counts(1, 1.0), options);
    FAIL() << "was told";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("cannot tell"), std::string::npos);
  }
  EXPECT_THROW(town.fit(town.traces(5), {}, {.perception = {.draws = 8}, .largest_deviation = 0.0}),
               OptionError);
  EXPECT_THROW(town.fit(town.traces(5), {}, {.perception = {.draws = 8}, .destinations = 0}), OptionError);
}

}  // namespace
}  // namespace waywarden
