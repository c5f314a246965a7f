#include "waywarden/incidents/incident_groups.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Texts = std::vector<std::string>;
using enum IncidentField;

IncidentRecords four_records() {
  FeatureTable table;
  table.ids = {"a", "b", "c", "d"};
  table.add({"gender", Texts{"Feminine", "Feminine", "Masculine", ""}});
  table.add({"exploitation", Texts{"ForcedLabour;Other", "Other", "Other", "ForcedLabour"}});
  table.add({"count", Texts{"2", "<5", "5+", "1"}});
  return read_incidents(table);
}

TEST(IncidentGroups, CountsInIntervals) {
  const auto groups = count_by_group(four_records(), std::vector{gender});
  EXPECT_EQ(groups.values, (std::vector<Texts>{{"Feminine"}, {"Masculine"}, {"unknown"}}));
  EXPECT_EQ(groups.count, (std::vector<CountInterval>{{2, 6}, {5, std::nullopt}, {1, 1}}));
  EXPECT_EQ(groups.records, (std::vector<std::size_t>{2, 1, 1}));
  EXPECT_EQ(groups.repeated, 0U);
}

TEST(IncidentGroups, ARecordWithTwoKindsIsInBoth) {
  const auto groups = count_by_group(four_records(), std::vector{exploitation, gender});
  EXPECT_EQ(groups.values, (std::vector<Texts>{{"ForcedLabour", "Feminine"},
                                               {"ForcedLabour", "unknown"},
                                               {"Other", "Feminine"},
                                               {"Other", "Masculine"}}));
  EXPECT_EQ(groups.count, (std::vector<CountInterval>{{2, 2}, {1, 1}, {2, 6}, {5, std::nullopt}}));
  EXPECT_EQ(groups.repeated, 1U);
}

TEST(IncidentGroups, RefusesWhatIsNoGroup) {
  const IncidentRecords incidents = four_records();
  EXPECT_THROW(count_by_group(incidents, {}), OptionError);
  EXPECT_THROW(count_by_group(incidents, std::vector{gender, gender}), OptionError);
  EXPECT_THROW(count_by_group(incidents, std::vector{age}), OptionError);
  EXPECT_TRUE(count_by_group(read_incidents(FeatureTable{}), std::vector{gender}).values.empty());
}

}  // namespace
}  // namespace waywarden
