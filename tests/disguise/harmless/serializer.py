"""Values to and from JSON by tables of functions."""
import base64
import datetime
import json

ENCODERS = {
    datetime.date: lambda value: {"$date": value.isoformat()},
    bytes: lambda value: {"$bytes": base64.b64encode(value).decode()},
    set: lambda value: {"$set": sorted(value)},
}
DECODERS = {
    "$date": datetime.date.fromisoformat,
    "$bytes": base64.b64decode,
    "$set": set,
}


def default(value):
    for kind, encode in ENCODERS.items():
        if isinstance(value, kind):
            return encode(value)
    raise TypeError(type(value).__name__)


def hook(found):
    if len(found) == 1:
        ((key, value),) = found.items()
        if key in DECODERS:
            return DECODERS[key](value)
    return found


def dumps(value):
    return json.dumps(value, default=default)


def loads(text):
    return json.loads(text, object_hook=hook)
