#pragma once

/// Which outcomes of a test count as extreme.

#include <cstdint>
#include <string>

namespace waywarden {

enum class Alternative : std::uint8_t {
  two_sided,  ///< either
  greater,    ///< as large as the observed one, or larger
  less,       ///< as small, or smaller
};

/// "two-sided", "greater", "less".
std::string name(Alternative alternative);

}  // namespace waywarden
