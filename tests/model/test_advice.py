"""What a rule says to write instead: prose, code, and whose example it is."""

from gifthorse.model.advice import Piece, labelled, markdown, meant_for, pieces, plain
from gifthorse.model.rule import Language


def language(name, *called, inherits=""):
    return Language(name, "", (), (), (), (), (), inherits, "", {}, frozenset(), frozenset(), {}, called=called)


LANGUAGES = {
    one.name: one
    for one in [
        language("python", "Python", "Django"),
        language("javascript", "JavaScript", "Node"),
        language("typescript", "TypeScript", inherits="javascript"),
        language("c", "C"),
        language("cpp", "C++", inherits="c"),
        language("csharp", "C#"),
        language("go", "Go"),
    ]
}
INSTEAD = """
Leave verification on; it is
the default:

    requests.get(url)          # Python
    https.get(url)             // JavaScript

    // Go, with a pool of its own
    tls.Config{
        RootCAs: pool,
    }

Nothing else helps.
"""


def test_prose_is_joined_and_each_example_has_its_language():
    assert pieces(INSTEAD, LANGUAGES) == (
        Piece("Leave verification on; it is the default:"),
        Piece("requests.get(url)          # Python", code=True, languages=("python",)),
        Piece("https.get(url)             // JavaScript", code=True, languages=("javascript",)),
        Piece("// Go, with a pool of its own\ntls.Config{\n    RootCAs: pool,\n}", code=True, languages=("go",)),
        Piece("Nothing else helps."),
    )


def test_lines_up_to_a_label_belong_to_it():
    text = "    pool = load()\n    requests.get(url, pool)  # Python\n    x()  // C#: as it is\n"
    assert [(piece.text.count("\n"), piece.languages) for piece in pieces(text, LANGUAGES)] == [
        (1, ("python",)),
        (0, ("csharp",)),
    ]


def test_code_without_a_label_is_everybodys():
    found = pieces("    a = 1  # checked\n\n    b = 2\n", LANGUAGES)
    assert found == (Piece("a = 1  # checked\n\nb = 2", code=True),)
    assert meant_for(found, "go", LANGUAGES) == found


def test_labels_name_languages_whole_also_by_their_frameworks():
    assert labelled("Python", LANGUAGES) == ("python",)
    assert labelled("JavaScript, TypeScript", LANGUAGES) == ("javascript", "typescript")
    assert labelled("C++ and C#", LANGUAGES) == ("cpp", "csharp")
    assert labelled("C: it grows", LANGUAGES) == ("c",)
    assert labelled("Django", LANGUAGES) == ("python",)
    assert labelled("Gone", LANGUAGES) == labelled("go on", LANGUAGES) == ()
    assert labelled("Certificates stay", LANGUAGES) == ()


def test_a_reader_sees_the_examples_of_their_language_or_of_what_it_inherits():
    found = pieces(INSTEAD, LANGUAGES)
    assert [piece.text for piece in meant_for(found, "typescript", LANGUAGES) if piece.code] == [
        "https.get(url)             // JavaScript"
    ]
    assert [piece.languages for piece in meant_for(found, "go", LANGUAGES) if piece.code] == [("go",)]


def test_where_there_is_no_example_in_a_language_all_are_shown():
    found = pieces(INSTEAD, LANGUAGES)
    assert meant_for(found, "c", LANGUAGES) == found
    assert meant_for(found, None, LANGUAGES) == found


def test_plain_text_has_code_indented_and_markdown_has_it_fenced():
    found = meant_for(pieces(INSTEAD, LANGUAGES), "python", LANGUAGES)
    assert plain(found).split("\n\n")[1] == "    requests.get(url)          # Python"
    assert "```python\nrequests.get(url)          # Python\n```" in markdown(found)
    assert markdown([Piece("x = 1", code=True)], "go") == "```go\nx = 1\n```"
    assert markdown([Piece("echo ```", code=True)]).startswith("````\n")


def test_an_address_is_no_comment():
    assert pieces("    get('https://Go.example/')\n", LANGUAGES)[0].languages == ()
