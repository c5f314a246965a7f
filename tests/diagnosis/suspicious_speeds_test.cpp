#include "waywarden/diagnosis/suspicious_speeds.h"

#include <gtest/gtest.h>

#include "diagnosis/broken_roads.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using test::network_of;
using test::road;

Network roads_at(const std::vector<double>& speeds, Ways ways) {
  NetworkDraft draft;
  for (std::size_t i = 0; i < speeds.size(); ++i) {
    const double x = static_cast<double>(i);
    draft.edges.push_back(road({x, 0}, {x + 1, 0}, ways, std::to_string(speeds[i])));
    draft.edges.back().speed_kmh = speeds[i];
  }
  return network_of(draft);
}

std::vector<double> found(const Network& network, const PlausibleSpeeds& plausible) {
  std::vector<double> speeds;
  for (const EdgeId e : suspicious_speeds(network, plausible))
    speeds.push_back(network.columns().speed_kmh[e.index()]);
  std::sort(speeds.begin(), speeds.end());
  return speeds;
}

TEST(SuspiciousSpeeds, OutsideTheRangeOfTheirMode) {
  for (const Ways ways : {Ways::both, Ways::forward, Ways::backward}) {
    const Network network = roads_at({2.9, 3.0, 50.0, 140.0, 140.1, 1000.0, kSpeedNotStated}, ways);
    EXPECT_EQ(found(network, {}), (std::vector<double>{2.9, 140.1, 1000.0}));
  }
}

TEST(SuspiciousSpeeds, TheRangeIsTheUsers) {
  PlausibleSpeeds plausible;
  plausible.of_mode[static_cast<std::size_t>(Mode::road)] = {40.0, 60.0};
  EXPECT_EQ(found(roads_at({39.0, 40.0, 60.0, 61.0}, Ways::both), plausible),
            (std::vector<double>{39.0, 61.0}));
}

TEST(SuspiciousSpeeds, RefuseImpossibleRanges) {
  const Network network = network_of({});
  for (const SpeedRange range : {SpeedRange{-1.0, 5.0}, {6.0, 5.0}, {0.0, INFINITY}, {std::nan(""), 5.0}}) {
    PlausibleSpeeds plausible;
    plausible.of_mode[0] = range;
    EXPECT_THROW(suspicious_speeds(network, plausible), OptionError);
  }
}

}  // namespace
}  // namespace waywarden
