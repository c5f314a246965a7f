#include "waywarden/privacy/suppression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "random_drafts.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using namespace testing_world;

struct Outcome {
  Knowledge knowledge;
  Suppression suppression;

  std::size_t count(CellState state) const {
    const std::vector<CellState>& cells = suppression.hidden.cells;
    return static_cast<std::size_t>(std::count(cells.begin(), cells.end(), state));
  }
  std::size_t classes_withheld() const {
    const std::vector<std::uint8_t>& classes = suppression.hidden.classes;
    return static_cast<std::size_t>(std::count(classes.begin(), classes.end(), 1));
  }
};

Outcome outcome_of(const Draft& draft, std::int64_t k, Guarded guarded = Guarded::every_suppressed_count) {
  Knowledge knowledge = knowledge_of(draft);
  Suppression suppression = suppress(draft, knowledge, {k, guarded});
  return {std::move(knowledge), std::move(suppression)};
}

Outcome outcome_of(const std::vector<std::int64_t>& counts, std::int64_t k) {
  return outcome_of(Draft{{counts_table("t", counts)}, {}, {}}, k);
}

/// No small count is shown, and whole numbers leave every guarded cell 1 to k - 1.
void expect_protected(const Outcome& outcome, std::int64_t k, std::int64_t most,
                      Guarded guarded = Guarded::every_suppressed_count) {
  const Hidden& hidden = outcome.suppression.hidden;
  const WholeRanges ranges = Enumeration(outcome.knowledge, hidden, most).run();
  ASSERT_GT(ranges.points, 0U);
  for (std::size_t c = 0; c < outcome.knowledge.cells.size(); ++c) {
    const std::int64_t value = outcome.knowledge.cells[c].value;
    const bool published = hidden.cells[c] == CellState::published;
    EXPECT_FALSE(published && value >= 1 && value < k) << "cell " << c << " is shown";
    if (hidden.cells[c] != CellState::suppressed || (value >= k && guarded == Guarded::small_counts))
      continue;
    EXPECT_LE(ranges.least[c], 1) << "cell " << c;
    EXPECT_GE(ranges.greatest[c], k - 1) << "cell " << c;
  }
}

TEST(Suppression, NothingSmallNothingHidden) {
  const Outcome o = outcome_of({0, 11, 40, 12}, 11);
  EXPECT_EQ(o.count(CellState::published), 4U);
  EXPECT_EQ(o.suppression.totals.at("incidents"), 63);
}

TEST(Suppression, OneSmallCountTakesAnotherWithIt) {
  const Outcome o = outcome_of({0, 3, 40, 12}, 11);
  EXPECT_EQ(o.count(CellState::suppressed), 2U);
  EXPECT_EQ(o.suppression.hidden.cells[0], CellState::published) << "zeros stay";
  expect_protected(o, 11, 60);
}

TEST(Suppression, TwoOnesAreNotEnoughForEachOther) {
  const Outcome o = outcome_of({1, 1, 40, 12}, 11);
  EXPECT_EQ(o.count(CellState::suppressed), 3U);
  expect_protected(o, 11, 60);
}

TEST(Suppression, TwoSmallCountsMayBeEnoughForEachOther) {
  EXPECT_EQ(outcome_of({5, 6, 40}, 11).count(CellState::suppressed), 2U);
  EXPECT_EQ(outcome_of({5, 5, 40}, 11).count(CellState::suppressed), 3U);
}

/// Eleven ones: every cell would be known to be at most 1. A suppressed zero lets each be 0 or 11.
TEST(Suppression, ZerosHelpWhereOnesGiveEachOtherAway) {
  const Outcome with_zero = outcome_of({1, 1, 1, 1, 0}, 4);
  EXPECT_EQ(with_zero.count(CellState::suppressed), 5U);
  EXPECT_EQ(with_zero.suppression.hidden.suppressed_at_least, 0);
  expect_protected(with_zero, 4, 4);
  const Outcome without = outcome_of({1, 1, 1, 1}, 4);
  EXPECT_EQ(without.count(CellState::withheld), 4U);
}

TEST(Suppression, SmallPopulationsAreWithheldWhole) {
  const Outcome o = outcome_of({0, 3, 2}, 11);
  EXPECT_EQ(o.count(CellState::withheld), 3U);
  EXPECT_FALSE(o.suppression.totals.at("incidents").has_value());
}

/// Which cell protects another says nothing of its size.
TEST(Suppression, ComplementsAreChosenWithoutRegardToSize) {
  const auto complement = [](const std::vector<std::int64_t>& counts) {
    const std::vector<CellState> cells = outcome_of(counts, 11).suppression.hidden.cells;
    return std::find(cells.begin() + 1, cells.end(), CellState::suppressed) - cells.begin();
  };
  const auto chosen = complement({3, 20, 30, 40, 50});
  EXPECT_EQ(complement({3, 50, 40, 30, 20}), chosen);
  EXPECT_EQ(complement({9, 11, 1000, 12, 13}), chosen);
}

Draft two_partitions() {
  // Three places; six cells: two in each place.
  Draft draft;
  draft.tables = {counts_table("cells", {5, 1, 7, 0, 2, 6}), counts_table("places", {6, 7, 8})};
  draft.overlaps = {{0, 1, "incidents", {{0, 0}, {1, 0}, {2, 1}, {3, 1}, {4, 2}, {5, 2}}}};
  return draft;
}

TEST(Suppression, TablesAreJudgedTogether) {
  const Outcome together = outcome_of(two_partitions(), 3);
  expect_protected(together, 3, 21);
  EXPECT_GT(together.count(CellState::suppressed), 2U) << "6 - 5 gives the second cell away";
  Draft apart = two_partitions();
  apart.overlaps.clear();
  EXPECT_EQ(outcome_of(apart, 3).count(CellState::suppressed), 2U) << "1 and 2 can be 2 and 1";
}

TEST(Suppression, ImpossibleOverlapsAreErrors) {
  Draft draft = two_partitions();
  draft.overlaps[0].pairs.pop_back();
  EXPECT_THROW(outcome_of(draft, 3), OptionError);
}

TEST(Suppression, PlacesOfSmallPartsAreNotKnownToBeTwoOrMore) {
  Draft draft;
  draft.tables = {counts_table("cells", {1, 2, 0, 9, 2}), counts_table("places", {3, 11})};
  draft.overlaps = {{0, 1, "incidents", {{0, 0}, {1, 0}, {2, 0}, {3, 1}, {4, 1}}}};
  expect_protected(outcome_of(draft, 4), 4, 14);
}

TEST(Suppression, SumsOfColumnsAreKnown) {
  Table table = counts_table("t", {30, 40});
  table.features.add({"women", Column::Integers{27, 20}});
  table.features.add({"men", Column::Integers{3, 20}});
  table.counts = {{"count", "all", Coverage::complete},
                  {"women", "women", Coverage::complete},
                  {"men", "men", Coverage::complete}};
  table.sums = {{"count", {"women", "men"}}};
  const Outcome o = outcome_of(Draft{{table}, {}, {}}, 11, Guarded::small_counts);
  expect_protected(o, 11, 70, Guarded::small_counts);
  EXPECT_EQ(o.suppression.hidden.cells[0], CellState::published) << "sums are taken last";
  const Outcome all = outcome_of(Draft{{table}, {}, {}}, 11);
  expect_protected(all, 11, 70);
  EXPECT_NE(all.suppression.hidden.cells[0], CellState::published)
      << "27 of 30 cannot be 1 while 23 men are known";
}

TEST(Suppression, SumsOfPartialColumnsAreKnownToo) {
  const Draft open{{counts_table("t", {3, 40}, "incidents", Coverage::partial)}, {}, {{"incidents", 100}}};
  EXPECT_EQ(outcome_of(open, 11).count(CellState::suppressed), 2U);
  const Draft unknown{{counts_table("t", {3, 40}, "incidents", Coverage::partial)}, {}, {}};
  EXPECT_EQ(outcome_of(unknown, 11).count(CellState::suppressed), 2U);
  EXPECT_TRUE(outcome_of(unknown, 11).suppression.totals.empty());
  const Draft small{{counts_table("t", {3, 4}, "incidents", Coverage::partial)}, {}, {{"incidents", 100}}};
  EXPECT_EQ(outcome_of(small, 11).count(CellState::withheld), 2U);
}

/// A table in which some records are in no row, beside one in which all are.
TEST(Suppression, RecordsInNoRowLeaveRoomBetweenTables) {
  Draft draft{
      {counts_table("cells", {6, 4, 7}), counts_table("places", {2, 7}, "incidents", Coverage::partial)},
      {{0, 1, "incidents", {{0, 0}, {1, 0}, {2, 1}}}},
      {}};
  expect_protected(outcome_of(draft, 3), 3, 17);
}

TEST(Suppression, ClassesThatNarrowACellAreWithheld) {
  // Row 0 has one neighbour, of 20: hot at 23 says that row 0 is at least 3.
  const Outcome told = outcome_of(line_with_classes({3, 20, 0, 0, 5, 30, 0, 9}, 23.0), 11);
  EXPECT_GT(told.classes_withheld(), 0U);
  expect_protected(told, 11, 67);
  const Outcome silent = outcome_of(line_with_classes({3, 20, 0, 0, 5, 30, 0, 9}, 1e6), 11);
  EXPECT_EQ(silent.classes_withheld(), 0U) << "no neighbourhood can come near";
}

TEST(Suppression, ClassesOfWithheldCountsAreWithheld) {
  const Outcome o = outcome_of(line_with_classes({1, 2, 0}, 2.0), 11);
  EXPECT_EQ(o.classes_withheld(), 3U);
}

TEST(Suppression, KIsChecked) {
  EXPECT_THROW(outcome_of({1, 20}, 1), OptionError);
  EXPECT_THROW(outcome_of({1, 20}, 1001), OptionError);
}

TEST(Suppression, EnumerationFindsEveryValuePossibleOneTable) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 1);
    const std::vector<std::int64_t> counts = random_counts(random, 2 + random.below(4), 7);
    const std::int64_t k = 2 + random.below(4);
    expect_protected(outcome_of(counts, k), k, sum(counts));
  }
}

TEST(Suppression, EnumerationFindsEveryValuePossibleTwoTables) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 2);
    const Draft draft = cells_and_places(random, 5, 5);
    const std::int64_t k = 2 + random.below(3);
    expect_protected(outcome_of(draft, k), k, knowledge_of(draft).totals.at("incidents"));
  }
}

TEST(Suppression, EnumerationFindsEveryValuePossibleWithClasses) {
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 3);
    const std::vector<std::int64_t> counts = random_counts(random, 6, 8);
    const std::int64_t k = 2 + random.below(4);
    expect_protected(outcome_of(line_with_classes(counts, 2.0 + random.below(12)), k), k, sum(counts));
  }
}

TEST(Suppression, OrderOfRowsDoesNotMatter) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, 4);
    Draft draft = line_with_classes(random_counts(random, 40, 30), 25.0);
    const Outcome before = outcome_of(draft, 11);
    Table& table = draft.tables[0];
    std::vector<std::size_t> order(40), position(40);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = 39; i > 0; --i)
      std::swap(order[i], order[random.below(static_cast<std::uint32_t>(i + 1))]);
    for (std::size_t i = 0; i < 40; ++i) position[order[i]] = i;
    table.features = table.features.take(order);
    for (ClassFact& fact : table.classes[0].facts) {
      fact.row = position[fact.row];
      for (ClassFact::Term& term : fact.terms) term.row = position[term.row];
    }
    const Outcome after = outcome_of(draft, 11);
    EXPECT_EQ(before.suppression.hidden.cells, after.suppression.hidden.cells);
    EXPECT_EQ(before.suppression.hidden.classes, after.suppression.hidden.classes);
  }
}

TEST(Suppression, StopsWhenAskedTo) {
  const Draft draft = line_with_classes({3, 20, 0, 0, 5, 30, 0, 9}, 23.0);
  const Knowledge knowledge = knowledge_of(draft);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(suppress(draft, knowledge, {}, {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
