#include "waywarden/io/gdal_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace waywarden {
namespace {

TEST(GdalSession, CollectsComplaintsByKind) {
  GdalSession session;
  session.note(Severity::warning, "layer is odd");
  session.note(Severity::failure, "shape 3 is broken");
  session.note(Severity::failure, "shape 3 is broken");
  ASSERT_EQ(session.complaints().size(), 2U);
  EXPECT_EQ(session.complaints()[1].times, 2U);
  EXPECT_EQ(session.failures(), 2U);
  EXPECT_EQ(session.first_complaint(), "shape 3 is broken");
}

TEST(GdalSession, KeepsAtMostAHundredKinds) {
  GdalSession session;
  for (int i = 0; i < 500; ++i) session.note(Severity::failure, "trouble " + std::to_string(i));
  EXPECT_EQ(session.complaints().size(), 100U);
  EXPECT_EQ(session.failures(), 500U);
}

TEST(GdalSession, LeavesTheEnvironmentAlone) {
  const auto seen = [](const char* name) {
    return std::string(std::getenv(name) == nullptr ? "" : std::getenv(name));
  };
  const std::string data = seen("GDAL_DATA"), proj = seen("PROJ_DATA"), proxy = seen("GDAL_HTTP_PROXY");
  {
    GdalSession session;
    session.set("OGR_CURRENT_DATE", "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(seen("GDAL_DATA"), data);
    EXPECT_EQ(seen("PROJ_DATA"), proj);
    EXPECT_EQ(seen("GDAL_HTTP_PROXY"), proxy);
  }
  EXPECT_EQ(seen("GDAL_HTTP_PROXY"), proxy);
}

TEST(GdalSession, MayBeNestedAndUsedFromManyThreads) {
  const auto work = [] {
    const GdalSession outer;
    { const GdalSession inner; }
    EXPECT_TRUE(outer.complaints().empty());
  };
  std::thread first(work), second(work);
  first.join();
  second.join();
}

TEST(GdalSession, AllowsNoDriverThatConnects) {
  const std::vector<std::string> drivers = allowed_drivers();
  for (const char* needed : {"ESRI Shapefile", "GPKG", "GeoJSON", "CSV"}) {
    EXPECT_NE(std::find(drivers.begin(), drivers.end(), needed), drivers.end()) << needed;
  }
  for (const char* remote :
       {"OGR_VRT", "WFS", "OAPIF", "HTTP", "PostgreSQL", "MySQL", "GMLAS", "Elasticsearch"}) {
    EXPECT_EQ(std::find(drivers.begin(), drivers.end(), remote), drivers.end()) << remote;
  }
}

TEST(WithoutValues, LeavesOutWhatStandsInQuotes) {
  EXPECT_EQ(without_values("field 'Jane Doe' is too long"), "field ... is too long");
  EXPECT_EQ(without_values("field 'O'Brien, 14' is \"odd\"."), "field ... is ....");
  EXPECT_EQ(without_values("value `secret' not taken"), "value ... not taken");
  EXPECT_EQ(without_values("an open 'quote of Jane"), "an open ...");
  EXPECT_EQ(without_values("Value '1e3' of field a.id parsed incompletely to integer 1."),
            "a value could not be read as a number in full");
}

TEST(WithoutValues, KeepsWhatIsNoValue) {
  EXPECT_EQ(without_values("it can't be read"), "it can't be read");
  EXPECT_EQ(without_values("Missing 'coordinates' member."), "Missing 'coordinates' member.");
  EXPECT_EQ(without_values("Invalid 'y' coordinate for '\"Jane\"'."), "Invalid 'y' coordinate for ....");
}

TEST(WithoutValues, IsOneLineOfLimitedLength) {
  EXPECT_EQ(without_values("a\nb"), "a b");
  EXPECT_EQ(without_values(std::string(1000, 'x')).size(), 200U);
}

}  // namespace
}  // namespace waywarden
