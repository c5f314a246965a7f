#include "waywarden/privacy/released_raster.h"

#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void check(const Raster& raster) {
  const RasterGrid& grid = raster.grid;
  if (grid.size() == 0 || !grid.origin.finite() || !std::isfinite(grid.cell) || grid.cell <= 0.0) {
    throw OptionError("a raster needs cells of finite size");
  }
  if (raster.values.size() != grid.size()) throw OptionError("there must be one value per cell");
  for (std::size_t i = 0; i < raster.values.size(); ++i) {
    if (!raster.values[i] || std::isfinite(*raster.values[i])) continue;
    throw InputError({"", raster.title, std::to_string(i)}, "value that is not finite");
  }
}

}  // namespace

ReleasedRaster unrestricted(Raster raster, const std::string& reason) {
  check(raster);
  return {std::move(raster), unrestricted(Draft{}, reason).account()};
}

ReleasedRaster computed_from(const Release& release, Raster raster) {
  check(raster);
  if (release.origin() == Origin::synthetic) raster.origin = Origin::synthetic;
  return {std::move(raster), release.account()};
}

}  // namespace waywarden
