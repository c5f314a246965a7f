#pragma once

/// Released tables in the form in which files hold them.

#include <set>
#include <string>

#include "waywarden/features/feature_table.h"
#include "waywarden/privacy/release.h"

namespace waywarden::detail {

/// With the columns `id` and `data` (write.h), all names unique, letter case not counting. Throws
/// `InputError` for numbers and vertices that are not finite.
FeatureTable outgoing(const ReleasedTable& table);

/// In longitude and latitude on WGS 84. Throws `CrsError` where that cannot be.
FeatureTable in_degrees(FeatureTable table);

/// A name that is not taken; it is then. Names that differ only in the case of letters count as the same.
class UniqueNames {
 public:
  std::string take(const std::string& wanted);
  bool taken(const std::string& name) const;

 private:
  std::set<std::string> taken_;
};

/// What a person should know of figures before using them: origin of the figures, and the rule it left by.
std::string description(Origin figures, const DisclosureAccount& account);

}  // namespace waywarden::detail
