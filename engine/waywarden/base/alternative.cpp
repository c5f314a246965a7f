#include "waywarden/base/alternative.h"

#include "waywarden/base/errors.h"

namespace waywarden {

std::string name(Alternative alternative) {
  switch (alternative) {
    case Alternative::two_sided:
      return "two-sided";
    case Alternative::greater:
      return "greater";
    case Alternative::less:
      return "less";
  }
  throw OptionError("no such alternative");
}

}  // namespace waywarden
