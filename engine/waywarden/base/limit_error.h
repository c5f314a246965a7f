#pragma once

/// More input than the caller allowed: features, vertices, memory or time. Python: `LimitError(ValueError)`.

#include "waywarden/base/errors.h"

namespace waywarden {

class LimitError : public InputError {
 public:
  using InputError::InputError;
};

}  // namespace waywarden
