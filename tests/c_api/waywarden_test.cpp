#include "waywarden/c_api/waywarden.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace {

TEST(CApi, HasAVersion) { EXPECT_EQ(std::string(waywarden_version()).substr(0, 2), "0."); }

TEST(CApi, SaysWhatIsWrongWithAStudy) {
  char message[200];
  EXPECT_EQ(waywarden_run_study("/no/such/study.toml", nullptr, 1, message, sizeof(message)), WAYWARDEN_FILE);
  EXPECT_NE(std::string(message).find("study.toml"), std::string::npos);
  EXPECT_EQ(waywarden_run_study(nullptr, nullptr, 1, message, sizeof(message)), WAYWARDEN_BAD_INPUT);
}

TEST(CApi, CutsMessagesToTheRoomThereIs) {
  char message[8];
  std::memset(message, 'x', sizeof(message));
  EXPECT_EQ(waywarden_run_study("/no/such/study.toml", nullptr, 1, message, sizeof(message)), WAYWARDEN_FILE);
  EXPECT_EQ(std::strlen(message), 7U);
  EXPECT_EQ(waywarden_run_study("/no/such/study.toml", nullptr, 1, nullptr, 0), WAYWARDEN_FILE);
}

}  // namespace
