#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "waywarden/io/detail/byte_stream.h"
#include "waywarden/io/detail/text_check.h"

namespace waywarden::detail {
namespace {

constexpr std::string_view kSeparators = ",;\t |:";
constexpr std::size_t kMostRemarks = 1000;

/// One record as GDAL cuts it: it goes on over line ends as long as the quotes seen are odd in number.
struct Record {
  std::array<std::size_t, kSeparators.size()> separators{};
  bool blank = true;
  bool nul = false;
  /// A line end was swallowed after a quote that does not stand where a cell begins.
  bool stray_quote = false;
  bool unclosed = false;
};

class RecordReader {
 public:
  explicit RecordReader(const std::string& path) : bytes_(path) {}

  std::optional<Record> next() {
    Record record;
    bool quoted = false, opened_inside = false, any = false;
    char before = '\n';
    for (std::optional<char> c = take(); c; c = take()) {
      any = true;
      const bool line_end = *c == '\n' || *c == '\r';
      if (line_end && !quoted) return finished(record, *c);
      if (line_end) record.stray_quote = record.stray_quote || opened_inside;
      if (*c == '"') {
        opened_inside = !quoted && !begins_cell(before);
        quoted = !quoted;
      }
      note(record, *c, quoted);
      before = *c;
    }
    if (!any) return std::nullopt;
    record.unclosed = quoted;
    return record;
  }

 private:
  static bool begins_cell(char before) {
    return before == '\n' || before == '"' || kSeparators.find(before) != std::string_view::npos;
  }

  static void note(Record& record, char c, bool quoted) {
    record.blank = false;
    record.nul = record.nul || c == '\0';
    const auto separator = kSeparators.find(c);
    if (!quoted && separator != std::string_view::npos) ++record.separators[separator];
  }

  Record finished(const Record& record, char line_end) {
    if (line_end != '\r') return record;
    if (const auto after = bytes_.next(); after && *after != '\n') pushed_back_ = after;
    return record;
  }

  std::optional<char> take() {
    if (!pushed_back_) return bytes_.next();
    const auto c = pushed_back_;
    pushed_back_.reset();
    return c;
  }

  ByteStream bytes_;
  std::optional<char> pushed_back_;
};

std::string cell_trouble(std::size_t cells, std::size_t columns) {
  if (cells > columns) return "more cells than columns: those past the last are not read";
  return cells < columns ? "fewer cells than columns: the rest is missing" : "";
}

class CsvCheck {
 public:
  CsvCheck(std::size_t columns, bool has_header) : columns_(columns), header_due_(has_header) {}

  void take(const Record& record) {
    if (record.blank) return;
    if (!separator_known_) learn(record);
    if (header_due_) {
      header_due_ = false;
      return;
    }
    ++row_;
    if (record.nul) remark("text holds a NUL: the rest of the row is not read");
    if (record.unclosed)
      remark("a quote is opened and never closed: the rest of the file is in one cell");
    else if (record.stray_quote)
      remark("a quote inside a cell joins this line with those after it");
    else if (separator_)
      remark(cell_trouble(record.separators[*separator_] + 1, columns_));
  }

  std::vector<TextRemark> finish() {
    if (left_out_ > 0)
      remarks_.push_back({Outcome::doubtful, "", "more rows of uneven form", std::to_string(left_out_)});
    return std::move(remarks_);
  }

 private:
  void learn(const Record& first) {
    separator_known_ = true;
    for (std::size_t i = 0; i < kSeparators.size() && !separator_; ++i) {
      if (first.separators[i] + 1 == columns_) separator_ = i;
    }
  }

  void remark(const std::string& reason) {
    if (reason.empty()) return;
    if (remarks_.size() < kMostRemarks)
      remarks_.push_back({Outcome::doubtful, std::to_string(row_), reason, ""});
    else
      ++left_out_;
  }

  std::size_t columns_;
  bool header_due_;
  bool separator_known_ = false;
  std::optional<std::size_t> separator_;
  std::uint64_t row_ = 0, left_out_ = 0;
  std::vector<TextRemark> remarks_;
};

}  // namespace

std::vector<TextRemark> check_csv(const std::string& path, std::size_t columns, bool has_header) {
  RecordReader records(path);
  CsvCheck check(columns, has_header);
  while (const auto record = records.next()) check.take(*record);
  return check.finish();
}

}  // namespace waywarden::detail
