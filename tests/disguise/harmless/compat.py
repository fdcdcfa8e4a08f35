"""What differs between versions of the language stands here."""
import sys

try:
    import tomllib
except ImportError:
    tomllib = None

if sys.version_info >= (3, 11):
    from enum import StrEnum
else:
    from enum import Enum

    class StrEnum(str, Enum):
        pass


def load(name, *fallbacks):
    for one in (name, *fallbacks):
        try:
            return __import__(one, fromlist=["*"])
        except ImportError:
            continue
    return None


json = load("json")
Level = StrEnum("Level", ["LOW", "HIGH"]) if hasattr(StrEnum, "__members__") else None
