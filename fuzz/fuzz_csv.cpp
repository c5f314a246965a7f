/// A CSV file, as it is and with a reference system given.

#include "memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const waywarden::fuzz::MemoryFile file("fuzz.csv", {data, size});
  waywarden::ReadOptions options;
  waywarden::fuzz::read_and_check(file.path(), options);
  options.crs = waywarden::Crs::wgs84();
  waywarden::fuzz::read_and_check(file.path(), options);
  return 0;
}
