#include "waywarden/exchange/network_file.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "io/temporary_folder.h"
#include "network/world.h"
#include "waywarden/base/errors.h"
#include "waywarden/storage/column_file.h"

namespace waywarden {
namespace {

using test::TemporaryFolder;

/// Random roads and railways over a border, with hubs, places, posts and a row that is reported.
BuiltNetwork random_world(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> at(-2.0, 2.0), share(0.0, 1.0);
  NetworkLayers layers;
  for (const Mode mode : {Mode::road, Mode::rail}) {
    LinkLayer layer{test::table(name(mode)), mode, "speed", "oneway", "risk"};
    Column::Texts oneway;
    Column::Reals speed, risk;
    for (int i = 0; i < 8; ++i) {
      test::add_line(layer.table, "l" + std::to_string(i), {{at(random), 0}, {at(random), at(random)}});
      oneway.push_back(share(random) < 0.3 ? "1" : "");
      speed.push_back(share(random) * 100);
      risk.push_back(share(random));
    }
    layer.table.add(Column("oneway", oneway));
    layer.table.add(Column("speed", speed));
    layer.table.add(Column("risk", risk));
    test::add_point(layer.table, "odd", {0, 0});
    layer.table = layer.table.take({0, 1, 2, 3, 4, 5, 6, 7});
    layers.links.push_back(layer);
  }
  HubLayer hubs{test::table("hubs"), "", "", {Mode::road, Mode::rail}, Metres{50000}};
  PlaceLayer places{test::table("places"), "", "", "", "", "", "", {Mode::road}, Metres{50000}};
  for (int i = 0; i < 4; ++i) {
    test::add_point(hubs.table, "h" + std::to_string(i), {at(random), at(random)});
    test::add_point(places.table, "p" + std::to_string(i), {at(random), at(random)});
  }
  layers.hubs = {hubs};
  layers.places = places;
  layers.countries = test::two_countries(500);
  return build_network(layers, {}, {});
}

std::string refusal(const std::string& path) {
  try {
    load_network(path);
    return "";
  } catch (const FileError& error) {
    return error.reason();
  }
}

class EverySavedNetwork : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EverySavedNetwork, testing::Range(0U, 40U));

TEST_P(EverySavedNetwork, IsLoadedBitForBit) {
  const TemporaryFolder folder;
  const BuiltNetwork built = random_world(GetParam());
  save_network(folder / "a", built);
  const BuiltNetwork loaded = load_network(folder / "a");
  save_network(folder / "b", loaded);
  EXPECT_EQ(test::content_of(folder / "a"), test::content_of(folder / "b"));
  const NetworkColumns &a = built.network.columns(), &b = loaded.network.columns();
  EXPECT_EQ(a.node_point, b.node_point);
  EXPECT_EQ(a.tail, b.tail);
  EXPECT_EQ(a.length_m, b.length_m);
  EXPECT_EQ(a.shape_vertices, b.shape_vertices);
  EXPECT_EQ(a.sources, b.sources);
  EXPECT_EQ(a.countries, b.countries);
  EXPECT_EQ(built.network.crossings().id, loaded.network.crossings().id);
  EXPECT_EQ(built.network.hubs().modes, loaded.network.hubs().modes);
  EXPECT_EQ(built.places.access_m, loaded.places.access_m);
  EXPECT_EQ(built.report.features_read, loaded.report.features_read);
  EXPECT_EQ(built.report.summary(), loaded.report.summary());
}

TEST(NetworkFile, RefusesEveryChange) {
  const TemporaryFolder folder;
  save_network(folder / "a", random_world(1));
  const std::string content = test::content_of(folder / "a");
  for (std::size_t i = 0; i < content.size(); i += 29) {
    std::string changed = content;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    test::put(folder / "changed", changed);
    EXPECT_NE(refusal(folder / "changed"), "") << "byte " << i;
    test::put(folder / "short", content.substr(0, i));
    EXPECT_NE(refusal(folder / "short"), "") << i << " bytes";
  }
}

TEST(NetworkFile, SaysWhatAFileIsNot) {
  const TemporaryFolder folder;
  test::put(folder / "text", std::string(1000, 'x'));
  EXPECT_EQ(refusal(folder / "text"), "is not a network of Waywarden");
  EXPECT_EQ(refusal(folder / "none"), "is not there, or no file");
  write_columns(folder / "old", {"WAYNETWK", 0}, "", {});
  EXPECT_EQ(refusal(folder / "old"),
            "has version 0 of the format, and this program reads version 1: build the network again");
  EXPECT_THROW(save_network(folder / "none/a", random_world(1)), FileError);
}

/// The columns of a file again, one of them overwritten in one place, and a right checksum over all: what
/// somebody may hand over who means no good.
class Forger {
 public:
  explicit Forger(const std::string& path) : content_(test::content_of(path)) {
    std::uint64_t count = 0;
    std::memcpy(&count, content_.data() + kDirectory + 64, sizeof count);
    for (std::uint64_t i = 0; i < count; ++i) entries_.push_back(entry(i));
  }

  std::size_t columns() const { return entries_.size(); }
  std::size_t size(std::size_t column) const { return entries_[column].size; }

  void forge(const std::string& path, std::size_t column, std::size_t byte, char value) {
    std::string content = content_;
    content[entries_[column].offset + byte] = value;
    std::vector<RawColumn> raw;
    for (const Entry& e : entries_) {
      raw.push_back(
          {e.name.data(), e.item_size, std::as_bytes(std::span(content).subspan(e.offset, e.size))});
    }
    write_columns(path, {"WAYNETWK", 1}, "", raw);
  }

 private:
  static constexpr std::size_t kDirectory = 32;
  struct Entry {
    std::array<char, 24> name{};
    std::uint64_t item_size = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  Entry entry(std::size_t i) const {
    Entry entry;
    std::memcpy(static_cast<void*>(&entry), content_.data() + kDirectory + 72 + i * sizeof(Entry),
                sizeof(Entry));
    return entry;
  }

  std::string content_;
  std::vector<Entry> entries_;
};

TEST(NetworkFile, AForgedOneIsRefusedOrANetwork) {
  const TemporaryFolder folder;
  save_network(folder / "a", random_world(2));
  Forger forger(folder / "a");
  std::mt19937 random(3);
  std::size_t refused = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    const std::size_t column = random() % forger.columns();
    if (forger.size(column) == 0) continue;
    forger.forge(folder / "forged", column, random() % forger.size(column), static_cast<char>(random()));
    try {
      const BuiltNetwork loaded = load_network(folder / "forged");
      for (std::size_t e = 0; e < loaded.network.edge_count(); ++e) {
        EXPECT_GE(loaded.network.polyline(EdgeId(e)).size(), 2U);
        loaded.network.source(EdgeId(e));
        loaded.network.country(loaded.network.head(EdgeId(e)));
      }
    } catch (const FileError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 100U);
}

}  // namespace
}  // namespace waywarden
