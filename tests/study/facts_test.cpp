#include "waywarden/study/facts.h"

#include <gtest/gtest.h>

#include "done.h"
#include "waywarden/study/release_draft.h"

namespace waywarden {
namespace {

using test::done;

TEST(Facts, SayHowSureAndUnderWhatAssumptions) {
  const Draft draft = release_draft(done().study, done().layers, done().analysis);
  const Release open = unrestricted(draft, "a test");
  const std::string facts = study_facts(done().study, done().layers, done().analysis, open).text();
  for (const char* key :
       {"assumptions", "evaders", "inputs", "notices", "questions", "title", "uncertainty"}) {
    EXPECT_NE(facts.find("\"" + std::string(key) + "\""), std::string::npos) << key;
  }
  const std::string provenance = study_provenance(done().study, done().layers, done().analysis, open).text();
  for (const char* key : {"inputs", "options", "versions", "seed", "a test", "route_choice.spread"}) {
    EXPECT_NE(provenance.find(key), std::string::npos) << key;
  }
}

}  // namespace
}  // namespace waywarden
