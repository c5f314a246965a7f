#include "waywarden/diagnosis/one_way_traps.h"

#include <gtest/gtest.h>

#include <set>

#include "diagnosis/broken_roads.h"

namespace waywarden {
namespace {

using test::broken_roads;
using test::group;
using test::network_of;
using test::reachability;
using test::road;
using Reach = std::vector<std::vector<bool>>;

/// The main part that node i belongs with: the largest strong group in its weak one.
std::vector<std::size_t> main_group(const Reach& weak, const Reach& strong, std::size_t i) {
  std::vector<std::size_t> best;
  for (const std::size_t j : group(weak, i)) {
    const auto candidate = group(strong, j);
    if (candidate.size() > best.size()) best = candidate;
  }
  return best;
}

/// Nodes that are joined to `node` through others of the same kind, in any direction.
std::set<std::size_t> region(const Network& network, std::size_t node, const std::vector<bool>& inside) {
  std::set<std::size_t> members = {node};
  for (std::size_t before = 0; before != members.size();) {
    before = members.size();
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      const std::size_t a = network.tail(EdgeId(e)).index(), b = network.head(EdgeId(e)).index();
      if (!inside[a] || !inside[b]) continue;
      if (members.contains(a) || members.contains(b)) members.insert({a, b});
    }
  }
  return members;
}

double length_within(const Network& network, const std::set<std::size_t>& members) {
  std::set<std::uint32_t> shapes;
  double metres = 0.0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (!members.contains(network.tail(EdgeId(e)).index()) ||
        !members.contains(network.head(EdgeId(e)).index()))
      continue;
    if (shapes.insert(network.columns().shape[e]).second) metres += network.columns().length_m[e];
  }
  return metres;
}

class EveryTrap : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EveryTrap, testing::Range(0U, 200U));

TEST_P(EveryTrap, TrapsAreThoseOfReachability) {
  const Network network = broken_roads(GetParam());
  const Reach weak = reachability(network, true), strong = reachability(network, false);
  const std::size_t n = network.node_count();
  // By kind of trap: nodes that the main part leads to, or that lead to it, and not back.
  std::array<std::vector<bool>, 2> inside = {std::vector<bool>(n), std::vector<bool>(n)};
  std::vector<bool> main(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t centre = main_group(weak, strong, i).front();
    main[i] = strong[i][centre] && strong[centre][i];
    inside[0][i] = strong[centre][i] && !main[i];
    inside[1][i] = strong[i][centre] && !main[i];
  }
  const OneWayTraps traps = one_way_traps(network);
  std::size_t row = 0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    SCOPED_TRACE(e);
    const std::size_t tail = network.tail(EdgeId(e)).index(), head = network.head(EdgeId(e)).index();
    const bool out = main[tail] && inside[0][head], in = main[head] && inside[1][tail];
    if (!out && !in) continue;
    ASSERT_LT(row, traps.size());
    EXPECT_EQ(traps.edge[row], EdgeId(e));
    EXPECT_EQ(traps.trap[row], out ? Trap::no_way_out : Trap::no_way_in);
    const std::size_t node = out ? head : tail;
    EXPECT_EQ(traps.node[row], NodeId(node));
    const auto members = region(network, node, inside[out ? 0 : 1]);
    EXPECT_EQ(traps.region_nodes[row], members.size());
    EXPECT_NEAR(traps.region_length_m[row], length_within(network, members), 1e-6);
    ++row;
  }
  EXPECT_EQ(row, traps.size());
}

TEST(OneWayTraps, AOneWayDeadEndTraps) {
  NetworkDraft draft;
  draft.edges.push_back(road({0, 0}, {1, 0}, Ways::both, "1"));
  draft.edges.push_back(road({1, 0}, {2, 0}, Ways::forward, "in"));
  draft.edges.push_back(road({0, 1}, {0, 0}, Ways::forward, "out"));
  const Network network = network_of(draft);
  const OneWayTraps traps = one_way_traps(network);
  ASSERT_EQ(traps.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const bool in = network.source(traps.edge[i]).id == "in";
    EXPECT_EQ(traps.trap[i], in ? Trap::no_way_out : Trap::no_way_in);
    EXPECT_EQ(traps.region_nodes[i], 1U);
    EXPECT_EQ(traps.region_length_m[i], 0.0);
  }
}

TEST(OneWayTraps, NothingInNothing) { EXPECT_EQ(one_way_traps(network_of({})).size(), 0U); }

}  // namespace
}  // namespace waywarden
