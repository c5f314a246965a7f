#include "waywarden/hotspots/weights_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// A file that goes when the test is over.
class WeightsFile : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  const std::string& holding(const std::string& text) {
    std::ofstream(path_) << text;
    return path_;
  }
  /// What reading it complains of.
  template <class Read>
  std::string complaint(const std::string& text, const Read& read) {
    try {
      read(holding(text));
    } catch (const InputError& error) {
      EXPECT_EQ(error.where().file, path_);
      return error.reason();
    }
    return "";
  }
  std::string gal_complaint(const std::string& text) {
    return complaint(text, [](const std::string& path) { return read_gal(path); });
  }
  std::string gwt_complaint(const std::string& text, std::vector<std::string> labels = {}) {
    return complaint(text, [&](const std::string& path) { return read_gwt(path, labels); });
  }

  std::string path_ =
      (std::filesystem::temp_directory_path() / ("weights_" + std::to_string(getpid()))).string();
};

const LabelledWeights kThree = {binary_weights({{1, 2}, {0}, {0}, {}}), {"a", "b", "c7", "alone"}};

TEST_F(WeightsFile, GalReadsBackTheSame) {
  write_gal(path_, kThree);
  EXPECT_EQ(read_gal(path_), kThree);
}

TEST_F(WeightsFile, GalOfOthersIsRead) {
  // As spdep, GeoDa and PySAL write: a short head, no line for an island's neighbours, Windows line ends.
  EXPECT_EQ(read_gal(holding("4\na 2\nb c7\nb 1\na\nc7 1\na\nalone 0\n")), kThree);
  EXPECT_EQ(read_gal(holding("0 4 x.shp ID\r\na 2\r\nc7 b\r\nb 1\r\na\r\nc7 1\r\na\r\nalone 0\r\n\r\n")),
            kThree);
}

TEST_F(WeightsFile, GwtReadsBackTheSameToTheLastBit) {
  LabelledWeights weights = kThree;
  weights.weights.weight = {0.1, 1.0 / 3.0, 1e-300, 7.0};
  write_gwt(path_, weights);
  EXPECT_EQ(read_gwt(path_, weights.labels), weights);
  // Islands are not in the file.
  EXPECT_EQ(read_gwt(path_).labels, (std::vector<std::string>{"a", "b", "c7"}));
}

TEST_F(WeightsFile, GalSaysWhichLineIsWrong) {
  EXPECT_EQ(gal_complaint(""), "line 1: expected the number of rows");
  EXPECT_EQ(gal_complaint("x\n"), "line 1: expected a count");
  EXPECT_EQ(gal_complaint("2\na 1\nb\nb 1\nc\n"), "line 5: a neighbour has no row");
  EXPECT_EQ(gal_complaint("2\na 2\nb b\nb 0\n"), "line 3: a neighbour is there twice");
  EXPECT_EQ(gal_complaint("2\na 2\nb\n"), "line 3: expected as many neighbours as the line before says");
  EXPECT_EQ(gal_complaint("2\na 0\na 0\n"), "line 3: a row is there twice");
  EXPECT_EQ(gal_complaint("1\na 0\nb 0\n"), "line 3: there are more rows than the first line says");
  EXPECT_EQ(gal_complaint("3\na 0\nb 0\n"), "line 3: there are fewer rows than the first line says");
  EXPECT_EQ(gal_complaint("1\na -1\n"), "line 2: expected a count");
  EXPECT_EQ(gal_complaint("2\na 1\n"), "line 2: expected the neighbours of a row");
  EXPECT_EQ(gal_complaint("1\na\n"), "line 2: expected a label and a number of neighbours");
}

TEST_F(WeightsFile, GwtSaysWhichLineIsWrong) {
  EXPECT_EQ(gwt_complaint("0 2 x y\na b 1\na b 2\n"), "line 3: a neighbour is there twice");
  EXPECT_EQ(gwt_complaint("0 2 x y\na b -1\n"),
            "line 2: expected a weight that is not negative, at most 1e100");
  EXPECT_EQ(gwt_complaint("0 2 x y\na b nan\n"),
            "line 2: expected a weight that is not negative, at most 1e100");
  EXPECT_EQ(gwt_complaint("0 2 x y\na b\n"), "line 2: expected two labels and a weight");
  EXPECT_EQ(gwt_complaint("0 2 x y\na b 1\nb c 1\n"), "line 3: there are more rows than the first line says");
  EXPECT_EQ(gwt_complaint("0 2 x y\na c 1\n", {"a", "b"}), "line 2: a label is none of those given");
  EXPECT_EQ(gwt_complaint("0 3 x y\na b 1\n", {"a", "b"}),
            "line 1: there are not as many rows as labels were given");
}

TEST_F(WeightsFile, NothingIsWrittenThatWouldNotReadBack) {
  LabelledWeights bad = kThree;
  bad.labels[1] = "two words";
  EXPECT_THROW(write_gal(path_, bad), InputError);
  bad.labels[1] = "a";
  EXPECT_THROW(write_gwt(path_, bad), InputError);
  bad.labels.pop_back();
  EXPECT_THROW(write_gwt(path_, bad), InputError);
  LabelledWeights half = kThree;
  half.weights.weight.assign(4, 0.5);
  EXPECT_THROW(write_gal(path_, half), InputError);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(WeightsFile, MissingFilesAndFoldersAreNamed) {
  EXPECT_THROW(read_gal(path_ + "/none"), FileError);
  EXPECT_THROW(write_gal(path_ + "/none", kThree), FileError);
}

}  // namespace
}  // namespace waywarden
