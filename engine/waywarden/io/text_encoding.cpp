#include "waywarden/io/text_encoding.h"

#include <cpl_string.h>

#include <memory>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/gdal_handles.h"
#include "waywarden/io/gdal_session.h"

namespace waywarden {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
}

bool continues(std::uint8_t byte) { return byte >= 0x80 && byte <= 0xBF; }

/// The second byte of a sequence has a narrower range after some first bytes.
bool second_fits(std::uint8_t first, std::uint8_t second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return continues(second);
  }
}

/// Length of the well-formed sequence at i; 0 where there is none.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const std::uint8_t first = byte_at(text, i);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !second_fits(first, byte_at(text, i + 1))) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  for (std::size_t k = 2; k < length; ++k) {
    if (!continues(byte_at(text, i + k))) return 0;
  }
  return length;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return out;
}

std::string recoded(const std::string& text, const std::string& encoding) {
  const GdalSession session;
  const detail::Text out(CPLRecode(text.c_str(), encoding.c_str(), CPL_ENC_UTF8));
  // One undecodable byte is a warning as well; an unknown encoding leaves the bytes as they were.
  const std::string result = detail::text_of(out.get());
  if (!session.complaints().empty() && !is_utf8(result))
    throw OptionError("unknown text encoding '" + encoding + "'");
  return repaired_utf8(result);
}

}  // namespace waywarden
