"""The command line as ``python -m waywarden``."""

import sys

from .cli import main

sys.exit(main())
