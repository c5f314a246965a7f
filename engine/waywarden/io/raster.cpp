#include "waywarden/io/raster.h"

#include <limits>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/dataset.h"
#include "waywarden/io/detail/layer_writing.h"
#include "waywarden/io/detail/outgoing.h"
#include "waywarden/io/detail/pending_files.h"

namespace waywarden {
namespace {

constexpr double kNoValue = std::numeric_limits<double>::lowest();

int dimension(std::size_t count) {
  if (count > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw OptionError("a GeoTIFF has at most 2,147,483,647 rows and columns");
  }
  return static_cast<int>(count);
}

detail::Dataset new_geotiff(const std::string& file, const RasterGrid& grid) {
  GDALDriverH driver = GDALGetDriverByName("GTiff");
  if (driver == nullptr) throw FileError({file, "", ""}, "this GDAL cannot write GeoTIFF");
  const detail::TextList options({"COMPRESS=DEFLATE", "PREDICTOR=3", "BIGTIFF=IF_SAFER"});
  detail::Dataset dataset(GDALCreate(driver, file.c_str(), dimension(grid.columns), dimension(grid.rows), 1,
                                     GDT_Float64, options.get()));
  if (!dataset) throw FileError({file, "", ""}, "cannot be created");
  return dataset;
}

void describe(const detail::Dataset& dataset, const ReleasedRaster& released,
              OGRSpatialReferenceH reference) {
  const Raster& raster = released.raster();
  const RasterGrid& grid = raster.grid;
  const double north = grid.origin.y + static_cast<double>(grid.rows) * grid.cell;
  double transform[] = {grid.origin.x, grid.cell, 0.0, north, 0.0, -grid.cell};
  GDALSetGeoTransform(dataset.get(), transform);
  GDALSetSpatialRef(dataset.get(), reference);
  const std::string about = detail::description(raster.origin, released.account());
  GDALSetMetadataItem(dataset.get(), "TIFFTAG_IMAGEDESCRIPTION", about.c_str(), nullptr);
  GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
  GDALSetDescription(band, raster.title.c_str());
  GDALSetRasterUnitType(band, raster.unit.c_str());
  GDALSetRasterNoDataValue(band, kNoValue);
}

/// From south to north here, from north to south in the file.
std::vector<double> file_row(const Raster& raster, std::size_t row) {
  const std::size_t first = (raster.grid.rows - 1 - row) * raster.grid.columns;
  std::vector<double> numbers;
  numbers.reserve(raster.grid.columns);
  for (std::size_t i = first; i < first + raster.grid.columns; ++i) {
    if (raster.values[i] == kNoValue) {
      throw InputError({"", raster.title, std::to_string(i)}, "value that stands for none in a GeoTIFF");
    }
    numbers.push_back(raster.values[i].value_or(kNoValue));
  }
  return numbers;
}

void write_values(const detail::Dataset& dataset, const Raster& raster, const Execution& execution) {
  GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
  const int width = dimension(raster.grid.columns);
  execution.start("writing " + raster.title, raster.grid.rows);
  for (std::size_t row = 0; row < raster.grid.rows; ++row) {
    execution.check();
    std::vector<double> numbers = file_row(raster, row);
    if (GDALRasterIO(band, GF_Write, 0, static_cast<int>(row), width, 1, numbers.data(), width, 1,
                     GDT_Float64, 0, 0) != CE_None) {
      return;  // the session has heard why
    }
    execution.advance();
  }
}

/// GeoTIFF has keys for most projections, not for all; what has none is lost without a failure.
void require_crs_kept(const std::string& file, const Crs& crs) {
  const detail::TextList drivers({"GTiff"});
  const detail::Dataset dataset(GDALOpenEx(file.c_str(), GDAL_OF_RASTER, drivers.get(), nullptr, nullptr));
  OGRSpatialReferenceH kept = dataset ? GDALGetSpatialRef(dataset.get()) : nullptr;
  if (kept != nullptr && detail::same_crs(detail::crs_of(kept), crs)) return;
  throw CrsError("a GeoTIFF cannot hold this coordinate reference system");
}

}  // namespace

void write_geotiff(const std::string& path, const ReleasedRaster& released, const Execution& execution) {
  const Raster& raster = released.raster();
  detail::PendingFiles files;
  const std::string file = files.temporary_for(path);
  const GdalSession session;
  const detail::SpatialReference reference = detail::reference_to(raster.crs, {"", raster.title, ""});
  {
    const detail::Dataset dataset = new_geotiff(file, raster.grid);
    describe(dataset, released, reference.get());
    write_values(dataset, raster, execution);
  }
  detail::require_success(session, path);
  require_crs_kept(file, raster.crs);
  files.commit();
}

}  // namespace waywarden
