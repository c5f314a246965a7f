#include "waywarden/base/version.h"

namespace waywarden {

std::string engine_version() { return WAYWARDEN_VERSION; }

}  // namespace waywarden
