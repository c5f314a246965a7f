#include "waywarden/base/ids.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace waywarden {
namespace {

static_assert(!std::is_convertible_v<NodeId, EdgeId>);
static_assert(!std::is_convertible_v<std::size_t, NodeId>);

TEST(Id, NoneIsANamedStateAfterAllOthers) {
  EXPECT_FALSE(NodeId().exists());
  EXPECT_EQ(NodeId(), NodeId::none());
  EXPECT_TRUE(NodeId(0).exists());
  EXPECT_LT(NodeId(7), NodeId::none());
}

TEST(Id, OrdersAndHashesByIndex) {
  EXPECT_LT(EdgeId(2), EdgeId(3));
  EXPECT_EQ(EdgeId(3).index(), 3U);
  EXPECT_EQ(std::hash<EdgeId>()(EdgeId(3)), std::hash<EdgeId>()(EdgeId(3)));
}

}  // namespace
}  // namespace waywarden
