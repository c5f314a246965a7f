#include "waywarden/flow/returns.h"

#include <gtest/gtest.h>

#include <numeric>

#include "small_places.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kPlaces = 6;

class RandomReturns : public testing::TestWithParam<std::uint64_t> {
 protected:
  std::vector<double> positive() {
    std::vector<double> weights;
    for (std::size_t i = 0; i < kPlaces; ++i) weights.push_back(1.0 + random_.uniform());
    return weights;
  }
  std::vector<double> rates() {
    std::vector<double> rates;
    for (std::size_t i = 0; i < kPlaces; ++i) rates.push_back(0.9 * random_.uniform());
    return rates;
  }

  RandomStream random_{GetParam(), 0};
  Places places_ = small::places_with(positive(), positive());
  Skim skim_{kPlaces, small::random_costs(random_, kPlaces, 0.0)};
};

/// Those who left a place first, over the share that does not return.
double closed_form(const Demand& first, const std::vector<double>& rates, std::size_t k) {
  double left = 0.0, back = 0.0;
  for (std::size_t l = 0; l < first.size(); ++l) {
    if (first.origin[l] != first.origin[k]) continue;
    left += first.journeys[l];
    back += first.journeys[l] * rates[first.destination[l].index()];
  }
  return first.journeys[k] / (1.0 - back / left);
}

TEST_P(RandomReturns, AreWhatTheClosedFormSays) {
  const std::vector<double> rates = this->rates();
  for (const DemandModel& model :
       {DemandModel(GravityOptions{}), DemandModel(GravityOptions{.total = 10.0}),
        DemandModel(RadiationOptions{}), DemandModel(InterveningOptions{.total = 4.0}),
        DemandModel(GravityOptions{.constraint = DemandConstraint::production})}) {
    const Demand first = model_demand(places_, skim_, model, {}).demand;
    for (const ReturningDemand& found :
         {with_returns(places_, skim_, model, rates, {}), with_returns(first, kPlaces, rates, {})}) {
      ASSERT_EQ(found.demand.size(), first.size());
      EXPECT_LE(found.change, 1e-10);
      EXPECT_NEAR(found.first_journeys, first.total(), 1e-12 * first.total());
      for (std::size_t k = 0; k < first.size(); ++k) {
        const double expected = closed_form(first, rates, k);
        EXPECT_NEAR(found.demand.journeys[k], expected, 2e-9 * expected) << "seed " << GetParam();
      }
    }
  }
}

TEST_P(RandomReturns, OneRateForAllMultipliesEverything) {
  for (const DemandConstraint constraint : {DemandConstraint::none, DemandConstraint::production,
                                            DemandConstraint::attraction, DemandConstraint::both}) {
    const GravityOptions model{.constraint = constraint};
    const Demand first = gravity_demand(places_, skim_, model, {}).demand;
    const ReturningDemand found = with_returns(places_, skim_, model, {0.6}, {});
    for (std::size_t k = 0; k < first.size(); ++k)
      EXPECT_NEAR(found.demand.journeys[k], first.journeys[k] / 0.4, 1e-7 * first.journeys[k]);
    EXPECT_NEAR(found.demand.total(), found.first_journeys / 0.4, 1e-8 * found.first_journeys);
  }
}

/// What a place sends is what its weight says and what has returned to it; arrivals keep their shares.
TEST_P(RandomReturns, TheDoublyConstrainedAreAFixedPoint) {
  const std::vector<double> rates = this->rates();
  const GravityOptions model{.constraint = DemandConstraint::both};
  const ReturningDemand found = with_returns(places_, skim_, model, rates, {});
  const Demand& demand = found.demand;
  const double arrivals =
      std::accumulate(places_.destination_weight.begin(), places_.destination_weight.end(), 0.0);
  for (std::size_t i = 0; i < kPlaces; ++i) {
    double back = 0.0;
    for (std::size_t j = 0; j < kPlaces; ++j) back += rates[j] * small::journeys(demand, i, j);
    EXPECT_NEAR(small::leaving(demand, i), places_.source_weight[i] + back, 1e-6) << "seed " << GetParam();
    EXPECT_NEAR(found.returning[i], back, 1e-6);
    EXPECT_NEAR(small::arriving(demand, i) / demand.total(), places_.destination_weight[i] / arrivals, 1e-7);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomReturns, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

TEST(Returns, NobodyReturnsAtRateZero) {
  const Places places = small::places_with({1.0, 2.0}, {2.0, 1.0});
  const Skim skim = small::on_a_line({0.0, 1.0});
  const ReturningDemand found = with_returns(places, skim, GravityOptions{}, {0.0}, {});
  EXPECT_EQ(found.demand.total(), gravity_demand(places, skim, {}, {}).demand.total());
  EXPECT_EQ(found.rounds, 1U);
  EXPECT_EQ(found.returning, (std::vector{0.0, 0.0}));
}

TEST(Returns, RoundsFollowTheRate) {
  const Places places = small::places_with({1.0, 2.0}, {2.0, 1.0});
  const Skim skim = small::on_a_line({0.0, 1.0});
  EXPECT_NEAR(static_cast<double>(with_returns(places, skim, GravityOptions{}, {0.5}, {}).rounds),
              23.0 / std::log(2.0), 3.0);
}

TEST(Returns, OfNoDemandAreNone) { EXPECT_EQ(with_returns(Demand{}, 3, {0.5}, {}).demand.size(), 0U); }

TEST(Returns, RefuseWhatMakesNoSense) {
  const Places places = small::places_with({1.0, 2.0}, {2.0, 1.0});
  const Skim skim = small::on_a_line({0.0, 1.0});
  for (const std::vector<double>& rates :
       {std::vector{1.0}, {-0.1}, {std::nan("")}, {}, {0.1, 0.2, 0.3}, {0.1, 1.0}})
    EXPECT_THROW(with_returns(places, skim, GravityOptions{}, rates, {}), OptionError);
  const Demand demand = gravity_demand(places, skim, {}, {}).demand;
  EXPECT_THROW(with_returns(demand, 1, {0.5}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
