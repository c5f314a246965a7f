#include "waywarden/study/toml_table.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string_view>
#include <type_traits>

#include <toml++/toml.h>

namespace waywarden {
namespace {

std::string position_text(const std::string& key, std::size_t line, std::size_t column) {
  return (key.empty() ? "" : "key '" + key + "', ") + "line " + std::to_string(line) + ", column " +
         std::to_string(column) + ": ";
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string range_text(Range range) {
  std::ostringstream text;
  if (range.low == kPositive.low) {
    text << "above 0";
  } else if (std::isfinite(range.low)) {
    text << "at least " << range.low;
  }
  if (std::isfinite(range.high)) text << (text.str().empty() ? "" : " and ") << "at most " << range.high;
  return text.str();
}

}  // namespace

StudyError::StudyError(const std::string& file, const std::string& key, std::size_t line, std::size_t column,
                       const std::string& reason)
    : InputError({file, "", ""}, position_text(key, line, column) + reason),
      key_(key),
      line_(line),
      column_(column) {}

struct TomlTable::Impl {
  /// Keeps the whole document alive.
  std::shared_ptr<const toml::table> document;
  const toml::table* table = nullptr;
  std::string file;
  /// "network." in front of keys in messages.
  std::string prefix;
  /// Shared by all tables of a document.
  std::shared_ptr<std::map<std::string, std::string>> effective;
  mutable std::set<std::string> used;
  mutable std::vector<std::shared_ptr<const Impl>> children;

  const toml::node* find(const std::string& key) const {
    used.insert(key);
    return table->get(key);
  }

  [[noreturn]] void fail_at(const toml::source_region& region, const std::string& key,
                            const std::string& reason) const {
    throw StudyError(file, prefix + key, region.begin.line, region.begin.column, reason);
  }

  std::shared_ptr<const Impl> child(const toml::table& inner, const std::string& name) const {
    auto made = std::make_shared<Impl>();
    made->document = document;
    made->effective = effective;
    made->table = &inner;
    made->file = file;
    made->prefix = prefix + name + ".";
    children.push_back(made);
    return made;
  }

  template <class Value>
  Value noted(const std::string& key, Value value) const {
    std::ostringstream text;
    text.precision(17);
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
      text << listed(value);
    } else if constexpr (std::is_same_v<Value, bool>) {
      text << (value ? "true" : "false");
    } else {
      text << value;
    }
    const bool path = key == "file";
    (*effective)[prefix + key] = path ? std::filesystem::path(text.str()).filename().string() : text.str();
    return value;
  }

  std::string text_of(const toml::node& node, const std::string& key) const {
    const auto value = node.value_exact<std::string>();
    if (!value) fail_at(node.source(), key, "must be a text in quotes");
    return *value;
  }

  std::string word_of(const toml::node& node, const std::string& key,
                      const std::vector<std::string>& allowed) const {
    std::string word = text_of(node, key);
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return word;
    fail_at(node.source(), key, "must be one of: " + listed(allowed));
  }

  double number_of(const toml::node& node, const std::string& key, Range range) const {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value)) fail_at(node.source(), key, "must be a number");
    if (*value < range.low || *value > range.high)
      fail_at(node.source(), key, "must be " + range_text(range));
    return *value;
  }
};

namespace {

std::shared_ptr<TomlTable::Impl> parsed(const std::string& text, const std::string& name) {
  auto impl = std::make_shared<TomlTable::Impl>();
  try {
    impl->document = std::make_shared<const toml::table>(toml::parse(std::string_view(text)));
  } catch (const toml::parse_error& error) {
    throw StudyError(name, "", error.source().begin.line, error.source().begin.column,
                     std::string(error.description()));
  }
  impl->table = impl->document.get();
  impl->effective = std::make_shared<std::map<std::string, std::string>>();
  impl->file = name;
  return impl;
}

}  // namespace

TomlTable TomlTable::parse_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw FileError({path, "", ""}, "cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return TomlTable(parsed(text.str(), path));
}

TomlTable TomlTable::parse_text(const std::string& text, const std::string& name) {
  return TomlTable(parsed(text, name));
}

bool TomlTable::has(const std::string& key) const { return impl_->table->contains(key); }

std::string TomlTable::text(const std::string& key) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) fail(key, "is missing");
  std::string value = impl_->text_of(*node, key);
  if (value.empty()) fail(key, "must not be empty");
  return impl_->noted(key, std::move(value));
}

std::string TomlTable::text(const std::string& key, const std::string& otherwise) const {
  const toml::node* node = impl_->find(key);
  return impl_->noted(key, node == nullptr ? otherwise : impl_->text_of(*node, key));
}

std::string TomlTable::word(const std::string& key, const std::string& otherwise,
                            const std::vector<std::string>& allowed) const {
  const toml::node* node = impl_->find(key);
  return impl_->noted(key, node == nullptr ? otherwise : impl_->word_of(*node, key, allowed));
}

double TomlTable::number(const std::string& key, double otherwise, Range range) const {
  const toml::node* node = impl_->find(key);
  return impl_->noted(key, node == nullptr ? otherwise : impl_->number_of(*node, key, range));
}

std::int64_t TomlTable::integer(const std::string& key, std::int64_t otherwise, Range range) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) return impl_->noted(key, otherwise);
  if (!node->is_integer()) impl_->fail_at(node->source(), key, "must be a whole number");
  impl_->number_of(*node, key, range);
  return impl_->noted(key, *node->value<std::int64_t>());
}

bool TomlTable::flag(const std::string& key, bool otherwise) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) return impl_->noted(key, otherwise);
  if (!node->is_boolean()) impl_->fail_at(node->source(), key, "must be true or false");
  return impl_->noted(key, *node->value<bool>());
}

std::vector<std::string> TomlTable::texts(const std::string& key,
                                          const std::vector<std::string>& otherwise) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) return impl_->noted(key, otherwise);
  if (!node->is_array()) impl_->fail_at(node->source(), key, "must be a list of texts");
  std::vector<std::string> values;
  for (const toml::node& item : *node->as_array()) values.push_back(impl_->text_of(item, key));
  return impl_->noted(key, std::move(values));
}

std::vector<std::string> TomlTable::words(const std::string& key, const std::vector<std::string>& otherwise,
                                          const std::vector<std::string>& allowed) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) return impl_->noted(key, otherwise);
  if (!node->is_array()) impl_->fail_at(node->source(), key, "must be a list of words");
  std::vector<std::string> values;
  for (const toml::node& item : *node->as_array()) values.push_back(impl_->word_of(item, key, allowed));
  return impl_->noted(key, std::move(values));
}

std::vector<std::pair<std::string, double>> TomlTable::numbers(const std::string& key, Range range) const {
  const std::optional<TomlTable> inner = table(key);
  std::vector<std::pair<std::string, double>> values;
  if (!inner) return values;
  for (auto&& [own, node] : *inner->impl_->table) {
    const std::string name(own.str());
    values.emplace_back(name, inner->number(name, 0.0, range));
  }
  return values;
}

std::optional<TomlTable> TomlTable::table(const std::string& key) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table())
    impl_->fail_at(node->source(), key, "must be a table: [" + impl_->prefix + key + "]");
  return TomlTable(impl_->child(*node->as_table(), key));
}

std::vector<TomlTable> TomlTable::tables(const std::string& key) const {
  const toml::node* node = impl_->find(key);
  if (node == nullptr) return {};
  if (!node->is_array_of_tables())
    impl_->fail_at(node->source(), key, "must be written [[" + impl_->prefix + key + "]]");
  std::vector<TomlTable> all;
  for (const toml::node& item : *node->as_array()) {
    const std::string position = "[" + std::to_string(all.size()) + "]";
    all.push_back(TomlTable(impl_->child(*item.as_table(), key + position)));
  }
  return all;
}

std::map<std::string, std::string> TomlTable::effective() const { return *impl_->effective; }

void TomlTable::require_all_used() const {
  for (auto&& [key, node] : *impl_->table) {
    const std::string text(key.str());
    if (!impl_->used.contains(text)) impl_->fail_at(key.source(), text, "is not an option here");
  }
  for (const auto& inner : impl_->children) TomlTable(inner).require_all_used();
}

void TomlTable::fail(const std::string& key, const std::string& reason) const {
  const toml::node* node = impl_->table->get(key);
  impl_->fail_at(node == nullptr ? impl_->table->source() : node->source(), key, reason);
}

}  // namespace waywarden
