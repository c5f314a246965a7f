#include "waywarden/privacy/released_raster.h"

#include <gtest/gtest.h>

#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

Raster sample() {
  return {{{0, 0}, 10.0, 2, 2}, {1.0, 2.0, std::nullopt, 4.0}, Crs("EPSG:32645"), "density", "1/m2"};
}

Release tables(Origin origin) {
  Draft draft;
  draft.tables.push_back(context_table({"places", "", Crs(), {"a"}, {}, {}}, "", origin));
  return release(draft, {.k = 7});
}

TEST(ReleasedRaster, RemembersWhyItMayLeave) {
  const ReleasedRaster full = unrestricted(sample(), "own unit only");
  EXPECT_FALSE(full.account().restricted());
  EXPECT_EQ(full.account().reason, "own unit only");
  EXPECT_EQ(full.raster().values, sample().values);
  EXPECT_EQ(full.raster().origin, Origin::modelled);

  const ReleasedRaster derived = computed_from(tables(Origin::observed), sample());
  EXPECT_EQ(derived.account().rule->k, 7);
  EXPECT_EQ(derived.raster().origin, Origin::modelled);
  EXPECT_EQ(computed_from(tables(Origin::synthetic), sample()).raster().origin, Origin::synthetic);
}

TEST(ReleasedRaster, RefusesBadInput) {
  EXPECT_THROW(unrestricted(sample(), " "), OptionError);
  EXPECT_THROW(unrestricted(Raster{}, "test"), OptionError);
  Raster raster = sample();
  raster.grid.cell = 0.0;
  EXPECT_THROW(unrestricted(raster, "test"), OptionError);
  raster = sample();
  raster.values.pop_back();
  EXPECT_THROW(unrestricted(raster, "test"), OptionError);
  raster.values.emplace_back(std::numeric_limits<double>::infinity());
  EXPECT_THROW(unrestricted(raster, "test"), InputError);
  EXPECT_THROW(computed_from(tables(Origin::observed), raster), InputError);
}

}  // namespace
}  // namespace waywarden
