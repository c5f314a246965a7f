#pragma once

/// Which engine this is.

#include <string>

namespace waywarden {

/// "major.minor.patch" (Semantic Versioning 2.0.0).
std::string engine_version();

}  // namespace waywarden
