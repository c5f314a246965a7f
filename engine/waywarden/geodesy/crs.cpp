#include "waywarden/geodesy/crs.h"

#include <proj.h>

#include <cstdio>
#include <memory>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* c) const { proj_context_destroy(c); }
};
struct PjDeleter {
  void operator()(PJ* p) const { proj_destroy(p); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Object = std::unique_ptr<PJ, PjDeleter>;

Context quiet_context() {
  Context context(proj_context_create());
  proj_log_level(context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(context.get(), 0);
  return context;
}

Object read(PJ_CONTEXT* context, const Crs& crs) {
  if (!crs.known()) throw CrsError("no coordinate reference system is given");
  Object object(proj_create(context, crs.text().c_str()));
  if (!object || !proj_is_crs(object.get())) throw CrsError("cannot read the coordinate reference system");
  return object;
}

bool is_geographic_type(PJ_TYPE type) {
  return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

bool is_geographic_object(PJ_CONTEXT* context, const PJ* object) {
  const PJ_TYPE type = proj_get_type(object);
  if (type != PJ_TYPE_BOUND_CRS && type != PJ_TYPE_COMPOUND_CRS) return is_geographic_type(type);
  const Object inner(type == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, object)
                                               : proj_crs_get_sub_crs(context, object, 0));
  return inner && is_geographic_object(context, inner.get());
}

}  // namespace

bool is_geographic(const Crs& crs) {
  const Context context = quiet_context();
  return is_geographic_object(context.get(), read(context.get(), crs).get());
}

std::string wkt(const Crs& crs) {
  const Context context = quiet_context();
  const Object object = read(context.get(), crs);
  const char* text = proj_as_wkt(context.get(), object.get(), PJ_WKT2_2019, nullptr);
  if (text == nullptr) throw CrsError("the coordinate reference system cannot be written as WKT");
  return text;
}

struct Transformer::Operation {
  Operation(Context c, Object p) : context(std::move(c)), pj(std::move(p)) {}
  Context context;
  Object pj;
};

Transformer::Transformer(const Crs& from, const Crs& to) {
  Context context = quiet_context();
  const Object source = read(context.get(), from), target = read(context.get(), to);
  const Object found(
      proj_create_crs_to_crs_from_pj(context.get(), source.get(), target.get(), nullptr, nullptr));
  if (!found) throw CrsError("no transformation connects the two coordinate reference systems");
  Object normalised(proj_normalize_for_visualization(context.get(), found.get()));
  if (!normalised) throw CrsError("the axes of the coordinate reference system are not understood");
  operation_ = std::make_unique<Operation>(std::move(context), std::move(normalised));
}

Transformer::~Transformer() = default;
Transformer::Transformer(Transformer&&) noexcept = default;
Transformer& Transformer::operator=(Transformer&&) noexcept = default;

std::vector<Point> Transformer::operator()(std::span<const Point> points) const {
  std::vector<Point> out(points.begin(), points.end());
  if (out.empty()) return out;
  proj_trans_generic(operation_->pj.get(), PJ_FWD, &out[0].x, sizeof(Point), out.size(), &out[0].y,
                     sizeof(Point), out.size(), nullptr, 0, 0, nullptr, 0, 0);
  return out;
}

Crs equal_area_around(Point p) {
  char text[160];
  std::snprintf(text, sizeof(text), "+proj=laea +lon_0=%.6f +lat_0=%.6f +datum=WGS84 +units=m +type=crs", p.x,
                p.y);
  return Crs(text);
}

std::string proj_version() { return proj_info().version; }

}  // namespace waywarden
