"""Disk and git. Never parses code."""
