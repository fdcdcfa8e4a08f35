"""Anchors: from Holdings to what a journal keeps, and back to Holdings of another text. The door to both ways.

What an Anchor holds is landmarks.py's, how it is found again reattach.py's, and how it is read from plain data plain.py's.
"""

from gifthorse.provenance.landmarks import Anchor, Line, Stretch, anchors, line_keys
from gifthorse.provenance.plain import anchor_of
from gifthorse.provenance.reattach import Lost, Search, reattach, search

__all__ = ["Anchor", "Line", "Lost", "Search", "Stretch", "anchor_of", "anchors", "line_keys", "reattach", "search"]
