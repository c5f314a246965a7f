#include "waywarden/hotspots/weights_files.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

/// A file of words, line by line; empty lines are left out.
class Lines {
 public:
  explicit Lines(const std::string& path) : path_(path), file_(path) {
    if (!file_) throw FileError({path, "", ""}, "cannot be opened");
  }

  bool next() {
    for (std::string line; std::getline(file_, line);) {
      ++number_;
      split(line);
      if (!words_.empty()) return true;
    }
    if (file_.bad()) throw FileError({path_, "", ""}, "cannot be read");
    words_.clear();
    return false;
  }
  const std::vector<std::string>& words() const { return words_; }
  std::size_t number() const { return number_; }

  [[noreturn]] void fail(const std::string& reason) const { fail(reason, number_); }
  [[noreturn]] void fail(const std::string& reason, std::size_t line) const {
    throw InputError({path_, "", ""}, "line " + std::to_string(line) + ": " + reason);
  }

 private:
  void split(const std::string& line) {
    words_.clear();
    for (std::size_t begin = 0; (begin = line.find_first_not_of(kBlanks, begin)) != std::string::npos;) {
      const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
      words_.push_back(line.substr(begin, end - begin));
      begin = end;
    }
  }

  std::string path_;
  std::ifstream file_;
  std::vector<std::string> words_;
  std::size_t number_ = 0;
};

template <class Number>
std::optional<Number> number_in(const std::string& word) {
  Number number{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

std::size_t count_in(const Lines& lines, const std::string& word) {
  const auto count = number_in<std::uint32_t>(word);
  if (!count) lines.fail("expected a count");
  return *count;
}

/// `n` or `0 n layer column`.
std::size_t rows_in_header(Lines& lines) {
  if (!lines.next()) lines.fail("expected the number of rows", 1);
  const auto& words = lines.words();
  if (words.size() == 1) return count_in(lines, words[0]);
  if (words.size() < 2 || words[0] != "0") lines.fail("expected the number of rows, or '0 n layer column'");
  return count_in(lines, words[1]);
}

/// Labels by position.
class Labels {
 public:
  /// False if it is there already.
  bool add(const std::string& label) {
    const auto next = static_cast<std::uint32_t>(labels_.size());
    if (!position_.emplace(label, next).second) return false;
    labels_.push_back(label);
    return true;
  }
  std::optional<std::uint32_t> find(const std::string& label) const {
    const auto found = position_.find(label);
    return found == position_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<std::string> take() { return std::move(labels_); }
  std::size_t size() const { return labels_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> position_;
  std::vector<std::string> labels_;
};

/// A neighbour by its label, with the line that names it.
struct Mention {
  std::uint32_t row = 0;
  std::string label;
  std::size_t line = 0;
};

/// The lines of one row of a GAL file.
void read_gal_row(Lines& lines, Labels& labels, std::vector<Mention>& mentions) {
  const auto words = lines.words();
  if (words.size() != 2) lines.fail("expected a label and a number of neighbours");
  if (!labels.add(words[0])) lines.fail("a row is there twice");
  const std::size_t count = count_in(lines, words[1]), begun = lines.number();
  if (count == 0) return;
  if (!lines.next()) lines.fail("expected the neighbours of a row", begun);
  if (lines.words().size() != count) lines.fail("expected as many neighbours as the line before says");
  const auto row = static_cast<std::uint32_t>(labels.size() - 1);
  for (const std::string& label : lines.words()) mentions.push_back({row, label, lines.number()});
}

std::vector<std::vector<std::uint32_t>> resolved(const Lines& lines, const Labels& labels,
                                                 const std::vector<Mention>& mentions) {
  std::vector<std::vector<std::uint32_t>> lists(labels.size());
  for (const Mention& mention : mentions) {
    const auto neighbour = labels.find(mention.label);
    if (!neighbour) lines.fail("a neighbour has no row", mention.line);
    auto& list = lists[mention.row];
    if (std::find(list.begin(), list.end(), *neighbour) != list.end())
      lines.fail("a neighbour is there twice", mention.line);
    list.push_back(*neighbour);
  }
  return lists;
}

struct Pair {
  std::uint32_t row = 0, neighbour = 0;
  double weight = 0.0;
  std::size_t line = 0;

  friend constexpr auto operator<=>(const Pair&, const Pair&) = default;
};

Pair pair_in(const Lines& lines, Labels& labels, bool labels_are_given) {
  const auto& words = lines.words();
  if (words.size() != 3) lines.fail("expected two labels and a weight");
  const auto position = [&](const std::string& label) {
    if (!labels_are_given) labels.add(label);
    const auto found = labels.find(label);
    if (!found) lines.fail("a label is none of those given");
    return *found;
  };
  const std::uint32_t row = position(words[0]), neighbour = position(words[1]);
  const auto weight = number_in<double>(words[2]);
  if (!weight || !(*weight >= 0.0 && *weight <= 1e100))
    lines.fail("expected a weight that is not negative, at most 1e100");
  return {row, neighbour, *weight, lines.number()};
}

Weights from_pairs(const Lines& lines, std::vector<Pair> pairs, std::size_t rows) {
  std::sort(pairs.begin(), pairs.end());
  Weights weights;
  weights.first.assign(rows + 1, 0);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool again =
        i > 0 && pairs[i].row == pairs[i - 1].row && pairs[i].neighbour == pairs[i - 1].neighbour;
    if (again) lines.fail("a neighbour is there twice", std::max(pairs[i].line, pairs[i - 1].line));
    ++weights.first[pairs[i].row + 1];
    weights.neighbour.push_back(pairs[i].neighbour);
    weights.weight.push_back(pairs[i].weight);
  }
  for (std::size_t i = 0; i < rows; ++i) weights.first[i + 1] += weights.first[i];
  return weights;
}

void require_writable(const LabelledWeights& weights) {
  require_valid(weights.weights);
  if (weights.labels.size() != weights.weights.size()) throw InputError("there must be one label per row");
  Labels labels;
  for (std::size_t i = 0; i < weights.labels.size(); ++i) {
    const std::string& label = weights.labels[i];
    const std::string row = "the label of row " + std::to_string(i);
    if (label.empty() || label.find_first_of(kBlanks) != std::string::npos)
      throw InputError(row + " is empty or has a blank");
    if (!labels.add(label)) throw InputError(row + " is there twice");
  }
}

std::string written(double number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return {digits, end};
}

void save(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw FileError({path, "", ""}, "cannot be written");
}

}  // namespace

LabelledWeights read_gal(const std::string& path) {
  Lines lines(path);
  const std::size_t rows = rows_in_header(lines);
  Labels labels;
  std::vector<Mention> mentions;
  while (lines.next()) {
    if (labels.size() == rows) lines.fail("there are more rows than the first line says");
    read_gal_row(lines, labels, mentions);
  }
  if (labels.size() < rows) lines.fail("there are fewer rows than the first line says");
  auto lists = resolved(lines, labels, mentions);
  return {binary_weights(std::move(lists)), labels.take()};
}

LabelledWeights read_gwt(const std::string& path, std::span<const std::string> given) {
  Lines lines(path);
  const std::size_t rows = rows_in_header(lines);
  Labels labels;
  for (const std::string& label : given) {
    if (!labels.add(label)) throw InputError("a label is given twice");
  }
  std::vector<Pair> pairs;
  while (lines.next()) {
    pairs.push_back(pair_in(lines, labels, !given.empty()));
    if (labels.size() > rows) lines.fail("there are more rows than the first line says");
  }
  if (!given.empty() && labels.size() != rows)
    lines.fail("there are not as many rows as labels were given", 1);
  return {from_pairs(lines, std::move(pairs), labels.size()), labels.take()};
}

void write_gal(const std::string& path, const LabelledWeights& weights) {
  require_writable(weights);
  const Weights& w = weights.weights;
  if (!std::all_of(w.weight.begin(), w.weight.end(), [](double weight) { return weight == 1.0; }))
    throw InputError("GAL holds who is a neighbour, not weights other than 1");
  std::string text = "0 " + std::to_string(w.size()) + " unknown unknown\n";
  for (std::size_t i = 0; i < w.size(); ++i) {
    text += weights.labels[i] + " " + std::to_string(w.neighbours(i).size()) + "\n";
    std::string_view gap;
    for (const std::uint32_t j : w.neighbours(i)) {
      text.append(gap).append(weights.labels[j]);
      gap = " ";
    }
    text += "\n";
  }
  save(path, text);
}

void write_gwt(const std::string& path, const LabelledWeights& weights) {
  require_writable(weights);
  const Weights& w = weights.weights;
  std::string text = "0 " + std::to_string(w.size()) + " unknown unknown\n";
  for (std::size_t i = 0; i < w.size(); ++i) {
    for (std::size_t e = w.first[i]; e < w.first[i + 1]; ++e)
      text += weights.labels[i] + " " + weights.labels[w.neighbour[e]] + " " + written(w.weight_at(e)) + "\n";
  }
  save(path, text);
}

}  // namespace waywarden
