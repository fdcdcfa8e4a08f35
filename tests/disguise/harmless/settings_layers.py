"""Defaults, a file and the environment, one over the other."""
import collections
import json
import os

DEFAULTS = {"timeout": 30, "verify": True, "retries": 3, "level": "info"}


def from_environment(prefix="APP_"):
    return {key[len(prefix):].lower(): value for key, value in os.environ.items() if key.startswith(prefix)}


def load(path):
    with open(path, encoding="utf-8") as file:
        stored = json.load(file)
    return collections.ChainMap(from_environment(), stored, DEFAULTS)


class Settings:
    def __init__(self, layers):
        self.__dict__.update(layers)

    def __getattr__(self, name):
        return DEFAULTS[name]
