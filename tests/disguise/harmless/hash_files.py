"""Digests of files, by the name of a sound algorithm."""
import functools
import hashlib

ALGORITHMS = ("sha256", "sha512", "blake2b")


def digest(path, algorithm="sha" + "256"):
    if algorithm not in ALGORITHMS:
        raise ValueError(algorithm)
    whole = getattr(hashlib, algorithm)()
    with open(path, "rb") as file:
        for block in iter(functools.partial(file.read, 65536), b""):
            whole.update(block)
    return whole.hexdigest()


def digests(path):
    return {name: digest(path, name) for name in ALGORITHMS}
