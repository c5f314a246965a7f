#pragma once

/// Text as people write it, without what does not count.

#include <string>
#include <string_view>

namespace waywarden::detail {

/// Without blanks at either end.
inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Letters (in lower case) and digits only: "Forced labour" and "ForcedLabour" are the same.
inline std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

}  // namespace waywarden::detail
