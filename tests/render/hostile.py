"""The hostile record, held in memory."""

from invented import FakeView

from tests.hostile import ATTACKS, record


def view() -> FakeView:
    entries, texts = record()
    return FakeView(entries, texts, [(attack, attack, attack) for attack in ATTACKS])
