"""The suite's own modules are imported as `disguise.*`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
