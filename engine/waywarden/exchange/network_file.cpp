#include "waywarden/exchange/network_file.h"

#include <deque>
#include <type_traits>

#include "waywarden/base/errors.h"
#include "waywarden/exchange/detail/built_columns.h"
#include "waywarden/storage/column_file.h"

namespace waywarden {
namespace {

/// The version goes up with every change of what the columns are or mean.
constexpr ColumnFileKind kKind{"WAYNETWK", 1, "a network", "build the network again"};

using Texts = std::vector<std::string>;

/// Texts as one, and where each of them ends.
struct PackedTexts {
  explicit PackedTexts(const Texts& texts) {
    for (const std::string& text : texts) {
      letters += text;
      ends.push_back(letters.size());
    }
  }
  std::string letters;
  std::vector<std::uint64_t> ends;
};

std::string name_of_ends(std::string_view name) { return std::string(name) + "_ends"; }

/// The columns to write; keeps what they refer to.
class Outgoing {
 public:
  template <class Item>
  void operator()(std::string_view name, const std::vector<Item>& column) {
    static_assert(std::is_trivially_copyable_v<Item>);
    columns_.push_back(raw_column(name, std::span<const Item>(column)));
  }

  void operator()(std::string_view name, const Texts& column) {
    const PackedTexts& texts = texts_.emplace_back(column);
    const std::string& ends = names_.emplace_back(name_of_ends(name));
    columns_.push_back(raw_column(name, std::span<const char>(texts.letters)));
    columns_.push_back(raw_column(ends, std::span<const std::uint64_t>(texts.ends)));
  }

  std::span<const RawColumn> columns() const { return columns_; }

 private:
  // Those that grow must not move what the columns refer to.
  std::deque<PackedTexts> texts_;
  std::deque<std::string> names_;
  std::vector<RawColumn> columns_;
};

class Incoming {
 public:
  explicit Incoming(const ColumnFile& file) : file_(file) {}

  template <class Item>
  void operator()(std::string_view name, std::vector<Item>& column) const {
    const auto items = file_.column<Item>(name);
    column.assign(items.begin(), items.end());
  }

  void operator()(std::string_view name, Texts& column) const {
    const auto letters = file_.column<char>(name);
    std::size_t begin = 0;
    for (const std::uint64_t end : file_.column<std::uint64_t>(name_of_ends(name))) {
      if (end < begin || end > letters.size()) file_.refuse("is damaged: a text has no end");
      column.emplace_back(letters.begin() + static_cast<std::ptrdiff_t>(begin),
                          letters.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
    }
  }

 private:
  const ColumnFile& file_;
};

detail::BuiltColumns read_columns(const ColumnFile& file) {
  detail::BuiltColumns columns;
  const Incoming take(file);
  detail::for_each_network_column(columns.network, take);
  detail::for_each_crossing_column(columns.crossings, take);
  detail::for_each_hub_column(columns.hubs, take);
  detail::for_each_place_column(columns.places, take);
  detail::for_each_list_column(columns.lists, take);
  return columns;
}

}  // namespace

void save_network(const std::string& path, const BuiltNetwork& built) {
  const detail::ListColumns lists = detail::list_columns(built);
  Outgoing take;
  detail::for_each_network_column(built.network.columns(), take);
  detail::for_each_crossing_column(built.network.crossings(), take);
  detail::for_each_hub_column(built.network.hubs(), take);
  detail::for_each_place_column(built.places, take);
  detail::for_each_list_column(lists, take);
  write_columns(path, kKind, "", take.columns());
}

BuiltNetwork load_network(const std::string& path) {
  const ColumnFile file(path, kKind);
  detail::BuiltColumns columns = read_columns(file);
  const std::string_view defect = detail::defect(columns);
  if (!defect.empty()) file.refuse("is damaged: " + std::string(defect));
  try {
    return detail::built_network(std::move(columns));
  } catch (const OptionError& error) {
    file.refuse("is damaged: " + error.reason());
  }
}

}  // namespace waywarden
