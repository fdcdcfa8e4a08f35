"""Options of requests are put together in one place."""
import functools

import requests

BASE = {"timeout": 10, "verify": True}


def options(**more):
    merged = dict(BASE)
    merged.update(more)
    return merged


fetch = functools.partial(requests.get, **options(allow_redirects=False))


def load(session=None):
    client = session or requests.Session()
    client.verify = not bool(0)
    return client.get("https://api.example.org/items", **options(timeout=3))


def status():
    return getattr(requests, "head")("https://api.example.org/status", **BASE).status_code
