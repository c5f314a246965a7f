#pragma once

/// Owners of GDAL's C handles. Not installed: nothing outside io/ sees a GDAL type.

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace waywarden::detail {

struct CloseDataset {
  void operator()(GDALDatasetH handle) const { GDALClose(handle); }
};
struct DestroyFeature {
  void operator()(OGRFeatureH handle) const { OGR_F_Destroy(handle); }
};
struct DestroyGeometry {
  void operator()(OGRGeometryH handle) const { OGR_G_DestroyGeometry(handle); }
};
struct ReleaseSpatialReference {
  void operator()(OGRSpatialReferenceH handle) const { OSRRelease(handle); }
};
struct FreeText {
  void operator()(char* text) const { CPLFree(text); }
};
struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

using Dataset = std::unique_ptr<std::remove_pointer_t<GDALDatasetH>, CloseDataset>;
using Feature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, DestroyFeature>;
using OgrGeometry = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, DestroyGeometry>;
using SpatialReference =
    std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, ReleaseSpatialReference>;
using Text = std::unique_ptr<char, FreeText>;
using File = std::unique_ptr<VSILFILE, CloseFile>;

/// GDAL's null-terminated list of texts.
class TextList {
 public:
  explicit TextList(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) list_ = CSLAddString(list_, text.c_str());
  }
  ~TextList() { CSLDestroy(list_); }
  TextList(const TextList&) = delete;
  TextList& operator=(const TextList&) = delete;
  char** get() const { return list_; }

 private:
  char** list_ = nullptr;
};

inline std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }

}  // namespace waywarden::detail
