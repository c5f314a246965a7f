#include "waywarden/privacy/draft.h"

namespace waywarden {

std::string name(Origin origin) {
  constexpr const char* kNames[] = {"observed", "modelled", "synthetic"};
  return kNames[static_cast<std::size_t>(origin)];
}

Table context_table(FeatureTable features, std::string title, Origin origin) {
  Table table;
  table.features = std::move(features);
  table.title = std::move(title);
  table.origin = origin;
  return table;
}

}  // namespace waywarden
