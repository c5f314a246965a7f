#include "waywarden/osm/tag_profile.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::string complaint(std::string_view text) {
  try {
    tag_profile(text, "mine.txt");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(TagProfile, TheOneThatComesWithItIsRead) {
  const TagProfile profile = tag_profile(default_tag_profile());
  EXPECT_EQ(profile.links.front().tag.value, "motorway");
  EXPECT_TRUE(profile.links.front().oneway);
  EXPECT_EQ(profile.links.front().speed_kmh, 110.0);
  EXPECT_EQ(profile.links.back().mode, Mode::rail);
  EXPECT_EQ(profile.posts.size(), 1U);
  EXPECT_GE(profile.hubs.size(), 5U);
  EXPECT_GE(profile.closed.size(), 4U);
}

TEST(TagProfile, RulesAreWordsBetweenBlanksAndComments) {
  const TagProfile profile =
      tag_profile("# mine\n\n  link\thighway  *  foot 4.5 # all\nclosed a b sea\r\npost x *");
  ASSERT_EQ(profile.links.size(), 1U);
  EXPECT_EQ(profile.links[0].mode, Mode::foot);
  EXPECT_EQ(profile.links[0].speed_kmh, 4.5);
  EXPECT_FALSE(profile.links[0].oneway);
  EXPECT_TRUE(profile.links[0].tag.fits("highway", "track"));
  EXPECT_FALSE(profile.links[0].tag.fits("railway", "rail"));
  ASSERT_EQ(profile.closed.size(), 1U);
  EXPECT_EQ(profile.closed[0].mode, Mode::sea);
  EXPECT_TRUE(profile.posts[0].fits("x", "anything"));
}

TEST(TagProfile, WhatIsNoRuleIsNamedWithItsLine) {
  EXPECT_NE(complaint("link highway a road 5\nlimk a b").find("mine.txt, line 2"), std::string::npos);
  EXPECT_NE(complaint("link highway a road").find("words are missing"), std::string::npos);
  EXPECT_NE(complaint("link highway a road 5 oneway x").find("more words"), std::string::npos);
  EXPECT_NE(complaint("link highway a rocket 5").find("no mode"), std::string::npos);
  EXPECT_NE(complaint("link highway a transfer 5").find("no mode"), std::string::npos);
  for (const char* speed : {"0", "-1", "fast", "1e9", "nan", "5x"}) {
    EXPECT_NE(complaint(std::string("link highway a road ") + speed).find("no speed"), std::string::npos)
        << speed;
  }
  EXPECT_NE(complaint("link highway a road 5 both").find("oneway"), std::string::npos);
  EXPECT_NE(complaint("hub a b\n").find("no rule for links"), std::string::npos);
  EXPECT_NE(complaint("").find("no rule for links"), std::string::npos);
}

}  // namespace
}  // namespace waywarden
