#include "waywarden/flow/calibration.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

/// Large enough that no single pair makes the spread jump.
constexpr worlds::WorldOptions kTown{.rows = 14, .columns = 14, .spacing = 0.05};

Calibration calibrated(const MadeMovement& made, const PerceptionOptions& perception,
                       const CalibrationOptions& options = {}, const Execution& execution = {}) {
  return calibrate(made.network, made.core, made.costs, made.demand, made.places, perception, options,
                   execution);
}

TEST(Calibration, MeetsTheSpreadAndLoadingRealisesIt) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const MadeMovement made(seed, {.world = kTown, .places = 24});
    for (const double spread : {1.02, 1.05, 1.1}) {
      const Calibration found = calibrated(made, {.seed = seed, .draws = 32, .spread = spread});
      EXPECT_EQ(found.status, SpreadStatus::met) << "seed " << seed;
      EXPECT_NEAR(found.spread, spread, 0.001) << "seed " << seed;
      Movement movement = made.movement();
      const Loading loading = load_flows({movement.network, movement.core, movement.costs, movement.demand,
                                          movement.places, found.perception, movement.site_of_edge},
                                         {}, {});
      EXPECT_NEAR(loading.spread.mean, found.spread, 1e-9) << "seed " << seed;
      EXPECT_NEAR(loading.overlap, found.overlap, 1e-9);
      EXPECT_LT(found.overlap, 1.0);
    }
  }
}

TEST(Calibration, ASampleOfDestinationsComesClose) {
  const MadeMovement made(5, {.world = kTown, .places = 40, .draws = 32});
  const Calibration found = calibrated(made, {.seed = 5, .draws = 32}, {.destinations = 12});
  EXPECT_EQ(found.status, SpreadStatus::met);
  EXPECT_LT(found.sampled_pairs, made.demand.size());
  const Loading loading = load_flows(
      {made.network, made.core, made.costs, made.demand, made.places, found.perception, made.site_of_edge},
      {}, {});
  EXPECT_NEAR(loading.spread.mean, 1.05, 0.015);
}

TEST(Calibration, WiderSpreadTakesALargerDeviationAndOverlapsLess) {
  const MadeMovement made(6, {.world = kTown, .places = 20});
  const Calibration narrow = calibrated(made, {.draws = 32, .spread = 1.02});
  const Calibration wide = calibrated(made, {.draws = 32, .spread = 1.1});
  EXPECT_LT(narrow.perception.deviation(), wide.perception.deviation());
  EXPECT_GT(narrow.overlap, wide.overlap);
}

TEST(Calibration, SameBitsOnAnyNumberOfThreads) {
  const MadeMovement made(7, {.world = kTown, .places = 16});
  const double reference = calibrated(made, {.draws = 16}, {}, {.threads = 1}).perception.deviation();
  for (const unsigned threads : {2U, 8U}) {
    EXPECT_EQ(calibrated(made, {.draws = 16}, {}, {.threads = threads}).perception.deviation(), reference);
  }
}

TEST(Calibration, SaysWhenThereIsOnlyOneRoute) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (int i = 0; i < 4; ++i) plan.add_node({84.0 + 0.1 * i, 27.0}, Mode::road, 0);
  plan.links = {{.from = 0, .to = 1}, {.from = 1, .to = 2}, {.from = 2, .to = 3}};
  const Network network = worlds::build(plan);
  const Places places = worlds::random_places(1, network, 3, 4);
  const Core core(network, places.node);
  const EdgeCosts costs = edge_costs(network, {});
  const Demand demand = gravity_demand(places, skim(core, costs, places, {}), {}, {}).demand;
  const Calibration found = calibrate(network, core, costs, demand, places, {.draws = 4}, {}, {});
  EXPECT_EQ(found.status, SpreadStatus::too_low);
  EXPECT_DOUBLE_EQ(found.spread, 1.0);
  EXPECT_DOUBLE_EQ(found.overlap, 1.0);
}

TEST(Calibration, SaysWhenLinkNoiseAloneIsTooMuch) {
  const MadeMovement made(6, {.world = kTown, .places = 16});
  const Calibration found = calibrated(made, {.draws = 16, .spread = 1.002, .link_noise = 0.2});
  EXPECT_EQ(found.status, SpreadStatus::too_high);
  EXPECT_EQ(found.perception.deviation(), 0.0);
  EXPECT_GT(found.spread, 1.003);
}

TEST(Calibration, SaysWhenTheSpreadJumps) {
  // Two ways between two places, in few draws: the spread is one of a few values.
  worlds::Plan plan;
  plan.countries = {"AA"};
  plan.add_node({84.0, 27.0}, Mode::road, 0);
  plan.add_node({84.5, 27.0}, Mode::road, 0);
  plan.links = {{.from = 0, .to = 1}, {.from = 0, .to = 1, .via = {{84.25, 27.12}}}};
  const Network network = worlds::build(plan);
  Places places = worlds::random_places(1, network, 2, 2);
  places.source_weight = places.destination_weight = {1.0, 1.0};
  const Core core(network, places.node);
  const EdgeCosts costs = edge_costs(network, {});
  const Demand demand = gravity_demand(places, skim(core, costs, places, {}), {}, {}).demand;
  const Calibration found =
      calibrate(network, core, costs, demand, places, {.draws = 4, .spread = 1.03}, {}, {});
  EXPECT_EQ(found.status, SpreadStatus::jumps);
  EXPECT_GT(std::abs(found.spread - 1.03), 0.001);
}

TEST(Calibration, RefusesASpreadThatIsNone) {
  const MadeMovement made(6);
  EXPECT_THROW(calibrated(made, {.spread = 1.0}), OptionError);
  const MadeMovement other(7);
  EXPECT_THROW(calibrate(made.network, other.core, made.costs, made.demand, made.places, {}, {}, {}),
               OptionError);
}

}  // namespace
}  // namespace waywarden
