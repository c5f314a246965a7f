#include "waywarden/io/detail/table_definition.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace waywarden::detail {
namespace {

constexpr std::array kIndexModules = {"rtree", "rtree_i32", "fts3", "fts4", "fts5"};

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '$';
}

char closing(char opening) { return opening == '[' ? ']' : opening; }

/// The token at `at`: a word in small letters, a quoted name as "?", or a single character.
std::string token(const std::string& text, std::size_t& at) {
  if (std::string("\"'`[").find(text[at]) != std::string::npos) {
    const char end = closing(text[at]);
    do {
      at = std::min(text.find(end, at + 1), text.size() - 1) + 1;
    } while (at < text.size() && text[at] == end && end != ']');
    return "?";
  }
  std::string word;
  while (at < text.size() && is_word(text[at])) {
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
  }
  return word.empty() ? std::string(1, text[at++]) : word;
}

std::vector<std::string> first_tokens(const std::string& text, std::size_t count) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; tokens.size() < count;) {
    while (at < text.size() && is_blank(text[at])) ++at;
    tokens.push_back(at < text.size() ? token(text, at) : "");
  }
  return tokens;
}

}  // namespace

bool keeps_rows_in_file(const std::string& definition) {
  const std::vector<std::string> tokens = first_tokens(definition, 6);
  if (tokens[0] != "create") return false;
  if (tokens[1] == "table") return true;
  const bool understood = tokens[1] == "virtual" && tokens[2] == "table" && tokens[4] == "using";
  return understood &&
         std::find(kIndexModules.begin(), kIndexModules.end(), tokens[5]) != kIndexModules.end();
}

}  // namespace waywarden::detail
