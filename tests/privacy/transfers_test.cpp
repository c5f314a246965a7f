#include "waywarden/privacy/transfers.h"

#include <gtest/gtest.h>

#include "random_drafts.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using namespace testing_world;

struct Tally {
  std::size_t found = 0, possible = 0, cells = 0;
};

/// What transfers prove, enumeration must find possible.
void compare(const Knowledge& knowledge, const Hidden& hidden, std::int64_t k, Tally& tally) {
  const WholeRanges ranges = Enumeration(knowledge, hidden, knowledge.totals.at("incidents")).run();
  Transfers transfers(knowledge, hidden, Sees::structure_and_classes, possible_shares(knowledge));
  for (std::size_t c = 0; c < knowledge.cells.size(); ++c) {
    if (hidden.cells[c] == CellState::published) continue;
    const bool possible = ranges.least[c] <= 1 && ranges.greatest[c] >= k - 1;
    const bool found = transfers.cover(c, k);
    EXPECT_TRUE(possible || !found) << "cell " << c;
    tally.found += found;
    tally.possible += possible;
    ++tally.cells;
  }
}

Hidden hidden_at_random(const Knowledge& knowledge, std::int64_t k, RandomStream& random) {
  Hidden hidden;
  hidden.suppressed_at_least = random.below(2);
  for (const CountCell& cell : knowledge.cells) {
    const bool hide = cell.value >= hidden.suppressed_at_least && (cell.value < k || random.below(3) == 0);
    hidden.cells.push_back(hide ? CellState::suppressed : CellState::published);
  }
  hidden.classes.assign(knowledge.classes.size(), 0);
  for (std::uint8_t& withheld : hidden.classes) withheld = static_cast<std::uint8_t>(random.below(2));
  return hidden;
}

TEST(Transfers, ProveOnlyWhatIsPossibleInTwoTables) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 7);
    const Knowledge knowledge = knowledge_of(cells_and_places(random, 5, 5));
    const std::int64_t k = 2 + random.below(3);
    compare(knowledge, hidden_at_random(knowledge, k, random), k, tally);
  }
  EXPECT_LT(tally.possible, tally.cells);
  EXPECT_GE(static_cast<double>(tally.found), 0.95 * static_cast<double>(tally.possible));
}

TEST(Transfers, ProveOnlyWhatIsPossibleWithClasses) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 8);
    const Knowledge knowledge =
        knowledge_of(line_with_classes(random_counts(random, 6, 8), 2.0 + random.below(12)));
    const std::int64_t k = 2 + random.below(4);
    compare(knowledge, hidden_at_random(knowledge, k, random), k, tally);
  }
  EXPECT_LT(tally.possible, tally.cells);
  EXPECT_GE(static_cast<double>(tally.found), 0.7 * static_cast<double>(tally.possible));
}

TEST(Transfers, ProveOnlyWhatIsPossibleWithSumsOfColumnsAndPartialCoverage) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 9);
    const std::vector<std::int64_t> women = random_counts(random, 3, 5), men = random_counts(random, 3, 5);
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < 3; ++i) all.push_back(women[i] + men[i]);
    Table table = counts_table("t", women, "women", Coverage::partial);
    table.features.add({"men", men});
    table.features.add({"all", all});
    table.counts.push_back({"men", "men", Coverage::complete});
    table.counts.push_back({"all", "incidents", Coverage::partial});
    table.sums = {{"all", {"count", "men"}}};
    const Knowledge knowledge = knowledge_of({{table}, {}, {{"incidents", sum(all) + 2}}});
    const std::int64_t k = 2 + random.below(3);
    compare(knowledge, hidden_at_random(knowledge, k, random), k, tally);
  }
  EXPECT_LT(tally.possible, tally.cells);
  EXPECT_GE(static_cast<double>(tally.found), 0.9 * static_cast<double>(tally.possible));
}

TEST(Transfers, SharesFitTheCounts) {
  const Draft draft{{counts_table("cells", {3, 4, 0}), counts_table("places", {5, 2})},
                    {{0, 1, "incidents", {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 1}}}},
                    {}};
  const Knowledge knowledge = knowledge_of(draft);
  const std::vector<std::int64_t> shares = possible_shares(knowledge);
  ASSERT_EQ(shares.size(), 4U);
  EXPECT_EQ(shares[0] + shares[1], 3);
  EXPECT_EQ(shares[2] + shares[3], 4);
  EXPECT_EQ(shares[0] + shares[2], 5);
  Draft impossible = draft;
  impossible.overlaps[0].pairs = {{0, 0}, {0, 1}, {1, 1}};
  EXPECT_THROW(possible_shares(knowledge_of(impossible)), OptionError);
}

}  // namespace
}  // namespace waywarden
