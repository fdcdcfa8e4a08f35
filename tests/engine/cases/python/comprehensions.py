"""Comprehensions with several clauses, filters and tuples as targets."""

import requests

rows = [[0], [0]]
flags = [bool(number) for row in rows for number in row]
requests.get(url, timeout=3, verify=flags[0])  # expect: tls

named = {key: value for pairs in groups for key, value in pairs if key}
several = frozenset((a, b, c) for a in first for b in second if b for c in third)
requests.get(url, timeout=3, params=[*named, *several])
