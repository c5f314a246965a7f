#include "waywarden/network/chains.h"

#include <gtest/gtest.h>

#include <set>

namespace waywarden {
namespace {

Link link(std::vector<Point> line, Mode mode = Mode::road) {
  Link made;
  made.line = std::move(line);
  made.facts.mode = mode;
  return made;
}

TEST(Chains, RunThroughPointsOfDegreeTwoOnly) {
  // a - b - c with a fork at c, and a railway through b that does not count.
  const std::vector<Link> links = {link({{0, 0}, {1, 0}}), link({{2, 0}, {1, 0}}), link({{2, 0}, {3, 1}}),
                                   link({{2, 0}, {3, -1}}), link({{1, 0}, {1, 1}}, Mode::rail)};
  const auto found = chains(links);
  ASSERT_EQ(found.size(), 4U);
  ASSERT_EQ(found[0].size(), 2U);
  const bool forward = found[0][0].link == 0;
  EXPECT_EQ(found[0][forward ? 0 : 1].reversed, !forward);
  EXPECT_EQ(found[0][forward ? 1 : 0].reversed, forward);
}

TEST(Chains, EveryLinkIsInOneChainAndPiecesMeet) {
  std::vector<Link> links;
  for (int x = 0; x < 5; ++x) {
    for (int y = 0; y < 5; ++y) {
      if (x < 4) links.push_back(link({{1.0 * x, 1.0 * y}, {x + 1.0, 1.0 * y}}));
      if (y < 4 && (x * 7 + y * 3) % 4 != 0) links.push_back(link({{1.0 * x, y + 1.0}, {1.0 * x, 1.0 * y}}));
    }
  }
  std::set<std::size_t> seen;
  for (const Chain& chain : chains(links)) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      EXPECT_TRUE(seen.insert(chain[i].link).second);
      if (i == 0) continue;
      const auto& before = links[chain[i - 1].link].line;
      const auto& after = links[chain[i].link].line;
      EXPECT_EQ(chain[i - 1].reversed ? before.front() : before.back(),
                chain[i].reversed ? after.back() : after.front());
    }
  }
  EXPECT_EQ(seen.size(), links.size());
}

TEST(Chains, ARingIsOneChain) {
  const auto found = chains({link({{0, 0}, {1, 0}}), link({{1, 0}, {1, 1}}), link({{1, 1}, {0, 0}})});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].size(), 3U);
}

}  // namespace
}  // namespace waywarden
