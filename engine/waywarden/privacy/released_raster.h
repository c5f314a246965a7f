#pragma once

/// A raster that may leave: what writers of rasters accept. It cannot be changed, and is made in two ways
/// only: by a person who says why it may be seen in full, or as something computed from a release alone, by
/// which nobody learns more than by that release. There is no third: a density of few records tells where
/// they are (its highest cells, and with the kernel known all of them), whatever its cells are rounded to.

#include <optional>
#include <string>
#include <vector>

#include "waywarden/geodesy/crs.h"
#include "waywarden/geometry/raster_grid.h"
#include "waywarden/privacy/release.h"

namespace waywarden {

struct Raster {
  RasterGrid grid;
  /// One per cell; nothing where there is none.
  std::vector<std::optional<double>> values;
  Crs crs;
  std::string title;
  /// Of the values: "1/m2".
  std::string unit;
  Origin origin = Origin::modelled;
};

class ReleasedRaster {
 public:
  const Raster& raster() const { return raster_; }
  const DisclosureAccount& account() const { return account_; }

 private:
  friend ReleasedRaster unrestricted(Raster, const std::string&);
  friend ReleasedRaster computed_from(const Release&, Raster);
  ReleasedRaster(Raster raster, DisclosureAccount account)
      : raster_(std::move(raster)), account_(std::move(account)) {}

  Raster raster_;
  DisclosureAccount account_;
};

/// In full, for a place where the records behind it may be seen. Throws `OptionError` for an empty reason,
/// and where there is not one value per cell or the grid has no cells of finite size; `InputError` for a
/// value that is not finite.
ReleasedRaster unrestricted(Raster raster, const std::string& reason);

/// The caller answers for it that nothing but tables of this release, as they left, went into the raster. It
/// is synthetic if anything in the release is. Throws as above.
ReleasedRaster computed_from(const Release& release, Raster raster);

}  // namespace waywarden
