#include "waywarden/flow/demand_calibration.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_places.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kPlaces = 7;

double value(const DemandCalibration& found, const std::string& parameter) {
  const auto at = std::find(found.parameter.begin(), found.parameter.end(), parameter);
  return at == found.parameter.end() ? std::nan("")
                                     : found.estimate[static_cast<std::size_t>(at - found.parameter.begin())];
}

std::vector<StatedFlow> flows_of(const Demand& demand) {
  std::vector<StatedFlow> flows;
  for (std::size_t k = 0; k < demand.size(); ++k)
    flows.push_back({demand.origin[k], demand.destination[k], demand.journeys[k]});
  return flows;
}

class KnownDemand : public testing::TestWithParam<std::uint64_t> {
 protected:
  std::vector<double> positive() {
    std::vector<double> weights;
    for (std::size_t i = 0; i < kPlaces; ++i) weights.push_back(1.0 + 5.0 * random_.uniform());
    return weights;
  }
  small::Costs costs() {
    small::Costs costs;
    for (std::size_t k = 0; k < kPlaces * kPlaces; ++k) costs.push_back(0.5 + 5.0 * random_.uniform());
    return costs;
  }

  RandomStream random_{GetParam(), 0};
  Places places_ = small::places_with(positive(), positive());
  Skim skim_{kPlaces, costs()};
};

/// Counts that are the model's own are fitted exactly, by the parameters they were made with.
TEST_P(KnownDemand, IsRecognised) {
  for (const Decay function : {Decay::exponential, Decay::power, Decay::tanner}) {
    const double exponent = function == Decay::tanner ? -0.6 : 0.0;
    for (const DemandConstraint constraint : {DemandConstraint::none, DemandConstraint::production,
                                              DemandConstraint::attraction, DemandConstraint::both}) {
      for (const MassExponents masses : {MassExponents::estimated, MassExponents::fixed_to_one}) {
        const GravityOptions model{function, 1.3, constraint, 500.0, exponent};
        const EstimatedDemand made = gravity_demand(places_, skim_, model, {});
        const DemandCalibration found =
            calibrate_demand(places_, skim_, flows_of(made.demand),
                             {.function = function, .constraint = constraint, .masses = masses}, {});
        EXPECT_NEAR(value(found, "decay"), 1.3, 1e-6) << "seed " << GetParam();
        if (function == Decay::tanner) {
          EXPECT_NEAR(value(found, "exponent"), -0.6, 1e-6);
        }
        if (constraint == DemandConstraint::none && masses == MassExponents::estimated) {
          EXPECT_NEAR(value(found, "source_exponent"), 1.0, 1e-6);
          EXPECT_NEAR(value(found, "destination_exponent"), 1.0, 1e-6);
        }
        EXPECT_EQ(found.median_cost, made.median_cost);
        EXPECT_NEAR(found.common_part, 1.0, 1e-6);
        EXPECT_NEAR(found.deviance, 0.0, 1e-6);
        EXPECT_EQ(found.observations, kPlaces * (kPlaces - 1));
      }
    }
  }
}

/// Poisson regression with effects meets the margins of what was observed.
TEST_P(KnownDemand, EffectsMeetObservedMargins) {
  std::vector<StatedFlow> flows;
  for (std::size_t j = 0; j < kPlaces; ++j) {
    for (std::size_t i = 0; i < kPlaces; ++i) {
      if (i != j) flows.push_back({PlaceId(i), PlaceId(j), 1.0 + random_.below(9)});
    }
  }
  const Demand observed = stated_demand(flows, skim_).demand;
  const DemandCalibration found = calibrate_demand(
      places_, skim_, flows, {.function = Decay::tanner, .constraint = DemandConstraint::both}, {});
  EXPECT_EQ(found.parameters, 2 * kPlaces - 1 + 2);
  for (std::size_t i = 0; i < kPlaces; ++i) {
    EXPECT_NEAR(small::leaving(found.fitted, i), small::leaving(observed, i), 1e-7);
    EXPECT_NEAR(small::arriving(found.fitted, i), small::arriving(observed, i), 1e-7);
  }
  EXPECT_NEAR(found.common_part, common_part(observed.journeys, found.fitted.journeys), 1e-12);
  // The doubly constrained model with these estimates and the observed margins is the same.
  Places fitted = places_;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    fitted.source_weight[i] = small::leaving(observed, i);
    fitted.destination_weight[i] = small::arriving(observed, i);
  }
  const double scale = gravity_demand(fitted, skim_, {}, {}).median_cost / found.median_cost;
  const GravityOptions model{Decay::tanner, std::abs(value(found, "decay")) * scale, DemandConstraint::both,
                             std::nullopt, value(found, "exponent")};
  if (value(found, "decay") < 0.0) return;
  const Demand again = gravity_demand(fitted, skim_, model, {}).demand;
  for (std::size_t k = 0; k < again.size(); ++k)
    EXPECT_NEAR(again.journeys[k], found.fitted.journeys[k], 1e-5) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, KnownDemand, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

const Places kFour = small::places_with({1.0, 2.0, 3.0, 4.0}, {4.0, 1.0, 2.0, 2.5});
const Skim kLine = small::on_a_line({0.0, 1.0, 3.0, 4.5});

std::string reason_of(const Places& places, const Skim& skim, const std::vector<StatedFlow>& flows,
                      const DemandCalibrationOptions& options) {
  try {
    calibrate_demand(places, skim, flows, options, {});
  } catch (const InputError& error) {
    return error.reason();
  }
  return "no error";
}

StatedFlow flow(std::size_t origin, std::size_t destination, double journeys) {
  return {PlaceId(origin), PlaceId(destination), journeys};
}

std::vector<StatedFlow> counted() {
  return {flow(0, 1, 5), flow(0, 2, 2), flow(1, 0, 9), flow(1, 3, 1), flow(2, 3, 7),
          flow(2, 0, 3), flow(3, 2, 8), flow(3, 1, 1), flow(1, 2, 4), flow(3, 0, 2)};
}

TEST(DemandCalibration, CountsWhatItCannotUse) {
  std::vector<StatedFlow> flows = counted();
  const DemandCalibration plain =
      calibrate_demand(kFour, kLine, flows, {.masses = MassExponents::fixed_to_one}, {});
  EXPECT_EQ(plain.unused_pairs, 0U);
  EXPECT_EQ(plain.observations, 12U);
  EXPECT_EQ(plain.parameters, 2U);
  EXPECT_EQ(plain.parameter, (std::vector<std::string>{"constant", "decay"}));
  flows.push_back(flow(2, 2, 11.0));
  flows.push_back(flow(1, 1, 0.0));
  const DemandCalibration more =
      calibrate_demand(kFour, kLine, flows, {.masses = MassExponents::fixed_to_one}, {});
  EXPECT_EQ(more.unused_pairs, 1U);
  EXPECT_EQ(more.unused_journeys, 11.0);
  EXPECT_EQ(more.estimate, plain.estimate);
}

TEST(DemandCalibration, NegativeBinomialStatesItsOverdispersion) {
  std::vector<StatedFlow> flows = counted();
  flows[0].journeys = 200.0;
  const DemandCalibration found = calibrate_demand(
      kFour, kLine, flows,
      {.distribution = CountDistribution::negative_binomial, .masses = MassExponents::fixed_to_one}, {});
  EXPECT_GT(found.overdispersion.alpha, 0.1);
  const DemandCalibration poisson =
      calibrate_demand(kFour, kLine, flows, {.masses = MassExponents::fixed_to_one}, {});
  EXPECT_GT(found.log_likelihood, poisson.log_likelihood);
  EXPECT_GT(poisson.dispersion, 10.0 * found.dispersion);
}

TEST(DemandCalibration, NamesPlacesWithoutJourneys) {
  std::vector<StatedFlow> flows = counted();
  std::erase_if(flows, [](const StatedFlow& f) { return f.origin == PlaceId(2); });
  EXPECT_NE(reason_of(kFour, kLine, flows, {.constraint = DemandConstraint::production}).find("leaves 'c'"),
            std::string::npos);
  EXPECT_EQ(reason_of(kFour, kLine, flows, {.constraint = DemandConstraint::attraction}), "no error");
}

TEST(DemandCalibration, NamesWhatCannotBeToldApart) {
  const Places alike = small::places_with({2.0, 2.0, 2.0, 2.0}, {4.0, 1.0, 2.0, 2.5});
  EXPECT_NE(reason_of(alike, kLine, counted(), {}).find("'source_exponent'"), std::string::npos);
  const Skim flat(4, small::Costs(16, 3.0));
  EXPECT_NE(reason_of(kFour, flat, counted(), {}).find("'decay'"), std::string::npos);
}

TEST(DemandCalibration, NamesPairsThatSeparate) {
  // Only the cheapest way was used: the steeper the decay, the likelier.
  const Skim skim = small::on_a_line({0.0, 1.0, 10.0, 30.0});
  const std::vector<StatedFlow> flows = {flow(0, 1, 5.0), flow(1, 0, 5.0)};
  const std::string reason = reason_of(kFour, skim, flows, {.masses = MassExponents::fixed_to_one});
  EXPECT_NE(reason.find("'c' to 'a'"), std::string::npos) << reason;
}

TEST(DemandCalibration, PlacesThatNothingConnectsHaveTheirOwnLevels) {
  // Two islands: with both effects, one level less each.
  small::Costs costs(64, std::nullopt);
  for (std::size_t j = 0; j < 8; ++j) {
    for (std::size_t i = 0; i < 8; ++i) {
      if (i / 4 == j / 4) costs[8 * j + i] = 1.0 + static_cast<double>((3 * i + 5 * j + i * j) % 7);
    }
  }
  std::vector<double> weights;
  for (std::size_t i = 0; i < 8; ++i) weights.push_back(1.0 + static_cast<double>(i % 3));
  const Places places = small::places_with(weights, weights);
  const Skim skim(8, costs);
  const Demand made = gravity_demand(places, skim, {.decay = 0.7}, {}).demand;
  const DemandCalibration found =
      calibrate_demand(places, skim, flows_of(made), {.constraint = DemandConstraint::both}, {});
  EXPECT_EQ(found.parameters, 8U + 8U - 2U + 1U);
  EXPECT_NEAR(value(found, "decay"), 0.7, 1e-7);
}

TEST(DemandCalibration, RefusesWhatMakesNoSense) {
  EXPECT_THROW(calibrate_demand(kFour, kLine, {}, {}, {}), InputError);
  EXPECT_THROW(calibrate_demand(kFour, kLine, std::vector{flow(0, 9, 1.0)}, {}, {}), OptionError);
  EXPECT_THROW(calibrate_demand(kFour, kLine, std::vector{flow(0, 1, -1.0)}, {}, {}), OptionError);
  EXPECT_THROW(calibrate_demand(kFour, kLine, std::vector{flow(1, 1, 4.0)}, {}, {}), InputError);
}

TEST(CommonPart, ByHand) {
  EXPECT_DOUBLE_EQ(common_part(std::vector{1.0, 3.0}, std::vector{2.0, 1.0}), 2.0 * 2.0 / 7.0);
  EXPECT_EQ(common_part(std::vector{1.0}, std::vector{1.0}), 1.0);
  EXPECT_EQ(common_part({}, {}), 0.0);
}

}  // namespace
}  // namespace waywarden
