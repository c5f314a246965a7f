#include "waywarden/geometry/wkb.h"

#include <gtest/gtest.h>

#include <random>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<std::byte> bytes(const std::string& hex) {
  std::vector<std::byte> out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    out.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return out;
}

std::vector<Geometry> samples() {
  Geometry lines{GeometryType::multi_line_string, {}, {}, {}},
      points{GeometryType::multi_point, {{1, 2}, {3, 4}}, {}, {}},
      polygons{GeometryType::multi_polygon, {}, {}, {}};
  lines.add_part(std::vector<Point>{{0, 0}, {1, 1}});
  lines.add_part(std::vector<Point>{{2, 2}, {3, 3}, {4, 4}});
  for (int i = 0; i < 2; ++i) {
    polygons.add_part(std::vector<Point>{{0, 0}, {4, 0}, {4, 4}, {0, 0}});
    polygons.add_part(std::vector<Point>{{1, 1}, {2, 1}, {2, 2}, {1, 1}});
    polygons.close_polygon();
  }
  return {Geometry::of_point({1.5, -2.5}),
          Geometry::of_line(std::vector<Point>{{0, 0}, {1, 2}, {3, 4}}),
          Geometry::of_polygon(std::vector<Point>{{0, 0}, {1, 0}, {1, 1}, {0, 0}}),
          lines,
          points,
          polygons};
}

TEST(Wkb, ReadsBackWhatItWrites) {
  for (const Geometry& g : samples()) EXPECT_EQ(from_wkb(to_wkb(g)), g) << name(g.type);
}

/// The examples of the standard's well-known text: POINT (2 4) in both byte orders.
TEST(Wkb, ReadsBothByteOrders) {
  const Geometry expected = Geometry::of_point({2, 4});
  EXPECT_EQ(from_wkb(bytes("000000000140000000000000004010000000000000")), expected);
  EXPECT_EQ(from_wkb(bytes("010100000000000000000000400000000000001040")), expected);
}

TEST(Wkb, DropsTheThirdAndFourthDimension) {
  const std::string x = "0000000000000040", y = "0000000000001040";
  EXPECT_EQ(from_wkb(bytes("01E9030000" + x + y + x)), Geometry::of_point({2, 4}));      // ISO Z
  EXPECT_EQ(from_wkb(bytes("01B90B0000" + x + y + x + x)), Geometry::of_point({2, 4}));  // ISO ZM
  EXPECT_EQ(from_wkb(bytes("0101000080" + x + y + x)), Geometry::of_point({2, 4}));      // EWKB Z
  EXPECT_EQ(from_wkb(bytes("0101000020E6100000" + x + y)), Geometry::of_point({2, 4}));  // EWKB SRID
}

TEST(Wkb, AnEmptyPointIsNone) {
  EXPECT_EQ(from_wkb(bytes("0101000000000000000000F87F000000000000F87F")), Geometry());
}

TEST(Wkb, EveryTruncationIsAnError) {
  for (const Geometry& g : samples()) {
    const auto whole = to_wkb(g);
    for (std::size_t n = 0; n < whole.size(); ++n) {
      EXPECT_THROW(from_wkb(std::span(whole).first(n)), InputError) << name(g.type) << " cut at " << n;
    }
    auto longer = whole;
    longer.push_back(std::byte{0});
    EXPECT_THROW(from_wkb(longer), InputError);
  }
}

TEST(Wkb, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(from_wkb(bytes("010700000000000000")), InputError);  // collection
  EXPECT_THROW(from_wkb(bytes("010800000000000000")), InputError);  // circular string
  EXPECT_THROW(from_wkb(bytes("0102000000FFFFFFFF")), InputError);  // four billion vertices
}

TEST(Wkb, SurvivesRandomBytes) {
  std::mt19937 random(42);
  for (int i = 0; i < 20'000; ++i) {
    auto noisy = to_wkb(samples()[static_cast<std::size_t>(i) % 6]);
    for (int flips = 0; flips < 3; ++flips)
      noisy[random() % noisy.size()] = static_cast<std::byte>(random() & 0xFF);
    try {
      const Geometry g = from_wkb(noisy);
      EXPECT_LE(g.points.size(), noisy.size() / 16);
    } catch (const InputError& error) {
      EXPECT_FALSE(error.reason().empty());
    }
  }
}

}  // namespace
}  // namespace waywarden
