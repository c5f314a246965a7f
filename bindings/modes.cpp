#include "modes.h"

#include "waywarden/base/errors.h"

namespace waywarden::bindings {

Mode mode_in(const std::string& word) {
  if (const auto mode = mode_named(word)) return *mode;
  std::string list;
  for (const std::string_view mode : kModeNames) list += (list.empty() ? "" : ", ") + std::string(mode);
  throw OptionError("no mode '" + word + "'; there are: " + list);
}

std::vector<Mode> modes_in(const std::vector<std::string>& words) {
  std::vector<Mode> modes;
  for (const std::string& word : words) modes.push_back(mode_in(word));
  return modes;
}

std::vector<std::string> modes_out(const std::vector<Mode>& modes) {
  std::vector<std::string> words;
  for (const Mode mode : modes) words.push_back(name(mode));
  return words;
}

ModeValues mode_values_in(const std::map<std::string, double>& named, ModeValues defaults) {
  for (const auto& [word, value] : named) defaults[static_cast<std::size_t>(mode_in(word))] = value;
  return defaults;
}

std::map<std::string, double> mode_values_out(const ModeValues& values) {
  std::map<std::string, double> named;
  for (std::size_t i = 0; i < kModeCount; ++i) named[std::string(kModeNames[i])] = values[i];
  return named;
}

}  // namespace waywarden::bindings
