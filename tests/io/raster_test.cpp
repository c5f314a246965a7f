#include "waywarden/io/raster.h"

#include <gdal.h>
#include <gtest/gtest.h>
#include <ogr_srs_api.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/io/gdal_session.h"

namespace waywarden {
namespace {

using namespace test;

Raster sample(std::size_t columns = 3, std::size_t rows = 2) {
  Raster raster{{{300000, 3000000}, 25.0, columns, rows}, {}, Crs("EPSG:32645"), "density", "1/m2"};
  for (std::size_t i = 0; i < raster.grid.size(); ++i) raster.values.emplace_back(0.1 * double(i));
  return raster;
}

std::string bytes_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::size_t files_in(const std::string& folder) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files += entry.is_regular_file();
  return files;
}

/// What GDAL's own reader finds.
struct Found {
  double transform[6];
  std::vector<double> values;
  double no_value;
  std::string description, title, unit, crs;
};

Found read(const std::string& file) {
  const GdalSession session;
  Found found{};
  GDALDatasetH dataset = GDALOpen(file.c_str(), GA_ReadOnly);
  if (dataset == nullptr) throw std::runtime_error("not a raster");
  GDALGetGeoTransform(dataset, found.transform);
  const int columns = GDALGetRasterXSize(dataset), rows = GDALGetRasterYSize(dataset);
  found.values.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  EXPECT_EQ(
      GDALRasterIO(band, GF_Read, 0, 0, columns, rows, found.values.data(), columns, rows, GDT_Float64, 0, 0),
      CE_None);
  found.no_value = GDALGetRasterNoDataValue(band, nullptr);
  found.description = GDALGetMetadataItem(dataset, "TIFFTAG_IMAGEDESCRIPTION", nullptr);
  found.title = GDALGetDescription(band);
  found.unit = GDALGetRasterUnitType(band);
  OGRSpatialReferenceH reference = GDALGetSpatialRef(dataset);
  const char* code = reference == nullptr ? nullptr : OSRGetAuthorityCode(reference, nullptr);
  found.crs = code == nullptr ? "" : code;
  GDALClose(dataset);
  return found;
}

TEST(WriteGeotiff, IsReadBackAsItWas) {
  const TemporaryFolder folder;
  Raster raster = sample();
  raster.values[4].reset();
  write_geotiff(folder / "a.tif", unrestricted(raster, "stays in the unit"));
  const Found found = read(folder / "a.tif");
  EXPECT_EQ(std::vector<double>(found.transform, found.transform + 6),
            (std::vector<double>{300000, 25, 0, 3000050, 0, -25}));
  // North first.
  EXPECT_EQ(found.values, (std::vector<double>{0.1 * 3, found.no_value, 0.5, 0.0, 0.1, 0.2}));
  EXPECT_EQ(found.no_value, std::numeric_limits<double>::lowest());
  EXPECT_EQ(found.description, "Data: modelled. Released without a disclosure rule: stays in the unit");
  EXPECT_EQ(found.title, "density");
  EXPECT_EQ(found.unit, "1/m2");
  EXPECT_EQ(found.crs, "32645");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(WriteGeotiff, SaysByWhichRuleItsSourceLeft) {
  const TemporaryFolder folder;
  FeatureTable places{"places", "", Crs(), {"a"}, {}, {}};
  Draft draft;
  draft.tables.push_back(context_table(places, "", Origin::synthetic));
  const ReleasedRaster raster = computed_from(release(draft, {.k = 5}), sample());
  EXPECT_EQ(raster.raster().origin, Origin::synthetic);
  write_geotiff(folder / "a.tif", raster);
  EXPECT_EQ(read(folder / "a.tif").description, "Data: synthetic. Counts of 1 to 4 are suppressed.");
}

TEST(WriteGeotiff, KeepsProjectionsOfItsOwn) {
  const TemporaryFolder folder;
  Raster raster = sample();
  raster.crs = equal_area_around({85.0, 27.0});
  write_geotiff(folder / "a.tif", unrestricted(raster, "test"));
  raster.crs = Crs::wgs84();
  write_geotiff(folder / "b.tif", unrestricted(raster, "test"));
  EXPECT_EQ(read(folder / "b.tif").crs, "4326");
}

TEST(WriteGeotiff, LeavesNothingWhereItFails) {
  const TemporaryFolder folder;
  write_geotiff(folder / "a.tif", unrestricted(sample(), "test"));
  const std::string before = bytes_of(folder / "a.tif");
  Raster nowhere = sample();
  nowhere.crs = Crs();
  EXPECT_THROW(write_geotiff(folder / "a.tif", unrestricted(nowhere, "test")), CrsError);
  Raster lowest = sample();
  lowest.values[5] = std::numeric_limits<double>::lowest();
  EXPECT_THROW(write_geotiff(folder / "a.tif", unrestricted(lowest, "test")), InputError);
  EXPECT_THROW(write_geotiff(folder / "none/a.tif", unrestricted(sample(), "test")), FileError);
  EXPECT_THROW(write_geotiff("/vsimem/a.tif", unrestricted(sample(), "test")), RefusedError);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(write_geotiff(folder / "a.tif", unrestricted(sample(), "test"), {1, &progress}), Cancelled);
  EXPECT_EQ(bytes_of(folder / "a.tif"), before);
  EXPECT_EQ(files_in(folder.path()), 1U);
}

class Geotiffs : public ::testing::TestWithParam<int> {};

TEST_P(Geotiffs, KeepEveryBit) {
  const TemporaryFolder folder;
  const auto seed = static_cast<std::uint64_t>(GetParam());
  RandomStream stream(seed, 3);
  Raster raster = sample(1 + seed * 37 % 300, 1 + seed * 11 % 200);
  for (auto& value : raster.values) {
    value = std::pow(10.0, 600 * stream.uniform() - 300) * (stream.uniform() < 0.5 ? -1 : 1);
    if (stream.uniform() < 0.2) value.reset();
  }
  const ReleasedRaster released = unrestricted(raster, "test");
  write_geotiff(folder / "a.tif", released);
  write_geotiff(folder / "b.tif", released);
  EXPECT_EQ(bytes_of(folder / "a.tif"), bytes_of(folder / "b.tif"));
  const Found found = read(folder / "a.tif");
  const RasterGrid& grid = raster.grid;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const std::size_t row = grid.rows - 1 - i / grid.columns;
    ASSERT_EQ(found.values[row * grid.columns + i % grid.columns], raster.values[i].value_or(found.no_value));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Geotiffs, ::testing::Range(0, 12));

}  // namespace
}  // namespace waywarden
