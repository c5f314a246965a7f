"""Sum the tests in the JUnit files that ctest and pytest wrote.

Prints one line, `N passed, N failed, N skipped`. Exits with 1 where a test failed, a file is
missing, or no test ran.
"""

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter


def outcome(case):
    """Tell how a `testcase` element ended: "passed", "failed" or "skipped"."""
    if (
        case.find("failure") is not None
        or case.find("error") is not None
        or case.get("status") == "fail"
    ):
        return "failed"
    if case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
        return "skipped"
    return "passed"


def main(paths):
    """Print the sum over all files; return the exit code."""
    counts = Counter()
    for path in paths:
        try:
            counts.update(outcome(case) for case in ElementTree.parse(path).iter("testcase"))
        except (OSError, ElementTree.ParseError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            counts["failed"] += 1
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 0 if counts["passed"] and not counts["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
