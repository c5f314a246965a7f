#include "waywarden/network/posts.h"

#include <gtest/gtest.h>

#include "world.h"

namespace waywarden {
namespace {

PostLayer layer_of(const std::vector<std::pair<std::string, Point>>& posts) {
  PostLayer layer{test::table("posts"), "", "a", "b", "", "p", "wait", Metres{5000}};
  Column::Texts a, b;
  Column::Reals p, wait;
  for (const auto& [id, point] : posts) {
    test::add_point(layer.table, id, point);
    a.push_back("B");
    b.push_back("A");
    p.push_back(0.25);
    wait.push_back(30);
  }
  layer.table.add(Column("a", a));
  layer.table.add(Column("b", b));
  layer.table.add(Column("p", p));
  layer.table.add(Column("wait", wait));
  return layer;
}

CrossingPoint crossing(double y, Mode mode = Mode::road) { return {{0, y}, mode, "A", "B", 100.0}; }

TEST(Posts, AreReadWithCountriesInOrder) {
  ImportReport report;
  const auto posts = read_posts(layer_of({{"z", {0, 1}}, {"a", {0, 0}}}), report);
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[0].id, "a");
  EXPECT_EQ(posts[0].country_a, "A");
  EXPECT_EQ(posts[0].wait_s, 1800.0);
  EXPECT_FALSE(posts[0].mode);
}

TEST(Posts, AnImpossibleProbabilityNamesTheFeature) {
  PostLayer layer = layer_of({{"a", {0, 0}}});
  layer.table.columns[2] = Column("p", Column::Reals{1.5});
  ImportReport report;
  try {
    read_posts(layer, report);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.where().feature, "a");
  }
}

TEST(Posts, EachTakesTheNearestCrossingThatIsFree) {
  const PostLayer layer = layer_of({{"p", {0, 0.000}}, {"q", {0, 0.004}}, {"far", {0, 3}}});
  ImportReport report;
  const auto posts = read_posts(layer, report);  // far, p, q
  const auto matches = match_posts({crossing(0.001), crossing(0.02), crossing(1)}, posts, layer, report);
  ASSERT_TRUE(matches[0] && matches[1]);
  EXPECT_EQ(posts[matches[0]->post].id, "p");
  EXPECT_EQ(posts[matches[1]->post].id, "q");
  EXPECT_FALSE(matches[2]);
  ASSERT_EQ(report.entries.size(), 1U);
  EXPECT_EQ(report.entries[0].where.feature, "far");
}

TEST(Posts, CrossingsThatTheBorderCannotTellApartShareAPost) {
  const PostLayer layer = layer_of({{"p", {0, 0}}});
  ImportReport report;
  const auto matches = match_posts({crossing(0.0), crossing(0.0005), crossing(0.01)},
                                   read_posts(layer, report), layer, report);
  EXPECT_TRUE(matches[0] && matches[1]);
  EXPECT_FALSE(matches[2]);
}

TEST(Posts, OtherModesAndCountriesDoNotMatch) {
  const PostLayer layer = layer_of({{"p", {0, 0}}});
  ImportReport report;
  auto posts = read_posts(layer, report);
  posts[0].mode = Mode::rail;
  CrossingPoint elsewhere = crossing(0, Mode::rail);
  elsewhere.country_b = "C";
  const auto matches =
      match_posts({crossing(0), elsewhere, crossing(0.001, Mode::rail)}, posts, layer, report);
  EXPECT_FALSE(matches[0]);
  EXPECT_FALSE(matches[1]);
  EXPECT_TRUE(matches[2]);
}

}  // namespace
}  // namespace waywarden
