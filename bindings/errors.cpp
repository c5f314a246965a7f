/// The engine's exceptions as the classes of python/waywarden/errors.py, with where it happened as
/// attributes.

#include "waywarden/base/errors.h"
#include "waywarden/base/limit_error.h"

#include <pybind11/pybind11.h>

namespace waywarden::bindings {

namespace py = pybind11;

namespace {

void raise(const char* class_name, const Error& error) {
  const Where& where = error.where();
  const py::object type = py::module_::import("waywarden.errors").attr(class_name);
  const py::object instance = type(error.reason(), where.file, where.layer, where.feature);
  PyErr_SetObject(type.ptr(), instance.ptr());
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Cancelled&) {
    PyErr_SetNone(PyExc_KeyboardInterrupt);
  } catch (const CrsError& error) {
    raise("CrsError", error);
  } catch (const LimitError& error) {
    raise("LimitError", error);
  } catch (const InputError& error) {
    raise("InputError", error);
  } catch (const OptionError& error) {
    raise("OptionError", error);
  } catch (const DisclosureError& error) {
    raise("DisclosureError", error);
  } catch (const RefusedError& error) {
    raise("RefusedError", error);
  } catch (const FileError& error) {
    raise("FileError", error);
  } catch (const Error& error) {
    raise("Error", error);
  }
}

}  // namespace

void bind_errors(py::module_&) { py::register_exception_translator(&translate); }

}  // namespace waywarden::bindings
