#include "waywarden/privacy/attack.h"

#include <gtest/gtest.h>

#include "random_drafts.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using namespace testing_world;

/// Small counts suppressed, nothing else: what an attacker makes of a careless release.
Hidden careless(const Knowledge& knowledge, std::int64_t k) {
  Hidden hidden;
  for (const CountCell& cell : knowledge.cells)
    hidden.cells.push_back(cell.value >= 1 && cell.value < k ? CellState::suppressed : CellState::published);
  hidden.classes.assign(knowledge.classes.size(), 0);
  return hidden;
}

bool covers(const WholeRanges& ranges, std::size_t cell, std::int64_t k) {
  return ranges.least[cell] <= 1 && ranges.greatest[cell] >= k - 1;
}

/// Totals and overlaps form a network, whose extreme points are whole numbers: both attackers see the same
/// ranges.
TEST(Attack, AgreesWithEnumerationOnTables) {
  std::size_t exposed = 0, safe = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 5);
    const Knowledge knowledge = knowledge_of(cells_and_places(random, 5, 5));
    const std::int64_t k = 2 + random.below(3);
    const Hidden hidden = careless(knowledge, k);
    const WholeRanges ranges = Enumeration(knowledge, hidden, knowledge.totals.at("incidents")).run();
    const Execution execution;
    Attack attack(knowledge, hidden, Sees::structure, execution);
    for (std::size_t c = 0; c < knowledge.cells.size(); ++c) {
      if (hidden.cells[c] != CellState::suppressed) continue;
      const bool found_safe = !attack.obstacle(c, k);
      EXPECT_EQ(found_safe, covers(ranges, c, k)) << "cell " << c;
      ++(found_safe ? safe : exposed);
    }
  }
  EXPECT_GT(exposed, 50U);
  EXPECT_GT(safe, 50U);
}

/// With classes the linear program may hold more possible than whole numbers allow; what it holds impossible
/// is.
TEST(Attack, NeverNarrowerThanWholeNumbersWithClasses) {
  std::size_t same = 0, cells = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 6);
    const std::vector<std::int64_t> counts = random_counts(random, 6, 8);
    const Knowledge knowledge = knowledge_of(line_with_classes(counts, 2.0 + random.below(12)));
    const std::int64_t k = 2 + random.below(4);
    const Hidden hidden = careless(knowledge, k);
    const WholeRanges ranges = Enumeration(knowledge, hidden, sum(counts)).run();
    const Execution execution;
    Attack attack(knowledge, hidden, Sees::structure_and_classes, execution);
    for (std::size_t c = 0; c < knowledge.cells.size(); ++c) {
      if (hidden.cells[c] != CellState::suppressed) continue;
      const bool found_safe = !attack.obstacle(c, k);
      EXPECT_TRUE(found_safe || !covers(ranges, c, k)) << "cell " << c;
      same += found_safe == covers(ranges, c, k);
      ++cells;
    }
  }
  EXPECT_GT(cells, 100U);
  EXPECT_GT(static_cast<double>(same), 0.98 * static_cast<double>(cells));
}

TEST(Attack, ObstaclesNameWhatBinds) {
  const Knowledge knowledge = knowledge_of({{counts_table("t", {3, 20, 30})}, {}, {}});
  const Execution execution;
  Attack attack(knowledge, careless(knowledge, 11), Sees::structure, execution);
  const auto obstacle = attack.obstacle(0, 11);
  ASSERT_TRUE(obstacle.has_value());
  EXPECT_EQ(obstacle->structure, std::vector<std::size_t>{0});
  EXPECT_TRUE(obstacle->facts.empty());
}

TEST(Attack, FactsTooNarrowAreThoseThatSettleACellAlone) {
  // Row 0 is suppressed beside a published 20: a sum of at least 23 says 3 or more; one of at least 21 says
  // nothing.
  Table table = counts_table("t", {3, 20, 5, 30});
  add_classes(table, {"hot", "warm", "cold", "cold"},
              {{0, {{0, 1.0}, {1, 1.0}}, 23.0, 1e6},
               {1, {{0, 1.0}, {1, 1.0}}, 21.0, 1e6},
               {2, {{2, 1.0}}, 0.0, 9.0},
               {3, {{3, 1.0}}, 0.0, 1e6}});
  const Knowledge knowledge = knowledge_of({{table}, {}, {}});
  EXPECT_EQ(facts_too_narrow(knowledge, careless(knowledge, 11), 11), (std::vector<std::size_t>{0, 2}));
}

TEST(Attack, ImpossibleCountsAreErrors) {
  Draft draft{{counts_table("cells", {5, 6}), counts_table("places", {6, 5})}, {}, {}};
  draft.overlaps = {{0, 1, "incidents", {{0, 0}, {1, 1}}}};
  const Knowledge knowledge = knowledge_of(draft);
  Hidden hidden = careless(knowledge, 11);
  hidden.cells[0] = CellState::published;
  hidden.cells[2] = CellState::published;
  const Execution execution;
  EXPECT_THROW(Attack(knowledge, hidden, Sees::structure, execution), OptionError);
}

}  // namespace
}  // namespace waywarden
