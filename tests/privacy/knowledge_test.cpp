#include "waywarden/privacy/knowledge.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "drafts.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing_world::counts_table;

std::vector<std::int64_t> values_of(const Knowledge& knowledge) {
  std::vector<std::int64_t> out;
  for (const CountCell& cell : knowledge.cells) out.push_back(cell.value);
  return out;
}

TEST(Knowledge, CellsFollowIdsNotRows) {
  Table table = counts_table("t", {5, 6, 7});
  table.features.ids = {"b", "c", "a"};
  const Knowledge knowledge = knowledge_of({{table}, {}, {}});
  EXPECT_EQ(values_of(knowledge), (std::vector<std::int64_t>{7, 5, 6}));
  EXPECT_EQ(knowledge.totals.at("incidents"), 18);
  ASSERT_EQ(knowledge.structure.size(), 1U);
  EXPECT_EQ(knowledge.structure[0].terms.size(), 3U);
  EXPECT_EQ(knowledge.structure[0].low, 18.0);
  EXPECT_EQ(knowledge.structure[0].high, 18.0);
}

TEST(Knowledge, TotalsMustAgree) {
  EXPECT_THROW(knowledge_of({{counts_table("a", {1, 2}), counts_table("b", {4})}, {}, {}}), OptionError);
  EXPECT_THROW(knowledge_of({{counts_table("a", {1, 2})}, {}, {{"incidents", 4}}}), OptionError);
  EXPECT_THROW(
      knowledge_of({{counts_table("a", {1, 2}, "incidents", Coverage::partial)}, {}, {{"incidents", 2}}}),
      OptionError);
  EXPECT_NO_THROW(knowledge_of({{counts_table("a", {1, 2}), counts_table("b", {3})}, {}, {}}));
}

TEST(Knowledge, SumsOfAllColumnsAreKnown) {
  const Knowledge knowledge =
      knowledge_of({{counts_table("a", {1, 2}, "incidents", Coverage::partial)}, {}, {{"incidents", 9}}});
  ASSERT_EQ(knowledge.structure.size(), 1U);
  EXPECT_EQ(knowledge.structure[0].high, 3.0);
  EXPECT_EQ(knowledge.structure[0].low, 3.0);
  EXPECT_EQ(knowledge.totals.at("incidents"), 9);
}

TEST(Knowledge, NestedTablesNeedNoSharedRecords) {
  const Draft draft{{counts_table("cells", {1, 2, 3}), counts_table("places", {3, 3})},
                    {{0, 1, "incidents", {{0, 0}, {1, 0}, {2, 1}}}},
                    {}};
  const Knowledge knowledge = knowledge_of(draft);
  EXPECT_TRUE(knowledge.shared.empty());
  EXPECT_EQ(knowledge.structure.size(), 4U) << "two totals, two places";
}

TEST(Knowledge, OverlapsThatAreNotNestedShareRecords) {
  const Draft draft{{counts_table("cells", {1, 2, 3}), counts_table("places", {3, 3})},
                    {{0, 1, "incidents", {{0, 0}, {1, 0}, {1, 1}, {2, 1}, {1, 1}}}},
                    {}};
  const Knowledge knowledge = knowledge_of(draft);
  EXPECT_EQ(knowledge.shared.size(), 2U) << "of the second cell; a pair named twice is one";
}

TEST(Knowledge, BadColumnsAreErrors) {
  Table missing = counts_table("t", {1});
  missing.counts[0].name = "other";
  EXPECT_THROW(knowledge_of({{missing}, {}, {}}), InputError);
  Table negative = counts_table("t", {-1});
  EXPECT_THROW(knowledge_of({{negative}, {}, {}}), InputError);
  Table real = counts_table("t", {1});
  real.features.columns = {{"count", Column::Reals{1.0}}};
  EXPECT_THROW(knowledge_of({{real}, {}, {}}), InputError);
  Table gap = counts_table("t", {1});
  gap.features.columns = {{"count", Column::Integers{1}, {0}}};
  EXPECT_THROW(knowledge_of({{gap}, {}, {}}), InputError);
}

TEST(Knowledge, EnclosedRowsShareAllTheirRecords) {
  Table places = counts_table("places", {7});
  places.counts[0].coverage = Coverage::partial;
  const Overlap overlap{0, 1, "incidents", {{0, 0}, {1, 0}}, {0}};
  const Knowledge known = knowledge_of({{counts_table("cells", {5, 4}), places}, {overlap}, {}});
  // The place holds cell 0 and what it shares with cell 1.
  const auto holds = [](const Relation& r) { return r.terms.size() == 3 && r.low == 0 && r.high == 0; };
  EXPECT_EQ(std::count_if(known.structure.begin(), known.structure.end(), holds), 1);
  EXPECT_EQ(known.shared.size(), 1U);
  const Overlap stray{0, 1, "incidents", {{0, 0}, {1, 0}}, {2}};
  EXPECT_THROW(knowledge_of({{counts_table("cells", {5, 4}), places}, {stray}, {}}), OptionError);
}

TEST(Knowledge, MessagesHoldNoCounts) {
  try {
    knowledge_of({{counts_table("t", {-7341})}, {}, {}});
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()).find("7341"), std::string::npos);
    EXPECT_EQ(error.where().feature, "r0");
  }
}

TEST(Knowledge, ClassesMustSayWhatTheyGiveAwayAndSayItTruly) {
  Table silent = counts_table("t", {1, 2});
  testing_world::add_classes(silent, {"hot", "cold"}, {{0, {{0, 1.0}}, 1.0, 1.0}});
  EXPECT_THROW(knowledge_of({{silent}, {}, {}}), DisclosureError);
  Table untrue = counts_table("t", {1});
  testing_world::add_classes(untrue, {"hot"}, {{0, {{0, 1.0}}, 2.0, 3.0}});
  EXPECT_THROW(knowledge_of({{untrue}, {}, {}}), OptionError);
  Table stray = counts_table("t", {1});
  testing_world::add_classes(stray, {"hot"}, {{0, {{1, 1.0}}, 0.0, 3.0}});
  EXPECT_THROW(knowledge_of({{stray}, {}, {}}), OptionError);
}

TEST(Knowledge, SumsOfColumnsMustBeTrue) {
  Table table = counts_table("t", {5});
  table.features.add({"women", Column::Integers{4}});
  table.counts.push_back({"women", "women", Coverage::complete});
  table.sums = {{"count", {"women"}}};
  EXPECT_THROW(knowledge_of({{table}, {}, {}}), OptionError);
}

TEST(Knowledge, OverlapsMustNameWhatThereIs) {
  const Table table = counts_table("t", {5});
  EXPECT_THROW(knowledge_of({{table}, {{0, 1, "incidents", {}}}, {}}), OptionError);
  EXPECT_THROW(knowledge_of({{table, counts_table("u", {5})}, {{0, 1, "other", {}}}, {}}), OptionError);
  EXPECT_THROW(knowledge_of({{table, counts_table("u", {5})}, {{0, 1, "incidents", {{0, 3}}}}, {}}),
               OptionError);
}

}  // namespace
}  // namespace waywarden
