#pragma once

/// UTM and MGRS in text. Source: NGA.STND.0037 (2014): zones, bands, the letters of the squares (scheme AA).

#include <map>
#include <string>
#include <string_view>

#include "waywarden/geodesy/crs.h"
#include "waywarden/incidents/written_position.h"

namespace waywarden::detail {

/// Keeps one transformation per zone and hemisphere.
class GridReader {
 public:
  /// `form` is `none` and `trouble` empty where the text is neither.
  WrittenPosition read(std::string_view text);

 private:
  WrittenPosition read_mgrs(std::string_view text);
  WrittenPosition read_utm(std::string_view text);
  WrittenPosition placed(PositionForm form, int zone, char band, Point metres, double accuracy_m);
  Point degrees(int zone, bool north, Point metres);

  std::map<int, Transformer> transformers_;
};

}  // namespace waywarden::detail
