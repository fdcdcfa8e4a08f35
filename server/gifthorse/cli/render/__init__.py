"""How results are shown: one public module for each format, with `render(outcome, sink)`.

A module whose name begins with `_` is shared by formats and is none itself.
"""
