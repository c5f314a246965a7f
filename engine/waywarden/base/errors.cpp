#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void append(std::string& text, const char* name, const std::string& value) {
  if (value.empty()) return;
  if (!text.empty()) text += ", ";
  text += std::string(name) + " '" + value + "'";
}

std::string message(const Where& where, const std::string& reason) {
  const std::string place = where.text();
  return place.empty() ? reason : place + ": " + reason;
}

}  // namespace

std::string Where::text() const {
  std::string text;
  append(text, "file", file);
  append(text, "layer", layer);
  append(text, "feature", feature);
  return text;
}

Error::Error(Where where, const std::string& reason)
    : std::runtime_error(message(where, reason)), where_(std::move(where)), reason_(reason) {}

}  // namespace waywarden
