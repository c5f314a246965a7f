#include "waywarden/incidents/written_position.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <random>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/crs.h"

namespace waywarden {
namespace {

WrittenPosition read(const std::string& text, AngleOrder order = AngleOrder::latitude_first) {
  return read_positions(std::vector{text}, order).front();
}

constexpr double kLatitude = 27.0 + 42.0 / 60.0 + 30.0 / 3600.0,
                 kLongitude = 85.0 + 19.0 / 60.0 + 12.0 / 3600.0;

class Spellings : public testing::TestWithParam<const char*> {};

TEST_P(Spellings, AreAllTheSamePlace) {
  const WrittenPosition found = read(GetParam());
  EXPECT_EQ(found.trouble, "");
  EXPECT_NEAR(found.point.y, kLatitude, 1e-9);
  EXPECT_NEAR(found.point.x, kLongitude, 1e-9);
  EXPECT_EQ(found.form, PositionForm::sexagesimal);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Spellings,
    testing::Values("27°42'30\"N 85°19'12\"E", "27° 42′ 30″ N, 85° 19′ 12″ E", "N27°42'30'' E85°19'12''",
                    "27 42 30 N 85 19 12 E", "N 27 42 30 E 85 19 12", "27:42:30N, 85:19:12E",
                    "85°19'12\"E 27°42'30\"N", "27º42´30´´N; 85º19´12´´E", "27d42m30.0N 85d19m12.0E",
                    "27 deg 42 min 30 sec N, 85 deg 19 min 12 sec E", "27°42.5'N 85°19.2'E",
                    "27° 42,5' N  85° 19,2' E", "27°42’30”N 85°19’12”E", "27° 42' 30\", 85° 19' 12\"",
                    "lat 27 42 30 N lon 85 19 12 E", "27 42 30 north 85 19 12 east",
                    "27°42'30\"Norte 85°19'12\"Este", "(27°42'30\" N / 85°19'12\" E)",
                    "27°42'30\"n85°19'12\"e"));

struct Written {
  const char* text;
  Point point;
};

TEST(WrittenPosition, ReadsDecimalDegrees) {
  for (const auto& [text, point] :
       {Written{"27.7083, 85.32", {85.32, 27.7083}}, Written{"27.7083 85.32", {85.32, 27.7083}},
        Written{"27,7083 85,32", {85.32, 27.7083}}, Written{"27,7083; 85,32", {85.32, 27.7083}},
        Written{"27,7083, 85,32", {85.32, 27.7083}}, Written{"27.7083N 85.32E", {85.32, 27.7083}},
        Written{"-3.5,-38.5", {-38.5, -3.5}}, Written{"3.5S 38.5W", {-38.5, -3.5}},
        Written{"−3.5 −38.5", {-38.5, -3.5}}, Written{"27, 85", {85, 27}}, Written{"27° 85°", {85, 27}},
        Written{"0.0,0.0", {0, 0}}}) {
    const WrittenPosition found = read(text);
    EXPECT_EQ(found.form, PositionForm::decimal) << text;
    EXPECT_EQ(found.trouble, "") << text;
    EXPECT_NEAR(found.point.x, point.x, 1e-12) << text;
    EXPECT_NEAR(found.point.y, point.y, 1e-12) << text;
  }
  EXPECT_EQ(read("85.32, 27.7083", AngleOrder::longitude_first).point, (Point{85.32, 27.7083}));
}

TEST(WrittenPosition, SaysThatAnglesAreSwappedWhereOnlyThatFits) {
  const WrittenPosition found = read("95.5, 27.5");
  EXPECT_EQ(found.point, (Point{95.5, 27.5}));
  EXPECT_EQ(found.trouble, "latitude and longitude are swapped");
}

/// By mgrs 1.6.0 (GEOTRANS), which gives south-west corners.
TEST(WrittenPosition, ReadsSquaresOfTheMilitaryGrid) {
  for (const auto& [text, corner] :
       {Written{"4QFJ1234567890", {-157.91607631748585, 21.409801157814435}},
        Written{"45R UL 34567 66123", {85.32206996817543, 27.709265682389766}},
        Written{"18suj2337106519", {-77.03653728209156, 38.88980511631719}},
        Written{"MGRS: 56H LH 34361 50948", {151.20922293768288, -33.86879748572727}},
        Written{"31NAA 66021 00000", {5.108150623137938e-07, 4.517415511489379e-06}}}) {
    const WrittenPosition found = read(text);
    EXPECT_EQ(found.form, PositionForm::mgrs) << text << found.trouble;
    EXPECT_NEAR(found.point.y, corner.y, 1e-5) << text;
    EXPECT_NEAR(found.point.x, corner.x, 1e-5) << text;
    EXPECT_EQ(found.accuracy_m, 0.5);
  }
  EXPECT_EQ(read("33UXP04").accuracy_m, 5000.0);
  EXPECT_EQ(read("33UXP").accuracy_m, 50'000.0);
}

TEST(WrittenPosition, ReadsUtm) {
  const Transformer to_degrees(Crs("EPSG:32645"), Crs::wgs84());
  const Point metres{334567, 3066123};
  const Point expected = to_degrees(std::span(&metres, 1)).front();
  for (const char* text : {"45R 334567 3066123", "UTM 45N 334567, 3066123", "45 R 334567mE 3066123mN",
                           "zone 45 R E 334567 N 3066123", "utm zone 45n 334567 3066123"}) {
    const WrittenPosition found = read(text);
    EXPECT_EQ(found.form, PositionForm::utm) << text << ": " << found.trouble;
    EXPECT_EQ(found.point, expected) << text;
  }
}

TEST(WrittenPosition, DoesNotChooseBetweenHemispheres) {
  for (const char* text : {"45 334567 3066123", "36S 334567 3766123"}) {
    const WrittenPosition found = read(text);
    EXPECT_EQ(found.form, PositionForm::none) << text;
    EXPECT_TRUE(found.trouble.starts_with("ambiguous")) << text << found.trouble;
    EXPECT_EQ(found.readings.size(), 2U);
  }
  EXPECT_LT(read("36S 334567 8766123").point.y, 0.0);
}

TEST(WrittenPosition, SaysWhatItDoesNotUnderstand) {
  for (const char* text : {"",
                           "  ",
                           "Kathmandu",
                           "27.7",
                           "27,30",
                           "27 75 10 N 85 10 10 E",
                           "27N 28N",
                           "27N 28",
                           "100.5 200.5",
                           "1 2 3 4 5 6 7",
                           "61R 334567 3066123",
                           "45IUL3456766123",
                           "45RUL345676612",
                           "45RUL 345 66123",
                           "45RTT3456766123",
                           "45RUA3456766123",
                           "--",
                           "°'\"",
                           "nan, nan",
                           "1e5, 2e5",
                           "27.5.5, 85",
                           "-27N 85E"}) {
    const WrittenPosition found = read(text);
    EXPECT_EQ(found.form, PositionForm::none) << text;
    EXPECT_NE(found.trouble, "") << text;
  }
  EXPECT_EQ(read(std::string(100'000, '1')).form, PositionForm::none);
}

TEST(WrittenPosition, ReadsColumns) {
  const std::vector<std::string> x = {"85,32", "85°19'12\"E", "-38.5", "27.5N", "91.3", "", "x"},
                                 y = {"27,7", "27°42'30\"N", "3.5 S", "85.5E", "27.0", "", "1"};
  const auto found = read_angles(x, y);
  EXPECT_EQ(found[0].point, (Point{85.32, 27.7}));
  EXPECT_NEAR(found[1].point.y, kLatitude, 1e-12);
  EXPECT_EQ(found[2].point, (Point{-38.5, -3.5}));
  EXPECT_EQ(found[3].point, (Point{85.5, 27.5}));
  EXPECT_EQ(found[3].trouble, "latitude and longitude are swapped");
  EXPECT_EQ(found[4].point, (Point{91.3, 27.0}));
  EXPECT_EQ(found[5].trouble, "nothing is written");
  EXPECT_EQ(found[6].form, PositionForm::none);
  EXPECT_THROW(read_angles(x, std::vector<std::string>{"1"}), OptionError);
}

class Seeds : public testing::TestWithParam<unsigned> {};

std::string written(double degrees, char positive, char negative, int form) {
  const double size = std::abs(degrees);
  const int whole = static_cast<int>(size);
  const double minutes = (size - whole) * 60.0;
  const int whole_minutes = static_cast<int>(minutes);
  const double seconds = (minutes - whole_minutes) * 60.0;
  const char letter = degrees < 0 ? negative : positive;
  char text[80];
  if (form == 0) std::snprintf(text, sizeof(text), "%.9f", degrees);
  if (form == 1) std::snprintf(text, sizeof(text), "%.9f%c", size, letter);
  if (form == 2) std::snprintf(text, sizeof(text), "%d°%.7f'%c", whole, minutes, letter);
  if (form == 3) std::snprintf(text, sizeof(text), "%c%d %d %.6f", letter, whole, whole_minutes, seconds);
  return text;
}

TEST_P(Seeds, WrittenAndReadComesBack) {
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> x(-180, 180), y(-90, 90);
  for (int i = 0; i < 40; ++i) {
    const Point p{x(random), y(random)};
    const std::string text =
        written(p.y, 'N', 'S', i % 4) + (i % 8 < 4 ? ", " : " ") + written(p.x, 'E', 'W', i % 4);
    const WrittenPosition found = read(text);
    // Seconds may round up to 60, which is no number of seconds.
    if (text.find(" 60.000000") != std::string::npos || text.find("°60.0000000") != std::string::npos)
      continue;
    EXPECT_EQ(found.trouble, "") << text;
    EXPECT_NEAR(found.point.x, p.x, 2e-9) << text;
    EXPECT_NEAR(found.point.y, p.y, 2e-9) << text;
  }
}

/// Bytes of any kind are read or not, and never crash.
TEST_P(Seeds, AnythingMayBeWritten) {
  std::mt19937 random(GetParam());
  const std::string alphabet = "0123456789.,-+ NSEW°'\":RULdms\xC2\xE2\x80";
  std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1), length(0, 30);
  for (int i = 0; i < 200; ++i) {
    std::string text;
    for (std::size_t n = length(random); n > 0; --n) text += alphabet[letter(random)];
    const WrittenPosition found = read(text);
    if (found.form == PositionForm::none) {
      EXPECT_NE(found.trouble, "") << text;
    } else {
      EXPECT_LE(std::abs(found.point.x), 180.0 + 1e-9) << text;
      EXPECT_LE(std::abs(found.point.y), 90.0 + 1e-9) << text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Seeds, testing::Range(0U, 20U));

}  // namespace
}  // namespace waywarden
