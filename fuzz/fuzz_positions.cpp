/// Positions as people write them: a point is on the globe, and where there is none there is a reason.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "waywarden/incidents/written_position.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> texts = {std::string(reinterpret_cast<const char*>(data), size)};
  const waywarden::WrittenPosition found = waywarden::read_positions(texts).front();
  const bool read = found.form != waywarden::PositionForm::none;
  if (!read && found.trouble.empty()) std::abort();
  if (read && !(std::abs(found.point.x) <= 180.000001 && std::abs(found.point.y) <= 90.000001)) std::abort();
  return 0;
}
