#include "waywarden/incidents/detail/angle_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace waywarden::detail {
namespace {

enum class Kind : unsigned char { number, degrees, minutes, seconds, letter, comma, blank };

struct Token {
  Kind kind;
  double value = 0.0;
  int decimals = 0;
  bool negative = false;
  char letter = ' ';
};

/// Marks and words in use, the longer before the shorter that they begin with. A doubled apostrophe is a mark
/// of seconds. The letters are those of English, French, Spanish and Portuguese; "O" (oeste, ouest, but also
/// the German Osten) is none, because it says two things.
constexpr std::array<std::pair<std::string_view, Kind>, 37> kMarks = {{
    {"degrees", Kind::degrees}, {"degree", Kind::degrees}, {"deg.", Kind::degrees}, {"deg", Kind::degrees},
    {"°", Kind::degrees},       {"º", Kind::degrees},      {"˚", Kind::degrees},    {"*", Kind::degrees},
    {"minutes", Kind::minutes}, {"minute", Kind::minutes}, {"min.", Kind::minutes}, {"min", Kind::minutes},
    {"seconds", Kind::seconds}, {"second", Kind::seconds}, {"sec.", Kind::seconds}, {"sec", Kind::seconds},
    {"''", Kind::seconds},      {"′′", Kind::seconds},     {"’’", Kind::seconds},   {"´´", Kind::seconds},
    {"\"", Kind::seconds},      {"″", Kind::seconds},      {"”", Kind::seconds},    {"“", Kind::seconds},
    {"'", Kind::minutes},       {"′", Kind::minutes},      {"’", Kind::minutes},    {"‘", Kind::minutes},
    {"´", Kind::minutes},       {"`", Kind::minutes},      {"\u00A0", Kind::blank}, {"\u2009", Kind::blank},
    {"\u202F", Kind::blank},    {":", Kind::blank},        {"d", Kind::degrees},    {"m", Kind::minutes},
    {"\t", Kind::blank},
}};
constexpr std::array<std::pair<std::string_view, char>, 12> kWords = {{
    {"north", 'N'},
    {"south", 'S'},
    {"east", 'E'},
    {"west", 'W'},
    {"norte", 'N'},
    {"sur", 'S'},
    {"este", 'E'},
    {"nord", 'N'},
    {"sud", 'S'},
    {"sul", 'S'},
    {"leste", 'E'},
    {"est", 'E'},
}};
constexpr std::array<std::string_view, 4> kSkipped = {"latitude", "longitude", "lat", "lon"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// Cuts a text into tokens. Whether a comma is a decimal one is settled before, for the text as a whole.
class Tokens {
 public:
  Tokens(std::string_view text, bool decimal_comma) : text_(lower(text)), decimal_comma_(decimal_comma) {}

  std::optional<std::vector<Token>> all() {
    std::vector<Token> tokens;
    while (at_ < text_.size()) {
      const auto token = next();
      if (!token) return std::nullopt;
      if (token->kind != Kind::blank) tokens.push_back(*token);
    }
    return tokens;
  }

 private:
  std::string_view rest() const { return std::string_view(text_).substr(at_); }

  bool skip(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool number_ahead() const {
    std::string_view text = rest();
    for (const std::string_view sign : {"-", "+", "−"}) {
      if (text.starts_with(sign)) return text.size() > sign.size() && is_digit(text[sign.size()]);
    }
    return !text.empty() && is_digit(text.front());
  }

  std::optional<Token> next() {
    if (number_ahead()) return number();
    for (const std::string_view word : kSkipped) {
      if (skip(word)) return Token{Kind::blank};
    }
    for (const auto& [word, letter] : kWords) {
      if (skip(word)) return Token{Kind::letter, 0.0, 0, false, letter};
    }
    for (const auto& [mark, kind] : kMarks) {
      if (skip(mark)) return Token{kind};
    }
    return single();
  }

  std::optional<Token> single() {
    const char c = text_[at_++];
    if (std::string_view(" .()=/").find(c) != std::string_view::npos) return Token{Kind::blank};
    if (c == ',' || c == ';' || c == '|') return Token{Kind::comma};
    if (std::string_view("nsew").find(c) != std::string_view::npos)
      return Token{Kind::letter, 0.0, 0, false, static_cast<char>(c - 'a' + 'A')};
    return std::nullopt;
  }

  std::optional<Token> number() {
    Token token{Kind::number};
    token.negative = skip("-") || skip("−");
    if (!token.negative) skip("+");
    std::string digits;
    bool point = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool is_point = !point && (c == '.' || (decimal_comma_ && c == ',')) && at_ + 1 < text_.size() &&
                            is_digit(text_[at_ + 1]);
      if (!is_digit(c) && !is_point) break;
      token.decimals += point;
      point = point || is_point;
      digits += is_point ? '.' : c;
    }
    std::from_chars(digits.data(), digits.data() + digits.size(), token.value);
    return token;
  }

  std::string text_;
  bool decimal_comma_;
  std::size_t at_ = 0;
};

bool has_decimal_points(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '.' && is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
  }
  return false;
}

/// "27,71 85,32", "27,71; 85,32", "27,71, 85,32" and one "27,71": without decimal points, every number's own
/// comma stands between digits and something else parts the numbers.
bool has_decimal_commas(std::string_view text) {
  if (has_decimal_points(text)) return false;
  std::size_t inner = 0, other = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ',') continue;
    const bool between = i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    (between ? inner : other) += 1;
  }
  return inner > 0;
}

/// Puts numbers, marks and letters together to angles.
class AngleBuilder {
 public:
  bool take(const Token& token) {
    switch (token.kind) {
      case Kind::number:
        return number(token);
      case Kind::letter:
        return letter(token.letter);
      case Kind::comma:
        return flush();
      case Kind::blank:
        return true;
      default:
        return mark(token.kind);
    }
  }

  bool flush() {
    if (parts_.empty()) return letter_ == ' ';
    Angle angle;
    double scale = 1.0, unit = 1.0;
    for (const Token& part : parts_) {
      angle.degrees += part.value / scale;
      unit = std::pow(10.0, -part.decimals) / scale;
      scale *= 60.0;
    }
    if (!sound(angle.degrees)) return false;
    angle.accuracy = unit / 2.0;
    angle.sexagesimal = parts_.size() > 1;
    const bool south_or_west = letter_ == 'S' || letter_ == 'W';
    if (parts_.front().negative && letter_ != ' ') return false;
    if (parts_.front().negative || south_or_west) angle.degrees = -angle.degrees;
    if (letter_ != ' ') angle.axis = letter_ == 'N' || letter_ == 'S' ? Axis::latitude : Axis::longitude;
    angles_.push_back(angle);
    parts_.clear();
    letter_ = ' ';
    letter_first_ = false;
    return true;
  }

  std::vector<Angle> take_angles() { return std::move(angles_); }

 private:
  /// Only the last part may have decimals, and minutes and seconds stay below 60.
  bool sound(double degrees) const {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (i + 1 < parts_.size() && parts_[i].decimals > 0) return false;
      if (i > 0 && (parts_[i].negative || parts_[i].value >= 60.0)) return false;
    }
    return degrees <= 360.0;
  }

  bool number(const Token& token) {
    const bool begins_next = parts_.size() == 3 || (!parts_.empty() && parts_.back().decimals > 0) ||
                             (!parts_.empty() && token.negative);
    if (begins_next && !flush()) return false;
    parts_.push_back(token);
    return true;
  }

  bool mark(Kind kind) {
    const std::size_t place = kind == Kind::degrees ? 1 : kind == Kind::minutes ? 2 : 3;
    if (parts_.empty()) return false;
    if (place == 1 && parts_.size() > 1) {
      const Token last = parts_.back();
      parts_.pop_back();
      if (!flush()) return false;
      parts_.push_back(last);
    }
    if (place == 3 && parts_.size() == 2) parts_.insert(parts_.begin() + 1, Token{Kind::number});
    return parts_.size() == place;
  }

  bool letter(char letter) {
    if (parts_.empty()) {
      if (letter_ != ' ') return false;
      letter_ = letter;
      letter_first_ = true;
      return true;
    }
    if (letter_first_) {
      if (!flush()) return false;
      letter_ = letter;
      letter_first_ = true;
      return true;
    }
    letter_ = letter;
    return flush();
  }

  std::vector<Token> parts_;
  std::vector<Angle> angles_;
  char letter_ = ' ';
  bool letter_first_ = false;
};

}  // namespace

std::optional<std::vector<Angle>> angles_in(std::string_view text) {
  const auto tokens = Tokens(text, has_decimal_commas(text)).all();
  if (!tokens) return std::nullopt;
  AngleBuilder builder;
  for (const Token& token : *tokens) {
    if (!builder.take(token)) return std::nullopt;
  }
  if (!builder.flush()) return std::nullopt;
  return builder.take_angles();
}

}  // namespace waywarden::detail
