#include "waywarden/study/study.h"

#include <gtest/gtest.h>

#include "waywarden/study/toml_table.h"

namespace waywarden {
namespace {

const std::string kSmallest = "title = \"t\"\n[[links]]\nfile = \"r.gpkg\"\nmode = \"road\"\n";

TEST(Study, TheSmallestHasDefaultsForTheRest) {
  const Study study = parse_study(kSmallest, "folder/s.toml");
  EXPECT_EQ(study.folder, "folder");
  EXPECT_EQ(study.links.size(), 1U);
  EXPECT_EQ(study.links[0].role.mode, Mode::road);
  EXPECT_EQ(study.interdiction.teams, 10U);
  EXPECT_EQ(study.release.k, 11);
  EXPECT_EQ(study.options.at("seed"), "1");
}

TEST(Study, ReadsTheDemo) {
  const Study study = read_study(WAYWARDEN_SOURCE_DIR "/datasets/nepal_india_bangladesh/study.toml");
  EXPECT_EQ(study.links.size(), 4U);
  EXPECT_EQ(study.hubs.size(), 3U);
  EXPECT_EQ(study.places->source.origin, Origin::synthetic);
  EXPECT_EQ(study.hubs[2].role.wait.value, 3 * 3600.0);
  EXPECT_EQ(study.costs.speed_kmh[static_cast<std::size_t>(Mode::air)], 500.0);
  EXPECT_EQ(study.route_choice.seed, study.seed);
}

TEST(Study, SaysWhatIsWrongAndWhere) {
  const auto refused = [](const std::string& more, const std::string& key, std::size_t line) {
    try {
      parse_study(kSmallest + more, "s.toml");
      ADD_FAILURE() << more;
    } catch (const StudyError& error) {
      EXPECT_EQ(error.key(), key) << error.what();
      EXPECT_EQ(error.line(), line) << error.what();
    }
  };
  refused("[demand]\nfunction = \"linear\"\n", "demand.function", 6);
  refused("[route_choice]\nspread = 0.9\n", "route_choice.spread", 6);
  refused("[demand]\nmodel = \"guess\"\n", "demand.model", 6);
  refused("[demand]\nmodel = \"radiation\"\ndecay = 1\n", "demand.decay", 7);
  refused("[demand]\nexponent = 1\n", "demand.exponent", 6);
  refused("[demand]\nmodel = \"intervening\"\nacceptance = 0\n", "demand.acceptance", 7);
  refused("[demand]\ncutoff = -1\n", "demand.cutoff", 6);
  refused("[interdiction]\nbudget = 0\n", "interdiction.budget", 6);
  refused("[interdiction.cost]\nP1 = 2\nP2 = 0\n", "interdiction.cost.P2", 7);
  refused("[interdiction.hours]\nP1 = 1.5\n", "interdiction.hours.P1", 6);
  refused("[interdiction]\ndetour = 2\n", "interdiction.detour", 6);
  refused("[interdiction]\njudged = true\ndetour = 0.5\n", "interdiction.detour", 7);
  refused("[interdiction]\nteams = 0\n", "interdiction.teams", 6);
  refused("[interdiction]\ncandidates = [\"hub\", \"bus\"]\n", "interdiction.candidates", 6);
  refused("[release]\nk = 1\n", "release.k", 6);
  refused("[release]\nunrestricted = \"\"\n", "release.unrestricted", 6);
  refused("[costs.speed_kmh]\nroad = 0\n", "costs.speed_kmh.road", 6);
  refused("[network]\nsnap = 3\n", "network.snap", 6);
  refused("[places]\nfile = \"p\"\nvulnerability = \"v\"\nsource_weight = \"s\"\n", "places.source_weight",
          8);
  refused("[[links]]\nfile = \"r\"\n", "links[1].mode", 5);
  refused("[incidents]\nfile = \"i\"\nx = \"lon\"\n", "incidents.x", 7);
}

TEST(Study, ReadsModelsOfDemandAndLimits) {
  const auto read = [](const std::string& more) { return parse_study(kSmallest + more, "s.toml"); };
  const Study tanner = read("[demand]\nfunction = \"tanner\"\ndecay = 0.5\nexponent = -1\ncutoff = 90\n");
  const auto& gravity = std::get<GravityOptions>(tanner.demand.model);
  EXPECT_EQ(gravity.function, Decay::tanner);
  EXPECT_EQ(gravity.exponent, -1.0);
  EXPECT_EQ(tanner.demand.cutoff, 90.0);
  const Study radiation = read("[demand]\nmodel = \"radiation\"\nconstraint = \"both\"\njourneys = 7\n");
  EXPECT_EQ(std::get<RadiationOptions>(radiation.demand.model).constraint, DemandConstraint::both);
  EXPECT_EQ(std::get<RadiationOptions>(radiation.demand.model).total, 7.0);
  const Study passing = read("[demand]\nmodel = \"intervening\"\nacceptance = 3\n");
  EXPECT_EQ(std::get<InterveningOptions>(passing.demand.model).acceptance, 3.0);
  const Study limited = read(
      "[interdiction]\nbudget = 4.5\njudged = true\ndetour = 1.5\nseconds = 3\n[interdiction.cost]\nP1 = 2\n"
      "[interdiction.hours]\n\"stations/x\" = 0.5\n[interdiction.detection]\nP1 = 0.7\n");
  EXPECT_EQ(limited.interdiction.budget, 4.5);
  EXPECT_TRUE(limited.interdiction.judged);
  EXPECT_EQ(limited.interdiction.detour, 1.5);
  EXPECT_EQ(limited.interdiction.seconds, 3.0);
  const SiteOptions& sites = limited.interdiction.sites;
  EXPECT_EQ(sites.cost, (std::vector<std::pair<std::string, double>>{{"P1", 2.0}}));
  EXPECT_EQ(sites.hours, (std::vector<std::pair<std::string, double>>{{"stations/x", 0.5}}));
  EXPECT_EQ(sites.detection, (std::vector<std::pair<std::string, double>>{{"P1", 0.7}}));
  EXPECT_EQ(limited.options.at("interdiction.cost.P1"), "2");
}

TEST(Study, NeedsALinkLayer) { EXPECT_THROW(parse_study("title = \"t\"\n", "s.toml"), StudyError); }

}  // namespace
}  // namespace waywarden
