"""All pages that are made from the rules, gathered from the modules `page_*.py` of this folder."""

import importlib.util
from pathlib import Path

from gifthorse.store.catalogue import load_catalogue

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCS = ROOT / "docs"
MADE_FOLDERS = ("rules",)
"""Folders of docs/ in which every page is made."""


def makers():
    """The modules that make pages."""
    for file in sorted(HERE.glob("page_*.py")):
        spec = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


def all_pages(catalogue=None):
    """Path below docs/ -> what should stand in it."""
    catalogue = catalogue or load_catalogue()
    return {path: text for module in makers() for path, text in module.pages(catalogue).items()}


def stray_pages(catalogue=None):
    """Files in made folders that nobody makes any more."""
    wanted = {DOCS / path for path in all_pages(catalogue)}
    return [file for name in MADE_FOLDERS for file in sorted((DOCS / name).glob("*.md")) if file not in wanted]
