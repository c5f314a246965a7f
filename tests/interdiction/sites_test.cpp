#include "waywarden/interdiction/sites.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"
#include "waywarden/risk/edge_costs.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

/// Two roads in AA, two in BB, three crossings between them, and a hub in AA; crossing rows in the order
/// given.
Network border_land(std::vector<std::size_t> order, std::size_t posts_on_first = 2) {
  worlds::Plan plan;
  plan.countries = {"AA", "BB"};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto y = static_cast<double>(i);
    const std::size_t a = plan.add_node({0.0, y}, Mode::road, 0), b = plan.add_node({0.0, y}, Mode::road, 1);
    plan.links.push_back({.from = a, .to = b, .kind = EdgeKind::crossing, .one_way = i == 2});
  }
  const std::size_t hub = plan.add_node({-1.0, 0.0}, Mode::transfer, 0);
  const std::size_t rail = plan.add_node({-1.0, 0.1}, Mode::rail, 0);
  for (const std::size_t mode : {std::size_t{0}, rail}) {
    plan.links.push_back({.from = hub, .to = mode, .mode = Mode::transfer, .kind = EdgeKind::transfer});
  }
  const Network plain = worlds::build(plan);
  const Crossings& from = plain.crossings();
  Crossings to;
  for (const std::size_t row : order) {
    const bool listed = row < posts_on_first;
    to.id.push_back(!listed ? "informal-" + std::to_string(row) : row == 0 ? "P1" : "P1/2");
    to.post.push_back(listed ? "P1" : "");
    to.name.push_back(listed ? "First post" : "");
    to.country_a.push_back("AA");
    to.country_b.push_back("BB");
    to.mode.push_back(Mode::road);
    to.status.push_back(listed ? CrossingStatus::listed : CrossingStatus::informal);
    to.point.push_back(from.point[row]);
    to.a_to_b.push_back(from.a_to_b[row]);
    to.b_to_a.push_back(from.b_to_a[row]);
    to.border_accuracy_m.push_back(100.0);
    to.post_distance_m.push_back(row == 0 ? 20.0 : 10.0);
  }
  Hubs hubs{.id = {"7"},
            .name = {"Central"},
            .kind = {"stations"},
            .country = {"AA"},
            .point = {plan.node[hub]},
            .node = {NodeId(hub)},
            .modes = {3}};
  return Network(plain.columns(), to, hubs);
}

/// Random networks have hub nodes but no table of them.
Network with_hub_table(const Network& network) {
  Hubs hubs;
  for (std::size_t n = 0; n < network.node_count(); ++n) {
    if (network.columns().node_mode[n] != Mode::transfer) continue;
    hubs.id.push_back(std::to_string(n));
    hubs.name.push_back("");
    hubs.kind.push_back("stations");
    hubs.country.push_back(network.country(NodeId(n)));
    hubs.point.push_back(network.point(NodeId(n)));
    hubs.node.push_back(NodeId(n));
    hubs.modes.push_back(3);
  }
  return Network(network.columns(), network.crossings(), hubs);
}

bool is_on(const Sites& sites, SiteId site, EdgeId edge) {
  return std::ranges::find(sites.site_of_edge.on(edge), site) != sites.site_of_edge.on(edge).end();
}

std::size_t edges_of(const Sites& sites, SiteId site) {
  std::size_t count = 0;
  for (std::size_t e = 0; e < sites.site_of_edge.edge_count(); ++e) count += is_on(sites, site, EdgeId(e));
  return count;
}

TEST(Sites, CrossingsOfOnePostAreOneSite) {
  const Network network = border_land({0, 1, 2});
  const Sites sites = find_sites(network);
  EXPECT_EQ(sites.id, (std::vector<std::string>{"P1", "informal-2", "stations/7"}));
  EXPECT_EQ(sites.kind, (std::vector{SiteKind::crossing, SiteKind::crossing, SiteKind::hub}));
  EXPECT_EQ(sites.status, (std::vector{SiteStatus::listed, SiteStatus::informal, SiteStatus::listed}));
  EXPECT_EQ(sites.detection, (std::vector{0.5, 0.3, 0.4}));
  EXPECT_EQ(sites.mode, (std::vector{Mode::road, Mode::road, Mode::transfer}));
  EXPECT_EQ(sites.country_b, (std::vector<std::string>{"BB", "BB", ""}));
  EXPECT_EQ(sites.point[0], (Point{0.0, 1.0}));  // the crossing nearest to the post
  EXPECT_EQ(edges_of(sites, SiteId(0)), 4U);
  EXPECT_EQ(edges_of(sites, SiteId(1)), 1U);  // one-way
}

TEST(Sites, AHubIsTheEdgesThatLeaveIt) {
  const Network network = border_land({0, 1, 2});
  const Sites sites = find_sites(network);
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    EXPECT_EQ(is_on(sites, SiteId(2), EdgeId(e)), network.tail(EdgeId(e)) == network.hubs().node[0]);
  }
}

TEST(Sites, WhoeverChangesModeAtAHubPassesItExactlyOnce) {
  std::size_t changes = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const Network network = with_hub_table(worlds::random_network(seed));
    const Sites sites = find_sites(network);
    // The railway costs a tenth of the roads, so that many routes use it.
    std::vector<Weight> weights;
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      const double pace = network.mode(EdgeId(e)) == Mode::rail ? 0.1 : 1.0;
      weights.push_back(static_cast<Weight>(1.0 + pace * network.columns().length_m[e]));
    }
    const worlds::PlainRoutes routes(network, weights, NodeId(0));
    for (std::size_t origin = 1; origin < 30; ++origin) {
      const auto edges = routes.from(NodeId(origin));
      if (!edges) continue;
      std::map<NodeId, int> hubs_met;
      std::map<SiteId, int> sites_met;
      for (const EdgeId edge : *edges) {
        const NodeId head = network.head(edge);
        if (network.columns().node_mode[head.index()] == Mode::transfer) ++hubs_met[head];
        for (const SiteId site : sites.site_of_edge.on(edge)) {
          if (sites.kind[site.index()] == SiteKind::hub) ++sites_met[site];
        }
      }
      EXPECT_EQ(hubs_met.size(), sites_met.size());
      for (const auto& [site, times] : sites_met) EXPECT_EQ(times, 1);
      changes += hubs_met.size();
    }
  }
  EXPECT_GT(changes, 10U);
}

TEST(Sites, DoNotDependOnTheOrderOfRows) {
  const Sites sorted = find_sites(border_land({0, 1, 2}));
  for (const auto& order : {std::vector<std::size_t>{2, 1, 0}, std::vector<std::size_t>{1, 2, 0}}) {
    const Sites shuffled = find_sites(border_land(order));
    EXPECT_EQ(shuffled.id, sorted.id);
    EXPECT_EQ(shuffled.point, sorted.point);
    EXPECT_EQ(shuffled.site_of_edge, sorted.site_of_edge);
  }
}

TEST(Sites, OptionsChooseClassesAndDetection) {
  const Network network = border_land({0, 1, 2});
  SiteOptions options;
  options.informal_crossing = std::nullopt;
  options.hub = 1.0;
  options.detection = {{"P1", 0.9}};
  options.required = {"stations/7"};
  options.forbidden = {"P1"};
  const Sites sites = find_sites(network, options);
  EXPECT_EQ(sites.id, (std::vector<std::string>{"P1", "stations/7"}));
  EXPECT_EQ(sites.detection, (std::vector{0.9, kLargestProbability}));
  EXPECT_EQ(sites.state, (std::vector{SiteState::forbidden, SiteState::required}));
}

TEST(Sites, EdgesAndNodesOfTheUserStandBesideTheOthers) {
  const Network network = border_land({0, 1, 2});
  const EdgeId crossing = network.crossings().a_to_b[0];
  const NodeId node = network.tail(crossing);
  SiteOptions options;
  options.named = {{.id = "bend", .name = "A bend", .edges = {crossing}, .detection = 1.0},
                   {.id = "junction", .kind = SiteKind::node, .nodes = {node}, .detection = 0.2}};
  options.cost = {{"junction", 3.0}};
  options.hours = {{"junction", 0.25}, {"P1", 0.5}};
  options.group = {{"junction", "police"}, {"P1", "police"}, {"bend", "customs"}};
  const Sites sites = find_sites(network, options);
  EXPECT_EQ(sites.id, (std::vector<std::string>{"P1", "informal-2", "stations/7", "bend", "junction"}));
  EXPECT_EQ(sites.kind[3], SiteKind::edge);
  EXPECT_EQ(sites.kind[4], SiteKind::node);
  EXPECT_EQ(sites.name[3], "A bend");
  EXPECT_EQ(sites.country_a[4], "AA");
  EXPECT_EQ(sites.point[4], network.point(node));
  EXPECT_EQ(sites.detection, (std::vector{0.25, 0.3, 0.4, kLargestProbability, 0.05}));
  EXPECT_EQ(sites.hours, (std::vector{0.5, 1.0, 1.0, 1.0, 0.25}));
  EXPECT_EQ(sites.cost, (std::vector{1.0, 1.0, 1.0, 1.0, 3.0}));
  EXPECT_EQ(sites.group, (std::vector{SiteId(0), SiteId(1), SiteId(2), SiteId(3), SiteId(0)}));
  EXPECT_TRUE(has_groups(sites));
  EXPECT_FALSE(has_groups(find_sites(network)));
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    EXPECT_EQ(is_on(sites, SiteId(3), EdgeId(e)), EdgeId(e) == crossing);
    EXPECT_EQ(is_on(sites, SiteId(4), EdgeId(e)), network.tail(EdgeId(e)) == node);
  }
  EXPECT_TRUE(is_on(sites, SiteId(0), crossing));
}

TEST(Sites, RefuseNamesThatMakeNoSense) {
  const Network network = border_land({0, 1, 2});
  const auto with = [&](NamedSite named) { return find_sites(network, {.named = {std::move(named)}}); };
  EXPECT_THROW(with({.id = "x"}), OptionError);
  EXPECT_THROW(with({.id = "x", .edges = {EdgeId(network.edge_count())}}), OptionError);
  EXPECT_THROW(with({.id = "x", .kind = SiteKind::node, .nodes = {NodeId::none()}}), OptionError);
  EXPECT_THROW(with({.id = "x", .kind = SiteKind::hub, .edges = {EdgeId(0)}}), OptionError);
  EXPECT_THROW(with({.id = "x", .edges = {EdgeId(0)}, .detection = 2.0}), OptionError);
  EXPECT_THROW(with({.id = "P1", .edges = {EdgeId(0)}}), InputError);
  EXPECT_THROW(find_sites(network, {.cost = {{"P1", 0.0}}}), OptionError);
  EXPECT_THROW(find_sites(network, {.hours = {{"P1", 1.5}}}), OptionError);
  EXPECT_THROW(find_sites(network, {.group = {{"nowhere", "police"}}}), OptionError);
  EXPECT_THROW(find_sites(network, {.group = {{"P1", "police"}, {"P1", "customs"}}}), OptionError);
}

TEST(Sites, RefuseWhatCannotBe) {
  const Network network = border_land({0, 1, 2});
  EXPECT_THROW(find_sites(network, {.hub = 1.5}), OptionError);
  EXPECT_THROW(find_sites(network, {.detection = {{"nowhere", 0.5}}}), OptionError);
  EXPECT_THROW(find_sites(network, {.detection = {{"P1", -0.1}}}), OptionError);
  EXPECT_THROW(find_sites(network, {.required = {"P1"}, .forbidden = {"P1"}}), OptionError);
  EXPECT_NO_THROW(find_sites(border_land({0, 1, 2}, 1)));
}

TEST(Sites, TeamsCostWhatTheyRisk) {
  const Network network = border_land({0, 1, 2});
  const Sites sites = find_sites(network);
  const std::vector<double> costs = team_costs(sites, std::vector{SiteId(0), SiteId(2)}, 200.0);
  EXPECT_EQ(costs, (std::vector{200.0 * hazard(0.5), 0.0, 200.0 * hazard(0.4)}));
  EXPECT_THROW(team_costs(sites, std::vector{SiteId(3)}, 200.0), OptionError);
}

TEST(Sites, NamesOfStates) {
  EXPECT_EQ(name(SiteKind::hub), "hub");
  EXPECT_EQ(name(SiteStatus::informal), "informal");
  EXPECT_EQ(name(SiteState::required), "required");
}

}  // namespace
}  // namespace waywarden
