"""`make docs`: writes every page that is made from the rules. A module beside this one is a kind of page.

Each has `pages(catalogue)` -> path below docs/ -> text. A page that nobody makes any more is removed where its folder
is all made.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from everything import DOCS, all_pages, stray_pages  # noqa: E402


def main():
    for path, text in all_pages().items():
        file = DOCS / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            print(f"docs/{path}")
    for file in stray_pages():
        file.unlink()
        print(f"docs/{file.relative_to(DOCS).as_posix()} is gone")


if __name__ == "__main__":
    main()
