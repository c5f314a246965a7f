#include "waywarden/io/path_guard.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using test::put;
using test::TemporaryFolder;

class RefusedPath : public testing::TestWithParam<const char*> {};

TEST_P(RefusedPath, IsRefusedForReadingAndForWriting) {
  EXPECT_THROW(require_local(GetParam()), RefusedError);
  EXPECT_THROW(require_local_target(GetParam()), RefusedError);
}

INSTANTIATE_TEST_SUITE_P(
    Paths, RefusedPath,
    testing::Values(
        "", "/vsicurl/http://127.0.0.1:18999/a.shp", "/VSICURL/http://127.0.0.1:18999/a.shp",
        "/vsicurl_streaming/http://127.0.0.1:18999/a", "/vsizip//vsicurl/http://127.0.0.1:18999/a.zip",
        "/vsizip/vsicurl/http://127.0.0.1:18999/a.zip/a.shp", "/vsizip/VSIcurl/http://a/a.zip",
        "/vsizip//VsiS3/bucket/a.zip", "/vsizip//vsizip//vsicurl/http://a/a.zip",
        "/vsizip/{/vsicurl/http://127.0.0.1:18999/a.zip}/a.shp", "/vsizip/{a.zip}/a.shp", "/vsizip/",
        "/vsis3/bucket/a.shp", "/vsigs/bucket/a", "/vsiaz/a/b", "/vsiadls/a/b", "/vsioss/a", "/vsiswift/a",
        "/vsihdfs/a", "/vsiwebhdfs/http://a", "/vsistdin/", "/vsistdout/", "/vsitar/a.tar", "/vsigzip/a.gz",
        "/vsi7z/a.7z", "/vsirar/a.rar", "/vsisubfile/0,/etc/hostname", "/vsisparse/a.xml",
        "/vsicrypt/key=a,file=b", "/vsicached?a=b", "/vsimem/other/a.gpkg", "/vsimem/waywarden",
        "/vsioverview/a", "http://127.0.0.1:18999/a.geojson", "https://a", "HTTP://a", "ftp://a/b",
        "file:///etc/hostname", "PG:dbname=a", "pg:dbname=a", "MYSQL:a,user=b", "WFS:http://a",
        "OAPIF:http://a", "GPKG:a.gpkg:b", "CSV:a", "GMLAS:a.gml", "ODBC:a", "SQLite:a", "GeoJSON:a",
        "<OGRVRTDataSource></OGRVRTDataSource>", " <OGRVRTDataSource/>", "{\"type\":\"Point\"}",
        " {\"type\":\"Point\"}", "[1]", "\"a\"", "\\\\host\\share\\a.shp", "//host/share/a.shp",
        "a.gml,xsd=http://127.0.0.1:18999/a.xsd", "a.gml,XSD=b", "a\nb", "@a", "(a)"));

TEST(PathGuard, RefusesControlCharactersAndNamesThemInNoMessage) {
  const std::string with_zero("good.shp\0http://a", 17);
  try {
    require_local(with_zero);
    FAIL() << "was let through";
  } catch (const RefusedError& error) {
    EXPECT_EQ(error.where().file, "good.shp?http://a");
  }
}

TEST(PathGuard, LetsPlainFilesThrough) {
  const TemporaryFolder folder;
  for (const char* name : {"a.shp", "Київ.gpkg", "with blank.csv", "a,b.csv", "100%.csv", "-a.csv"}) {
    put(folder / name, "x");
    EXPECT_NO_THROW(require_local(folder / name)) << name;
  }
}

TEST(PathGuard, FollowsSymbolicLinks) {
  const TemporaryFolder folder;
  put(folder / "a.csv", "x");
  std::filesystem::create_symlink(folder / "a.csv", folder / "link.csv");
  EXPECT_NO_THROW(require_local(folder / "link.csv"));
}

TEST(PathGuard, TellsMissingFilesFromRefusedOnes) {
  const TemporaryFolder folder;
  for (const std::string& path :
       {folder / "none.shp", "/vsizip/" + (folder / "none.zip/a.shp"), folder.path()}) {
    try {
      require_local(path);
      FAIL() << path << " was let through";
    } catch (const RefusedError&) {
      FAIL() << path << " was refused instead of not found";
    } catch (const FileError& error) {
      EXPECT_EQ(error.where().file.empty(), false);
    }
  }
}

TEST(PathGuard, RefusesDriverPrefixEvenWhereSuchAFileExists) {
  const TemporaryFolder folder;
  put(folder / "GPKG:a", "x");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  EXPECT_THROW(require_local("GPKG:a"), RefusedError);
  EXPECT_NO_THROW(require_local("./GPKG:a"));
  std::filesystem::current_path(before);
}

TEST(PathGuard, RefusesWhatIsNotAPlainFile) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe.csv").c_str(), 0600), 0);
  EXPECT_THROW(require_local(folder / "pipe.csv"), RefusedError);
  EXPECT_THROW(require_local_target(folder / "pipe.csv"), RefusedError);
  EXPECT_THROW(require_local("/dev/zero"), RefusedError);
}

TEST(PathGuard, LetsMembersOfPlainArchivesThrough) {
  const TemporaryFolder folder;
  put(folder / "a.zip", "x");
  EXPECT_NO_THROW(require_local("/vsizip/" + (folder / "a.zip")));
  EXPECT_NO_THROW(require_local("/vsizip/" + (folder / "a.zip/inner/a.shp")));
  EXPECT_THROW(require_local("/vsizip/" + (folder / "a.zip/../../vsicurl/http")), RefusedError);
}

TEST(PathGuard, LetsOurOwnMemoryThrough) {
  EXPECT_NO_THROW(require_local("/vsimem/waywarden/a.gpkg"));
  EXPECT_THROW(require_local("/vsimem/waywarden/../other"), RefusedError);
}

TEST(PathGuard, WritesOnlyIntoFoldersThatExist) {
  const TemporaryFolder folder;
  EXPECT_NO_THROW(require_local_target(folder / "new.gpkg"));
  EXPECT_THROW(require_local_target(folder / "none/new.gpkg"), FileError);
  EXPECT_THROW(require_local_target(folder.path()), FileError);
  EXPECT_THROW(require_local_target("/vsizip/a.zip/b"), RefusedError);
}

}  // namespace
}  // namespace waywarden
