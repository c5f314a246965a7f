#include "waywarden/network/mode.h"

#include <algorithm>

namespace waywarden {

std::optional<Mode> mode_named(std::string_view word) {
  const auto* found = std::find(kModeNames.begin(), kModeNames.end(), word);
  if (found == kModeNames.end()) return std::nullopt;
  return static_cast<Mode>(found - kModeNames.begin());
}

}  // namespace waywarden
