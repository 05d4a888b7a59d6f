import invented
import msgspec

from dragoman.render.briefing import brief
from dragoman.types import Comparison, Statement, Told

PAYMENT = "We will not open the upper gates without payment"
ARABIC = "لن نفتح البوابات العليا دون مقابل"


def statement(number, source, content, **fields):
    fields = {"speaker": "Irena Vash", "force": "threatens", **fields}
    return Statement(
        id=f"stm-x{number}",
        mode="direct",
        content=content,
        evidence=(invented.at(source, content, "content"),),
        **fields,
    )


def told(extra):
    entries = [entry for entry in invented.entries() if entry.kind != "statement"]
    texts = {invented.rid(source): text for source, text in invented.TEXTS.items()}
    briefing = brief(invented.FakeView([*entries, *extra], texts))
    part = next(part for part in briefing.sections if part.key == "statements")
    return [sentence.text for sentence in part.sentences()]


def test_the_same_words_in_a_copy_are_told_once():
    said = told([statement(1, "copy.txt", PAYMENT), statement(2, "wire.txt", PAYMENT)])
    assert len(said) == 2
    assert said[1] == "Told in one account, copied once."


def test_a_translation_is_told_once_where_the_record_calls_it_the_same():
    pair = [statement(1, "arabic.txt", ARABIC), statement(2, "wire.txt", PAYMENT)]
    same = Comparison(
        id="cmp-x",
        about="gates",
        field="quotation",
        verdict="same statement",
        evidence=tuple(entry.evidence[0] for entry in pair),
        values=(Told(value=PAYMENT, reports=(invented.rid("wire.txt"),), independent=1),),
    )
    assert len(told([*pair])) == 2
    said = told([*pair, same])
    assert len(said) == 2
    assert said[1] == "Told in two independent accounts."


def test_other_speakers_and_forces_stay_apart():
    first = statement(1, "copy.txt", PAYMENT)
    for other in (
        statement(2, "wire.txt", PAYMENT, speaker="Tomas Okello"),
        statement(2, "wire.txt", PAYMENT, force="denies"),
        msgspec.structs.replace(statement(2, "wire.txt", PAYMENT), negated=True),
    ):
        assert len(told([first, other])) == 2
