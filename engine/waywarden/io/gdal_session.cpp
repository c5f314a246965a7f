#include "waywarden/io/gdal_session.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <gdal.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <mutex>
#include <string_view>

namespace waywarden {
namespace {

/// Formats whose drivers read local files and nothing else.
constexpr std::array kAllowedDrivers = {"ESRI Shapefile", "GPKG", "GeoJSON", "CSV",    "LIBKML", "KML", "GML",
                                        "FlatGeobuf",     "ODS",  "XLSX",    "Parquet"};

/// Not the name of any file: /vsicurl/, /vsis3/ and their kin then find nothing, without asking a server.
constexpr const char* kNoFile = "waywarden-opens-no-remote-file";
/// A proxy of a kind that does not exist: what asks neither the callback nor the name above cannot connect
/// either.
constexpr const char* kNoProxy = "refused://127.0.0.1:9";

constexpr std::array<std::pair<const char*, const char*>, 12> kTerms = {{
    {"CPL_VSIL_CURL_ALLOWED_FILENAME", kNoFile},
    {"GDAL_HTTP_PROXY", kNoProxy},
    {"GDAL_HTTPS_PROXY", kNoProxy},
    // Xerces, the other parser, follows references to remote entities with a connection of its own.
    {"GML_PARSER", "EXPAT"},
    {"GML_SKIP_RESOLVE_ELEMS", "ALL"},
    {"GML_DOWNLOAD_WFS_SCHEMA", "NO"},
    {"SHAPE_RESTORE_SHX", "NO"},
    {"GDAL_PAM_ENABLED", "NO"},
    {"OGR_SQLITE_ALLOW_EXTERNAL_ACCESS", "NO"},
    // Else the first row of a spreadsheet is a row of data as soon as all of its cells are text.
    {"OGR_XLSX_HEADERS", "FORCE"},
    {"OGR_ODS_HEADERS", "FORCE"},
    // Else every GeoPackage of a GDAL newer than this one is reported as doubtful.
    {"GPKG_WARN_UNRECOGNIZED_APPLICATION_ID", "NO"},
}};

constexpr std::size_t kMostKinds = 100, kLongestText = 200;

void register_drivers_once() {
  static std::once_flag once;
  std::call_once(once, GDALAllRegister);
}

CPLHTTPResult* refuse_to_fetch(const char*, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc,
                               void*, void*) {
  CPLError(CE_Failure, CPLE_AppDefined, "the file asks for a network connection, which is never made");
  auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("network access is refused");
  return result;
}

void CPL_STDCALL collect(CPLErr level, CPLErrorNum, const char* message) {
  if (level != CE_Warning && level != CE_Failure && level != CE_Fatal) return;
  auto* session = static_cast<GdalSession*>(CPLGetErrorHandlerUserData());
  session->note(level == CE_Warning ? Severity::warning : Severity::failure, message);
}

/// An apostrophe inside a word ("can't") opens nothing.
std::size_t opening_quote(const std::string& text, std::size_t from) {
  for (std::size_t at = text.find_first_of("'\"`", from); at != std::string::npos;
       at = text.find_first_of("'\"`", at + 1)) {
    if (at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0) return at;
  }
  return std::string::npos;
}

bool ends_quote(const std::string& text, std::size_t at) {
  return at + 1 == text.size() ||
         std::string_view(" .,;:)]}'\"").find(text[at + 1]) != std::string_view::npos;
}

/// The closing quote of what opens at `begin`: the last one of its kind that a blank or punctuation follows,
/// because the quoted value may hold quotes itself. What opens with ` closes with '.
std::size_t closing_quote(const std::string& text, std::size_t begin) {
  const char quote = text[begin] == '`' ? '\'' : text[begin];
  for (std::size_t at = text.rfind(quote); at != std::string::npos && at > begin;
       at = text.rfind(quote, at - 1)) {
    if (ends_quote(text, at)) return at;
  }
  return std::string::npos;
}

/// Words of the formats themselves, which say what is wrong and nothing about anybody.
constexpr std::array kFormatWords = {"x",        "y",           "z",        "type",
                                     "features", "coordinates", "geometry", "properties"};

bool is_format_word(std::string_view word) {
  return std::find(kFormatWords.begin(), kFormatWords.end(), word) != kFormatWords.end();
}

/// Just past the quoted word at `begin` when it is a word of a format, else npos.
std::size_t past_format_word(const std::string& text, std::size_t begin) {
  const std::size_t end = text.find(text[begin], begin + 1);
  if (end == std::string::npos ||
      !is_format_word(std::string_view(text).substr(begin + 1, end - begin - 1))) {
    return std::string::npos;
  }
  return end + 1;
}

}  // namespace

std::string without_values(const std::string& message) {
  std::string out = message.substr(0, message.find(" parsed incompletely"));
  if (out.size() < message.size()) return "a value could not be read as a number in full";
  std::size_t at = opening_quote(out, 0);
  while (at != std::string::npos) {
    const std::size_t past = past_format_word(out, at), end = closing_quote(out, at);
    if (past == std::string::npos) out.replace(at, end == std::string::npos ? end : end - at + 1, "...");
    at = opening_quote(out, past == std::string::npos ? at + 3 : past);
  }
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out.substr(0, kLongestText);
}

GdalSession::GdalSession() {
  register_drivers_once();
  CPLPushErrorHandlerEx(collect, this);
  CPLHTTPPushFetchCallback(refuse_to_fetch, nullptr);
  for (const auto& [option, value] : kTerms) set(option, value);
}

GdalSession::~GdalSession() {
  for (auto it = former_options_.rbegin(); it != former_options_.rend(); ++it) {
    CPLSetThreadLocalConfigOption(it->first.c_str(), it->second ? it->second->c_str() : nullptr);
  }
  CPLHTTPPopFetchCallback();
  CPLPopErrorHandler();
}

void GdalSession::set(const std::string& option, const std::string& value) {
  const char* former = CPLGetThreadLocalConfigOption(option.c_str(), nullptr);
  former_options_.emplace_back(option, former == nullptr ? std::nullopt : std::optional<std::string>(former));
  CPLSetThreadLocalConfigOption(option.c_str(), value.c_str());
}

void GdalSession::note(Severity severity, const std::string& message) {
  failures_ += severity == Severity::failure;
  const std::string text = without_values(message);
  const auto known = std::find_if(complaints_.begin(), complaints_.end(), [&](const Complaint& c) {
    return c.severity == severity && c.text == text;
  });
  if (known != complaints_.end()) {
    ++known->times;
  } else if (complaints_.size() < kMostKinds) {
    complaints_.push_back({severity, text, 1});
  }
}

std::string GdalSession::first_complaint() const {
  const auto failure = std::find_if(complaints_.begin(), complaints_.end(),
                                    [](const Complaint& c) { return c.severity == Severity::failure; });
  if (failure != complaints_.end()) return failure->text;
  return complaints_.empty() ? std::string() : complaints_.front().text;
}

std::vector<std::string> allowed_drivers() {
  register_drivers_once();
  std::vector<std::string> names;
  for (const char* name : kAllowedDrivers) {
    if (GDALGetDriverByName(name) != nullptr) names.emplace_back(name);
  }
  return names;
}

std::string gdal_version() { return GDALVersionInfo("RELEASE_NAME"); }

}  // namespace waywarden
