#include "waywarden/incidents/incident_table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Texts = std::vector<std::string>;
using Summary = std::map<std::vector<std::string>, std::uint64_t>;

FeatureTable table(std::size_t rows) {
  FeatureTable out;
  out.name = "cases";
  out.source = "cases.csv";
  for (std::size_t i = 0; i < rows; ++i) out.ids.push_back("C" + std::to_string(i));
  return out;
}

Column texts(std::string name, Texts values) { return {std::move(name), std::move(values)}; }
Column reals(std::string name, std::vector<double> values) { return {std::move(name), std::move(values)}; }

std::uint64_t entries(const IncidentRecords& incidents, const std::string& reason) {
  const auto& all = incidents.report.entries;
  return static_cast<std::uint64_t>(
      std::count_if(all.begin(), all.end(), [&](const auto& entry) { return entry.reason == reason; }));
}

TEST(IncidentTable, ReadsTheStandardsNames) {
  FeatureTable cases = table(2);
  cases.add(texts("hte_Type", {"Transit", "recruitment"}));
  cases.add(texts("hte_Date", {"2023-05-17", "2023-06"}));
  cases.add(reals("hte_Longitude", {85.3, 84.0}));
  cases.add(reals("hte_Latitude", {27.7, 26.9}));
  cases.add(texts("prs_Gender", {"Feminine", "Masculine"}));
  cases.add(reals("vic_AgeWhenTrafficked", {17.0, 48.0}));
  cases.add(texts("vic_TypeOfExploitation", {"SexualExploitation;Forced labour", "Other"}));
  const IncidentRecords read = read_incidents(cases);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read.id, (Texts{"C0", "C1"}));
  EXPECT_EQ(read.point[0]->x, 85.3);
  EXPECT_EQ(read.when[1], parse_time_span("2023-06"));
  EXPECT_EQ(read.texts.at(IncidentField::event)[1], Texts{"Recruitment"});
  EXPECT_EQ(read.texts.at(IncidentField::exploitation)[0], (Texts{"ForcedLabour", "SexualExploitation"}));
  EXPECT_EQ(read.texts.at(IncidentField::age_band)[0], Texts{"9-17"});
  EXPECT_EQ(read.texts.at(IncidentField::age_band)[1], Texts{"48+"});
  EXPECT_EQ(read.count[0], (CountInterval{1, 1}));
  EXPECT_EQ(read.precision[0], LocationPrecision::point);
  EXPECT_EQ(read.read_from.at(IncidentField::gender), "prs_Gender");
  EXPECT_FALSE(read.read_from.contains(IncidentField::country));
  EXPECT_EQ(read.report.summary(),
            (Summary{{{"repaired", "cases", "event in the standard's spelling"}, 1},
                     {{"repaired", "cases", "exploitation in the standard's spelling"}, 1}}));
}

TEST(IncidentTable, ReadsMappedAndPlainNames) {
  FeatureTable cases = table(3);
  cases.add(texts("fecha", {"2023", "", "2023-02-30"}));
  cases.add(texts("date_end", {"2024", "2023", "2023"}));
  cases.add(texts("victims", {"<5", "7", "several"}));
  cases.add(texts("country", {"NP", "IN", " "}));
  cases.add(texts("accuracy", {"GPS", "district", "?"}));
  const IncidentRecords read = read_incidents(cases, {.columns = {{IncidentField::date, "fecha"},
                                                                  {IncidentField::count, "victims"},
                                                                  {IncidentField::precision, "accuracy"}}});
  EXPECT_EQ(read.when[0], parse_time_span("2023/2024"));
  EXPECT_FALSE(read.when[1]);
  EXPECT_FALSE(read.when[2]);
  EXPECT_EQ(read.count[0], (CountInterval{0, 4}));
  EXPECT_EQ(read.count[2], (CountInterval{0, std::nullopt}));
  EXPECT_EQ(read.precision,
            (std::vector{LocationPrecision::point, LocationPrecision::district, LocationPrecision::unknown}));
  EXPECT_TRUE(read.texts.at(IncidentField::country)[2].empty());
  for (const char* reason :
       {"no date", "date cannot be read", "count cannot be read", "no country", "precision cannot be read"})
    EXPECT_EQ(entries(read, reason), 1U) << reason;
  EXPECT_EQ(entries(read, "no point"), 3U);
  EXPECT_THROW(read_incidents(cases, {.columns = {{IncidentField::date, "nowhere"}}}), InputError);
}

TEST(IncidentTable, ReportsWhatIsDoubtfulAndNeverTheValue) {
  FeatureTable cases = table(5);
  cases.geometries = {Geometry::of_point({85, 27}), Geometry::of_point({85, 27}),
                      Geometry::of_point({500, 27}), Geometry{}, Geometry::of_point({85, 28})};
  cases.add(texts("gender", {"Feminine", "Feminine", "secretword", "Masculine", ""}));
  cases.add(Column("age", Column::Reals{20, 20, -3, 300, 0}, {1, 1, 1, 1, 0}));
  cases.add(texts("date", {"2023", "2023", "2023", "2023", "2023"}));
  cases.add(texts("date_end", {"2024", "2024", "2022", "", ""}));
  const IncidentRecords read = read_incidents(cases);
  EXPECT_EQ(entries(read, "the same as another row"), 2U);
  EXPECT_EQ(entries(read, "point is not on the earth"), 1U);
  EXPECT_EQ(entries(read, "no point"), 1U);
  EXPECT_EQ(entries(read, "gender is not in the standard's list"), 1U);
  EXPECT_EQ(entries(read, "no gender"), 1U);
  EXPECT_EQ(entries(read, "age is not between 0 and 120"), 2U);
  EXPECT_EQ(entries(read, "no age"), 3U);
  EXPECT_EQ(entries(read, "date_end is before date"), 1U);
  EXPECT_FALSE(read.when[2]);
  EXPECT_FALSE(read.point[2]);
  EXPECT_EQ(read.texts.at(IncidentField::gender)[2], Texts{"secretword"});
  for (const auto& entry : read.report.entries) {
    EXPECT_EQ((entry.reason + entry.detail).find("secretword"), std::string::npos);
    EXPECT_EQ(entry.where.feature.front(), 'C');
  }
  EXPECT_EQ(read.report.features_read.at("cases.csv|cases"), 5U);
}

TEST(IncidentTable, KeepsBandsAsGivenAndMakesOthersFromAges) {
  FeatureTable cases = table(3);
  cases.add(texts("age_band", {"adult", "", ""}));
  cases.add(Column("age", Column::Reals{20, 17.9, 0}, {1, 1, 0}));
  const IncidentRecords read = read_incidents(cases, {.band_starts = {0, 18}});
  EXPECT_EQ(read.texts.at(IncidentField::age_band), (std::vector<Texts>{{"adult"}, {"0-17"}, {}}));
  EXPECT_THROW(read_incidents(cases, {.band_starts = {}}), OptionError);
  EXPECT_THROW(read_incidents(cases, {.band_starts = {5, 18}}), OptionError);
  EXPECT_THROW(read_incidents(cases, {.band_starts = {0, 18, 18}}), OptionError);
}

TEST(IncidentTable, AgeBandsMeetWithoutGaps) {
  const std::vector<int> starts = IncidentOptions{}.band_starts;
  EXPECT_EQ(age_band(0, starts), "0-8");
  EXPECT_EQ(age_band(8, starts), "0-8");
  EXPECT_EQ(age_band(9, starts), "9-17");
  EXPECT_EQ(age_band(47.5, starts), "39-47");
  EXPECT_EQ(age_band(48, starts), "48+");
  EXPECT_THROW(age_band(-1, starts), OptionError);
}

TEST(IncidentTable, NothingInNothingOut) {
  const IncidentRecords read = read_incidents(table(0));
  EXPECT_EQ(read.size(), 0U);
  EXPECT_TRUE(read.report.entries.empty());
}

}  // namespace
}  // namespace waywarden
