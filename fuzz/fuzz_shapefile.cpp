/// A shapefile of three parts, each after its length in two bytes: .shp, .shx, and the rest is the .dbf.

#include <algorithm>

#include "memory_file.h"

namespace {

std::span<const std::uint8_t> next_part(std::span<const std::uint8_t>& rest) {
  if (rest.size() < 2) return {};
  const std::size_t stated = rest[0] + std::size_t{256} * rest[1];
  rest = rest.subspan(2);
  const auto part = rest.first(std::min(stated, rest.size()));
  rest = rest.subspan(part.size());
  return part;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::span<const std::uint8_t> rest(data, size);
  const waywarden::fuzz::MemoryFile shp("fuzz.shp", next_part(rest));
  const waywarden::fuzz::MemoryFile shx("fuzz.shx", next_part(rest));
  const waywarden::fuzz::MemoryFile dbf("fuzz.dbf", rest);
  waywarden::ReadOptions options;
  options.crs = waywarden::Crs::wgs84();
  waywarden::fuzz::read_and_check(shp.path(), options);
  return 0;
}
