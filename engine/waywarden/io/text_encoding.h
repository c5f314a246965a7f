#pragma once

/// Text that should be UTF-8 and may not be: files lie about their encoding, or do not say.

#include <string>
#include <string_view>

namespace waywarden {

/// Well-formed UTF-8 by the Unicode standard's table 3-7: no overlong forms, no surrogates, nothing past
/// U+10FFFF.
bool is_utf8(std::string_view text);

/// Each byte that is not part of well-formed UTF-8 becomes U+FFFD; the rest stays.
std::string repaired_utf8(std::string_view text);

/// Text of a named encoding as UTF-8. Throws `OptionError` for an encoding that is not known here.
std::string recoded(const std::string& text, const std::string& encoding);

}  // namespace waywarden
