#include "waywarden/provenance/sha256.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr char kOfEmpty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr char kOfMillion[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

/// Examples of FIPS 180-2, appendix B, and of NIST's example values for SHA-256.
TEST(Sha256, StandardExamples) {
  EXPECT_EQ(sha256(""), kOfEmpty);
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')), kOfMillion);
}

/// Every length around the block and padding boundaries, in pieces of every size.
TEST(Sha256, PiecesDoNotMatter) {
  for (std::size_t length = 0; length <= 130; ++length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text.push_back(static_cast<char>(i * 7 + 3));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{13}, std::size_t{64}, std::size_t{65}}) {
      Sha256 hash;
      for (std::size_t i = 0; i < length; i += piece) hash.add(std::string_view(text).substr(i, piece));
      EXPECT_EQ(std::move(hash).digest(), sha256(text)) << length << " in pieces of " << piece;
    }
  }
}

TEST(Sha256, OfFiles) {
  const std::string path = (std::filesystem::temp_directory_path() / "waywarden_sha256_test.bin").string();
  std::ofstream(path, std::ios::binary) << std::string(1000000, 'a');
  EXPECT_EQ(sha256_of_file(path), kOfMillion);
  std::ofstream(path, std::ios::binary | std::ios::trunc).flush();
  EXPECT_EQ(sha256_of_file(path), kOfEmpty);
  std::remove(path.c_str());
  EXPECT_THROW(sha256_of_file(path), FileError);
}

TEST(Sha256, FoldersAreNotFiles) {
  EXPECT_THROW(sha256_of_file(std::filesystem::temp_directory_path().string()), FileError);
}

}  // namespace
}  // namespace waywarden
