/// Well-known binary: what can be read is written and read again to the same geometry.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "waywarden/base/errors.h"
#include "waywarden/geometry/wkb.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const waywarden::Geometry geometry = waywarden::from_wkb(std::as_bytes(std::span(data, size)));
    const std::vector<std::byte> written = waywarden::to_wkb(geometry);
    if (written.empty()) return 0;
    // Bytes, because a vertex may be no number, which equals nothing.
    if (waywarden::to_wkb(waywarden::from_wkb(written)) != written) std::abort();
  } catch (const waywarden::Error&) {
    // Damage is named.
  }
  return 0;
}
