/// What broken and hostile files do to the reader: nothing. Each loads with a report that says what is wrong,
/// or throws the right error; none connects, none leaves a file behind.

#include <gtest/gtest.h>

#include <algorithm>
#include <typeinfo>

#include "io/loopback_listener.h"
#include "io/shapefile_bytes.h"
#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/io/read.h"

namespace waywarden {
namespace {

using namespace test;
namespace fs = std::filesystem;

enum class Fate { clean, reported, file_error, refused, crs_error, input_error };

struct Expected {
  const char* file;
  Fate fate;
  /// Rows that load, and a reason that the report must hold or the error begin with.
  std::size_t rows = 0;
  const char* reason = "";
};

constexpr const char* kNotUtf8 = "text is not UTF-8: what could not be decoded is marked";

const Expected kShapefiles[] = {
    {"good", Fate::clean, 3},
    {"cp1251_cpg_right", Fate::clean, 3},
    {"cp1251_ldid", Fate::clean, 3},
    {"utf8_no_cpg", Fate::clean, 3},
    {"local_prj", Fate::clean, 3},
    {"cp1251_cpg_says_utf8", Fate::reported, 3, kNotUtf8},
    {"cp1251_no_cpg", Fate::reported, 3, kNotUtf8},
    {"cpg_bogus", Fate::reported, 3, "the .cpg names an unknown encoding"},
    {"dbf_count_lies", Fate::reported, 3, "the .dbf holds fewer rows than its header says"},
    {"dbf_duplicate_fields", Fate::reported, 3, "column renamed"},
    {"dbf_more_rows", Fate::reported, 3, "rows of the .dbf without a shape"},
    {"dbf_number_overflow", Fate::reported, 3, "cell that is not a number taken as missing"},
    {"inf_vertex", Fate::reported, 2, "vertex that is not finite"},
    {"inverted_bbox", Fate::reported, 3, "the bounding box in the .shp header is inverted"},
    {"no_dbf", Fate::reported, 3, "no .dbf beside the .shp: no attributes"},
    {"null_first", Fate::reported, 3, "null geometry"},
    {"numparts_negative", Fate::reported, 2, "impossible number of parts"},
    {"numparts_over_numpoints", Fate::reported, 2, "impossible number of parts"},
    {"record_length_huge", Fate::reported, 3, "record lengths in .shp and .shx differ"},
    {"record_length_negative", Fate::reported, 3, "record lengths in .shp and .shx differ"},
    {"shx_overlapping", Fate::reported, 1, "record shares its bytes with another"},
    {"truncated_half", Fate::reported, 1, "record lies outside the file"},
    {"wrong_prj", Fate::reported, 3, "coordinates look like degrees"},
    {"bad_file_code", Fate::file_error, 0, "cannot be read"},
    {"truncated_header", Fate::file_error, 0, "cannot be read"},
};

const Expected kFiles[] = {
    {"gml_remote_schema.gml", Fate::clean, 1},
    {"latin1.geojson", Fate::reported, 1, kNotUtf8},
    {"concatenated.geojson", Fate::file_error, 0, "cannot be read"},
    {"deep_nesting.geojson", Fate::file_error, 0, "cannot be read"},
    {"png_named.geojson", Fate::file_error, 0, "cannot be read"},
    {"text_named.shp", Fate::file_error, 0, "cannot be read"},
    {"truncated.geojson", Fate::file_error, 0, "cannot be read"},
    {"wfs_connection.xml", Fate::refused, 0, "refused: format WFS"},
    {"xxe.kml", Fate::file_error, 0, "cannot be read"},
    {"zero_bytes.csv", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.fgb", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.geojson", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.gml", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.gpkg", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.kml", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.parquet", Fate::file_error, 0, "the file is empty"},
    {"zero_bytes.shp", Fate::file_error, 0, "the file is empty"},
};

struct Seen {
  Fate fate;
  std::size_t rows = 0;
  std::vector<std::string> reasons;
};

Fate fate_of(const Error& error) {
  if (dynamic_cast<const RefusedError*>(&error) != nullptr) return Fate::refused;
  if (dynamic_cast<const FileError*>(&error) != nullptr) return Fate::file_error;
  return dynamic_cast<const CrsError*>(&error) != nullptr ? Fate::crs_error : Fate::input_error;
}

Seen seen(const std::string& file, const ReadOptions& options = {}) {
  try {
    const auto [table, report] = read_layer(file, options);
    Seen s{report.entries.empty() ? Fate::clean : Fate::reported, table.size(), {}};
    for (const auto& e : report.entries) s.reasons.push_back(e.reason);
    return s;
  } catch (const Error& error) {
    EXPECT_EQ(error.where().file, file);
    return {fate_of(error), 0, {error.reason()}};
  }
}

void expect(const std::string& file, const Expected& expected) {
  const Seen s = seen(file);
  EXPECT_EQ(s.fate, expected.fate) << file << testing::PrintToString(s.reasons);
  EXPECT_EQ(s.rows, expected.rows) << file;
  const std::string reason = expected.reason;
  const bool said = std::any_of(s.reasons.begin(), s.reasons.end(),
                                [&](const std::string& r) { return r.starts_with(reason); });
  EXPECT_TRUE(reason.empty() || said) << file << testing::PrintToString(s.reasons);
}

class HostileFiles : public testing::Test {
 protected:
  void copy(const std::string& from) {
    if (!fs::exists(bad_inputs() + "/" + from)) GTEST_SKIP() << "no shared examples: " << from;
    copy_writable(bad_inputs() + "/" + from, folder_.path());
    before_ = contents_of(folder_.path());
  }
  void expect_untouched() const {
    EXPECT_EQ(contents_of(folder_.path()) == before_, true) << "files changed";
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> before_;
};

TEST_F(HostileFiles, ShapefilesFareAsExpected) {
  copy("made/shapefile");
  if (IsSkipped()) return;
  for (const Expected& e : kShapefiles) expect(folder_ / (std::string(e.file) + ".shp"), e);
  std::size_t there = 0;
  for (const auto& [name, content] : before_) there += name.ends_with(".shp");
  EXPECT_EQ(there, std::size(kShapefiles)) << "a file without an expectation";
  expect_untouched();
}

TEST_F(HostileFiles, OtherFilesFareAsExpected) {
  copy("made/files");
  if (IsSkipped()) return;
  for (const Expected& e : kFiles) expect(folder_ / e.file, e);
  EXPECT_EQ(before_.size(), std::size(kFiles)) << "a file without an expectation";
  expect_untouched();
}

/// Opens every file of the folder, with and without a CRS given.
void open_all(const std::map<std::string, std::string>& files) {
  ReadOptions degrees;
  degrees.crs = Crs::wgs84();
  for (const auto& [file, content] : files) {
    if (!fs::is_regular_file(file)) continue;
    seen(file);
    seen(file, degrees);
    try {
      for (const LayerInfo& layer : list_layers(file)) EXPECT_FALSE(layer.name.empty()) << file;
    } catch (const Error& error) {
      EXPECT_EQ(error.where().file, file);
    }
  }
}

class EveryFile : public HostileFiles, public testing::WithParamInterface<const char*> {};

TEST_P(EveryFile, NeitherConnectsNorLeavesAnythingBehind) {
  copy(GetParam());
  if (IsSkipped()) return;
  LoopbackListener listener;
  if (!listener.listening()) GTEST_SKIP() << "the port of the listener is taken";
  open_all(before_);
  EXPECT_EQ(listener.connections(), 0);
  expect_untouched();
  knock();
  EXPECT_EQ(listener.connections(), 1) << "the listener does not hear";
}

INSTANTIATE_TEST_SUITE_P(Folders, EveryFile,
                         testing::Values("made/shapefile", "made/files", "made/network", "made/places", "vrt",
                                         "gml", "kml", "geojson_hint", "osm_xml", "antimeridian"));

/// More ways to ask for a connection than the examples have.
const std::string kAddress = "http://127.0.0.1:18999";

std::string gml(const std::string& declaration, const std::string& schema, const std::string& srs) {
  return declaration +
         "<f:FeatureCollection xmlns:f=\"http://www.opengis.net/gml\" "
         "xmlns:gml=\"http://www.opengis.net/gml\" "
         "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "xsi:schemaLocation=\"urn:x " +
         schema + "\"><gml:featureMember><x xmlns=\"urn:x\"><n>a</n><p><gml:Point srsName=\"" + srs +
         "\"><gml:coordinates>0,0</gml:coordinates></gml:Point></p><q xlink:href=\"" + kAddress +
         "/a.gml#p\"/></x></gml:featureMember></f:FeatureCollection>";
}

std::string geojson_with_crs(const std::string& type, const std::string& key, const std::string& value) {
  return R"({"type":"FeatureCollection","crs":{"type":")" + type + R"(","properties":{")" + key + "\":\"" +
         value +
         R"("}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[0,0]}}]})";
}

void put_hostile_xml(const TemporaryFolder& folder) {
  const std::string xml = "<?xml version=\"1.0\"?>",
                    cyrillic = "<?xml version=\"1.0\" encoding=\"windows-1251\"?>";
  put(folder / "schema_curl.gml", gml(xml, "/vsicurl/" + kAddress + "/x.xsd", "EPSG:4326"));
  put(folder / "schema_stream.gml", gml(xml, "/vsicurl_streaming/" + kAddress + "/x.xsd", "EPSG:4326"));
  put(folder / "schema_wfs.gml",
      gml(xml, kAddress + "/w?SERVICE=WFS&amp;REQUEST=DescribeFeatureType", "EPSG:4326"));
  put(folder / "srs.gml", gml(xml, "", kAddress + "/crs.wkt"));
  put(folder / "srs_curl.gml", gml(xml, "", "/vsicurl/" + kAddress + "/crs.wkt"));
  put(folder / "doctype.gml",
      gml(cyrillic + "<!DOCTYPE x SYSTEM \"" + kAddress + "/d.dtd\">", "", "EPSG:4326"));
  put(folder / "entity.gml",
      gml(cyrillic + "<!DOCTYPE x [<!ENTITY % e SYSTEM \"" + kAddress + "/d.dtd\"> %e;]>", "", "EPSG:4326"));
  put(folder / "beside.gml", gml(xml, "beside.xsd", "EPSG:4326"));
  put(folder / "beside.xsd",
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:x\"><xs:include "
      "schemaLocation=\"" +
          kAddress + "/i.xsd\"/><xs:include schemaLocation=\"/vsicurl/" + kAddress +
          "/i.xsd\"/><xs:element name=\"x\" type=\"t\"/></xs:schema>");
  put(folder / "template.gml", gml(xml, "", "EPSG:4326"));
  put(folder / "template.gfs",
      "<GMLFeatureClassList><GMLFeatureClass><Name>x</Name><ElementPath>x</ElementPath><SRSName>" + kAddress +
          "/crs.wkt</SRSName></GMLFeatureClass></GMLFeatureClassList>");
  put(folder / "link.kml",
      xml + "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><NetworkLink><Link><href>" + kAddress +
          "/n.kml</href></Link></NetworkLink><Placemark><styleUrl>" + kAddress +
          "/s.kml#a</styleUrl><Point><coordinates>0,0</coordinates></Point></Placemark>"
          "</Document></kml>");
  put(folder / "vrt.geojson", "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>/vsicurl/" +
                                  kAddress + "/a.shp</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
}

TEST_F(HostileFiles, MadeUpHereNeitherConnectNorLeaveAnythingBehind) {
  put_hostile_xml(folder_);
  put(folder_ / "crs_link.geojson", geojson_with_crs("link", "href", kAddress + "/c.wkt"));
  put(folder_ / "crs_url.geojson", geojson_with_crs("url", "url", kAddress + "/c.wkt"));
  put(folder_ / "crs_name.geojson", geojson_with_crs("name", "name", kAddress + "/c.wkt"));
  put(folder_ / "crs_curl.geojson", geojson_with_crs("name", "name", "/vsicurl/" + kAddress + "/c.wkt"));
  put_good(folder_ / "prj");
  put(folder_ / "prj.prj", kAddress + "/c.wkt");
  put_good(folder_ / "prj_curl");
  put(folder_ / "prj_curl.prj", "/vsicurl/" + kAddress + "/c.wkt");
  put(folder_ / "a.csv", "id,WKT\n1,POINT(0 0)\n");
  put(folder_ / "a.prj", kAddress + "/c.wkt");
  put_good(folder_ / "no_index");
  fs::remove(folder_ / "no_index.shx");
  before_ = contents_of(folder_.path());
  LoopbackListener listener;
  if (!listener.listening()) GTEST_SKIP() << "the port of the listener is taken";
  open_all(before_);
  EXPECT_EQ(listener.connections(), 0);
  expect_untouched();
}

TEST(HostilePaths, NeverConnect) {
  LoopbackListener listener;
  if (!listener.listening()) GTEST_SKIP() << "the port of the listener is taken";
  for (const std::string& path :
       {"/vsicurl/" + kAddress + "/a.geojson", "/vsizip//vsicurl/" + kAddress + "/a.zip/a.shp",
        "/vsizip/vsicurl/" + kAddress + "/a.zip", "/vsizip/{/vsicurl/" + kAddress + "/a.zip}/a.shp",
        kAddress + "/a.geojson", "WFS:" + kAddress, "GeoJSON:" + kAddress,
        "/vsicurl_streaming/" + kAddress + "/a.csv",
        "<OGRWFSDataSource><URL>" + kAddress + "</URL></OGRWFSDataSource>",
        "/vsicurl?url=" + kAddress + "/a.csv"}) {
    EXPECT_THROW(read_layer(path), RefusedError) << path;
    EXPECT_THROW(list_layers(path), RefusedError) << path;
  }
  EXPECT_EQ(listener.connections(), 0);
}

}  // namespace
}  // namespace waywarden
