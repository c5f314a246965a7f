#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "io/temporary_folder.h"

namespace waywarden::test {

/// Shapefiles written byte by byte, so that each byte can be wrong on purpose (ESRI 1998; dBASE III).
class Bytes {
 public:
  Bytes& big(std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) text_ += static_cast<char>(value >> shift & 0xFF);
    return *this;
  }
  Bytes& little(std::uint32_t value) {
    for (int shift = 0; shift <= 24; shift += 8) text_ += static_cast<char>(value >> shift & 0xFF);
    return *this;
  }
  Bytes& real(double value) {
    char raw[8];
    std::memcpy(raw, &value, 8);
    text_.append(raw, 8);
    return *this;
  }
  Bytes& text(const std::string& value) {
    text_ += value;
    return *this;
  }
  std::string padded(std::size_t length) const {
    return (text_ + std::string(length, '\0')).substr(0, length);
  }
  const std::string& get() const { return text_; }

 private:
  std::string text_;
};

inline std::string shape_header(std::size_t bytes) {
  Bytes b;
  b.big(9994).text(std::string(20, '\0')).big(static_cast<std::uint32_t>(bytes / 2)).little(1000).little(3);
  b.real(0).real(0).real(10).real(10).text(std::string(32, '\0'));
  return b.get();
}

/// Where the contents of the first two records of put_good begin.
inline constexpr std::size_t kFirstRecord = 108, kSecondRecord = 196;

/// Content of a line record with two vertices: 80 bytes.
inline std::string line_content(double x) {
  Bytes b;
  b.little(3).real(x).real(0).real(x + 1).real(1).little(1).little(2).little(0);
  b.real(x).real(0).real(x + 1).real(1);
  return b.get();
}

inline void put_shapes(const std::string& stem, const std::vector<std::string>& contents) {
  std::string shp, shx;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const auto words = static_cast<std::uint32_t>(contents[i].size() / 2);
    shx += Bytes().big(static_cast<std::uint32_t>((100 + shp.size()) / 2)).big(words).get();
    shp += Bytes().big(static_cast<std::uint32_t>(i + 1)).big(words).get() + contents[i];
  }
  put(stem + ".shp", shape_header(100 + shp.size()) + shp);
  put(stem + ".shx", shape_header(100 + shx.size()) + shx);
}

/// A table with one numeric field "n" (N 8.0) and one text field "t" (C 4); each row is its 13 bytes.
inline void put_rows(const std::string& stem, const std::vector<std::string>& rows, std::uint32_t announced) {
  Bytes b;
  b.text("\x03\x7B\x01\x01").little(announced);
  b.text(std::string("\x61\x00\x0D\x00", 4)).text(std::string(20, '\0'));
  b.text(Bytes().text("n").padded(11))
      .text("N")
      .text(std::string(4, '\0'))
      .text("\x08")
      .text(std::string(15, '\0'));
  b.text(Bytes().text("t").padded(11))
      .text("C")
      .text(std::string(4, '\0'))
      .text("\x04")
      .text(std::string(15, '\0'));
  b.text("\x0D");
  for (const std::string& row : rows) b.text(row);
  put(stem + ".dbf", b.get() + "\x1A");
}

inline std::string row(const std::string& number, const std::string& name = "road", char mark = ' ') {
  return mark + (std::string(8, ' ') + number).substr(number.size()) +
         (name + std::string(4, ' ')).substr(0, 4);
}

inline void put_wgs84(const std::string& stem) {
  put(stem + ".prj",
      "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
      "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]");
}

/// Three lines with rows 1 to 3, all in order.
inline void put_good(const std::string& stem) {
  put_shapes(stem, {line_content(0), line_content(2), line_content(4)});
  put_rows(stem, {row("1"), row("2"), row("3")}, 3);
  put_wgs84(stem);
}

/// Changes bytes of a file in place.
inline void overwrite(const std::string& file, std::size_t at, const std::string& bytes) {
  std::string content = content_of(file);
  content.replace(at, bytes.size(), bytes);
  put(file, content);
}

}  // namespace waywarden::test
