/// A study file: it is read, or a key, line and reason are named.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/study/study.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    waywarden::parse_study(std::string(reinterpret_cast<const char*>(data), size), "study.toml");
  } catch (const waywarden::Error& error) {
    if (error.reason().empty()) std::abort();
  }
  return 0;
}
