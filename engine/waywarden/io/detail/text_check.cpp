#include "waywarden/io/detail/text_check.h"

#include <string_view>

#include "waywarden/io/detail/byte_stream.h"

namespace waywarden::detail {
namespace {

/// Follows JSON just far enough to count the members of the outermost `features`.
class FeatureCounter {
 public:
  void take(char c) {
    if (in_text_) return take_text(c);
    if (c == '"') {
      in_text_ = true;
      text_.clear();
    } else if (c == '{' || c == '[') {
      open(c);
    } else if (c == '}' || c == ']') {
      close();
    } else if (c == ',') {
      member_due_ = inside_features();
    } else if (c == ':' && depth_ == 1) {
      features_next_ = text_ == "features";
    } else if (!is_blank(c) && member_due_) {
      begin_member();
    }
  }

  std::uint64_t members() const { return members_; }
  std::uint64_t nuls() const { return nuls_; }

 private:
  static constexpr std::size_t kLongestKept = 16;

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  bool inside_features() const { return in_features_ && depth_ == 2; }

  void begin_member() {
    ++members_;
    member_due_ = false;
  }

  void take_text(char c) {
    if (escape_ > 0) return take_escape(c);
    if (c == '\\') escape_ = 1;
    if (c != '"') {
      if (text_.size() < kLongestKept) text_ += c;
      return;
    }
    in_text_ = false;
    if (member_due_) begin_member();
  }

  /// After a backslash: one character, or `u` and four.
  void take_escape(char c) {
    if (escape_ == 1 && c != 'u') {
      escape_ = 0;
      return;
    }
    zeros_ = escape_ == 1 ? 0 : zeros_ + (c == '0' ? 1 : 0);
    escape_ = escape_ == 5 ? 0 : escape_ + 1;
    if (escape_ == 0 && zeros_ == 4) ++nuls_;
  }

  void open(char c) {
    if (member_due_) begin_member();
    ++depth_;
    if (depth_ == 2 && c == '[' && features_next_) {
      in_features_ = true;
      member_due_ = true;
    }
    if (depth_ == 2) features_next_ = false;
  }

  void close() {
    if (depth_ == 2) in_features_ = member_due_ = false;
    if (depth_ > 0) --depth_;
  }

  std::string text_;
  std::uint64_t depth_ = 0, members_ = 0, nuls_ = 0;
  int escape_ = 0, zeros_ = 0;
  bool in_text_ = false, features_next_ = false, in_features_ = false, member_due_ = false;
};

/// How often a tag is opened, under whatever prefix.
std::uint64_t count_tags(const std::string& path, std::string_view tag) {
  ByteStream bytes(path);
  std::uint64_t count = 0;
  std::string name;
  bool in_name = false;
  for (auto c = bytes.next(); c; c = bytes.next()) {
    if (*c == '<' || (in_name && *c == ':')) {
      in_name = true;
      name.clear();
    } else if (in_name && (*c == '>' || *c == ' ' || *c == '\n' || *c == '\t' || *c == '/')) {
      count += name == tag;
      in_name = false;
    } else if (in_name && name.size() <= tag.size()) {
      name += *c;
    }
  }
  return count;
}

}  // namespace

std::vector<TextRemark> check_geojson(const std::string& path, std::uint64_t features) {
  ByteStream bytes(path);
  FeatureCounter counter;
  for (auto c = bytes.next(); c; c = bytes.next()) counter.take(*c);
  std::vector<TextRemark> remarks;
  if (counter.members() > features)
    remarks.push_back({Outcome::skipped, "", "members of the collection that are no features",
                       std::to_string(counter.members() - features)});
  if (counter.nuls() > 0)
    remarks.push_back(
        {Outcome::doubtful, "", "text holds NULs: it ends there", std::to_string(counter.nuls())});
  return remarks;
}

std::vector<TextRemark> check_kml(const std::string& path) {
  const std::uint64_t links = count_tags(path, "NetworkLink");
  if (links == 0) return {};
  return {{Outcome::skipped, "", "links to other documents are not followed", std::to_string(links)}};
}

}  // namespace waywarden::detail
