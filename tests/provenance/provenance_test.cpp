#include "waywarden/provenance/provenance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

Provenance example() {
  Provenance p;
  p.inputs = {{"roads", "roads.gpkg", "main", "ab", 12, false}, {"incidents", "i.csv", "", "cd", 3, true}};
  p.options = {{"flow.spread", "1.05"}, {"flow.draws", "64"}};
  p.versions = {{"waywarden", "0.1.0"}};
  p.seed = 7;
  p.assumptions = {"detections are independent"};
  return p;
}

TEST(Provenance, Text) {
  EXPECT_EQ(
      example().json().text(),
      R"({"assumptions":["detections are independent"],)"
      R"("inputs":[{"features":3,"file":"i.csv","role":"incidents","sha256":"cd","synthetic":true},)"
      R"({"features":12,"file":"roads.gpkg","layer":"main","role":"roads","sha256":"ab","synthetic":false}],)"
      R"("notes":null,"options":{"flow.draws":"64","flow.spread":"1.05"},"seed":7,)"
      R"("versions":{"waywarden":"0.1.0"}})");
}

TEST(Provenance, OrderOfInputsDoesNotMatter) {
  Provenance shuffled = example();
  std::reverse(shuffled.inputs.begin(), shuffled.inputs.end());
  EXPECT_EQ(shuffled.json().text(), example().json().text());
}

TEST(Provenance, NoFolderLeaves) {
  Provenance p = example();
  p.inputs[0].file = "/home/somebody/secret case/roads.gpkg";
  p.inputs[1].file = "C:\\Users\\somebody\\i.csv";
  EXPECT_EQ(p.json().text(), example().json().text());
}

TEST(Provenance, NoSeedIsNull) {
  Provenance p;
  EXPECT_NE(p.json().text().find("\"seed\":null"), std::string::npos);
}

TEST(Provenance, InputRecordKeepsNameAndDigest) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "waywarden_provenance_test.csv").string();
  std::ofstream(path, std::ios::binary) << "abc";
  const InputRecord record = input_record("roads", path, "main");
  std::remove(path.c_str());
  EXPECT_EQ(record.file, "waywarden_provenance_test.csv");
  EXPECT_EQ(record.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(record.layer, "main");
  EXPECT_THROW(input_record("roads", path), FileError);
}

}  // namespace
}  // namespace waywarden
