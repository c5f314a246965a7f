#include "waywarden/study/run.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "small_study.h"

namespace waywarden {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Every file of a results folder but the one that holds digests of the input, by relative name.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = std::filesystem::relative(entry.path(), folder).string();
    if (entry.is_regular_file() && name != "provenance.json") files[name] = text_of(entry.path());
  }
  return files;
}

std::map<std::string, std::string> results_of(unsigned seed, unsigned threads) {
  const test::SmallStudy small(seed);
  Execution execution;
  execution.threads = threads;
  const Study study = read_study(small.file());
  write_results(run_study(study, execution), results_folder(study), execution);
  return files_of(small.folder() / "results");
}

TEST(RunStudy, WritesEveryFormat) {
  const auto files = results_of(0, 0);
  for (const char* name :
       {"results.gpkg", "csv/interception_points.csv", "geojson/edges.geojson", "csv/hotspots_hex.csv"}) {
    EXPECT_TRUE(files.contains(name)) << name;
    EXPECT_GT(files.at(name).size(), 100U) << name;
  }
}

TEST(RunStudy, WritesTheJudgementWhereAskedFor) {
  const test::SmallStudy small(0, "judged = true\nseconds = 5\n");
  const Study study = read_study(small.file());
  write_results(run_study(study), results_folder(study), {});
  const auto files = files_of(small.folder() / "results");
  ASSERT_TRUE(files.contains("csv/judged.csv"));
  for (const char* word : {"regret", "worst_case", "mixed_patrol"})
    EXPECT_NE(files.at("csv/judged.csv").find(word), std::string::npos) << word;
}

TEST(RunStudy, TheSameBitsOnAnyNumberOfThreadsAndInAnyOrderOfRows) {
  const auto files = results_of(0, 1);
  for (const auto& [seed, threads] :
       std::vector<std::pair<unsigned, unsigned>>{{0, 2}, {0, 8}, {1, 2}, {2, 8}}) {
    SCOPED_TRACE(std::to_string(seed) + " " + std::to_string(threads));
    const auto again = results_of(seed, threads);
    ASSERT_EQ(again.size(), files.size());
    for (const auto& [name, text] : files) EXPECT_TRUE(again.at(name) == text) << name << " differs";
  }
}

TEST(RunStudy, SyntheticInputMarksEveryResultThatRestsOnIt) {
  const test::SmallStudy small;
  const StudyResults results = run_study(read_study(small.file()));
  EXPECT_EQ(results.release.origin(), Origin::synthetic);
  EXPECT_EQ(results.release.table("interception_points").origin, Origin::synthetic);
  EXPECT_EQ(results.release.table("hotspots_hex").origin, Origin::synthetic);
  EXPECT_NE(results.facts.text().find("SYNTHETIC"), std::string::npos);
}

TEST(RunStudy, CountsBelowTheRuleDoNotLeave) {
  const test::SmallStudy small;
  const StudyResults results = run_study(read_study(small.file()));
  const FeatureTable& hexagons = results.release.table("hotspots_hex").features;
  std::size_t suppressed = 0;
  for (std::size_t row = 0; row < hexagons.size(); ++row) {
    const auto count = hexagons.column("incidents").number(row);
    suppressed += !count.has_value();
    EXPECT_TRUE(!count || *count == 0.0 || *count >= 11.0);
  }
  EXPECT_GT(suppressed, 0U);
  EXPECT_EQ(hexagons.find("z"), nullptr);
  EXPECT_EQ(hexagons.find("p_exact"), nullptr);
}

TEST(RunStudy, AnUnrestrictedReleaseSaysWhy) {
  const test::SmallStudy small(0, "[release]\nunrestricted = \"training data\"\n");
  const StudyResults results = run_study(read_study(small.file()));
  EXPECT_NE(results.release.table("hotspots_hex").features.find("z"), nullptr);
  EXPECT_NE(results.provenance.text().find("training data"), std::string::npos);
}

TEST(RunStudy, NoPathOfTheMachineIsInTheResults) {
  const test::SmallStudy small;
  const Study study = read_study(small.file());
  const StudyResults results = run_study(study);
  EXPECT_EQ(results.provenance.text().find(small.folder().string()), std::string::npos);
  EXPECT_EQ(results.facts.text().find(small.folder().string()), std::string::npos);
}

TEST(RunStudy, StopsWhenAsked) {
  const test::SmallStudy small;
  Progress progress;
  progress.cancel();
  Execution execution;
  execution.progress = &progress;
  EXPECT_THROW(run_study(read_study(small.file()), execution), Cancelled);
}

TEST(WriteResults, AFolderThatCannotBeMadeIsAnError) {
  const test::SmallStudy small;
  const StudyResults results = run_study(read_study(small.file()));
  EXPECT_THROW(write_results(results, small.file() + "/inside-a-file"), FileError);
}

}  // namespace
}  // namespace waywarden
