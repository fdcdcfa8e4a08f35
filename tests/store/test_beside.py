"""Which files beside a file its routes and migrations are compared with: those of its kind first, few, no tests."""

import pytest

from gifthorse.store.beside import LARGEST, MOST_FILES, beside
from gifthorse.store.trees import Disk


@pytest.fixture
def names(tmp_path):
    def found(name, *files):
        for one in (name, *files):
            path = tmp_path / one
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {one}\n")
        return [path.removeprefix(f"{tmp_path}/") for path, _ in beside(name, tmp_path, Disk(tmp_path))]

    return found


def test_those_whose_names_end_in_the_same_word_come_alone(names):
    folder = [f"app/{name}_controller.rb" for name in ("users", "orders", "bills")]
    assert sorted(names("app/teams_controller.rb", *folder, "app/concern.rb")) == sorted(folder)


def test_else_all_of_the_folder_in_the_same_language(names):
    assert names("api/a.go", "api/b.go", "api/c.ts", "api/b_test.go", "api/conftest.py") == ["api/b.go"]


def test_those_of_the_same_kind_in_the_folders_around_it(names):
    around = ["app/orders/views.py", "app/teams/views.py", "app/teams/models.py", "app/tests/views.py"]
    assert names("app/bills/views.py", *around) == ["app/orders/views.py", "app/teams/views.py"]
    nested = ["app/api/a/route.ts", "app/api/route.ts", "app/api/b/[id]/route.ts"]
    assert sorted(names("app/api/b/route.ts", *nested)) == sorted(nested)


def test_of_migrations_the_latest(names):
    files = [f"db/{number:03}_x.py" for number in range(20)]
    assert sorted(names("db/020_x.py", *files)) == files[-MOST_FILES:]


def test_what_is_large_or_no_text_is_not_looked_into(names, tmp_path):
    (tmp_path / "b.py").write_bytes(b"a" * (LARGEST + 1))
    (tmp_path / "c.py").write_bytes(b"a\0")
    assert names("a.py", "d.py") == ["d.py"]
    assert names("a.txt", "b.txt") == []


def test_what_changed_is_read_again(tmp_path):
    (tmp_path / "a.py").write_text("x")
    for text in ("one", "three"):
        (tmp_path / "b.py").write_text(text)
        assert beside("a.py", tmp_path, Disk(tmp_path)) == ((str(tmp_path / "b.py"), text.encode()),)
