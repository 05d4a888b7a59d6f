import pytest

from dragoman.render.safe import (
    direction,
    for_cell,
    for_markdown,
    harmless,
    language,
    on_one_line,
)


@pytest.mark.parametrize(
    "char",
    [
        "\x00",
        "\x1b",
        "\x7f",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\U000e0041",
        "\u2028",
    ],
)
def test_steering_characters_are_made_visible(char):
    assert harmless(f"a{char}b") == f"a⟨U+{ord(char):04X}⟩b"


@pytest.mark.parametrize("text", ["a\tb\nc", "می\u200cخواهم", "\u200fאב", "naïve 😀"])
def test_what_writing_needs_stays(text):
    assert harmless(text) == text


def test_line_breaks_become_line_feeds():
    assert harmless("a\r\nb\rc") == "a\nb\nc"
    assert on_one_line(" a\r\n\t b ") == "a b"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>*x*</b>", r"\<b\>\*x\*\</b\>"),
        ("[a](http://x)", r"\[a\](http\://x)"),
        ("a | b `c` _d_ ~e~ $f$", r"a \| b \`c\` \_d\_ \~e\~ \$f\$"),
        ("# title\n- point", r"\# title - point"),
        ("- point", r"\- point"),
        ("1. point", r"1\. point"),
        ("12) point", r"12\) point"),
        ("www.example.org a@b.org", r"www\.example.org a\@b.org"),
        ("said: 3.5 per cent", "said: 3.5 per cent"),
    ],
)
def test_nothing_is_markdown(text, written):
    assert for_markdown(text) == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    assert for_cell(f"{start}1").startswith("'")
    assert for_cell(f"1{start}") == f"1{start}"


@pytest.mark.parametrize(
    ("code", "known", "turns"),
    [
        ("ar", "ar", "rtl"),
        ("fa-IR", "fa-IR", "rtl"),
        ("en", "en", "ltr"),
        ("xx", "xx", "auto"),
        (None, None, "auto"),
        ('en" onload="x', None, "auto"),
    ],
)
def test_languages(code, known, turns):
    assert language(code) == known
    assert direction(code) == turns
