"""What a shape of time and the fillings of its slots tell: the fields of a `When`."""

from __future__ import annotations

from typing import Any

from dragoman.annotate.time_slots import Filling
from dragoman.languages.dates import DateRule

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "weekend": "WE", "week": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
_THIS_CENTURY = 2000
_MONTH_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
# Lengths in two units that can be counted in the smaller one.
_IN_SMALLER: dict[tuple[Filling | None, Filling | None], int] = {
    ("week", "day"): 7, ("year", "month"): 12, ("decade", "year"): 10, ("hour", "minute"): 60,
}  # fmt: skip
# The far end of a range, by the slots that tell it.
_FAR = {"until_year": ("year2",), "until_month": ("mon2", "month2"), "until_day": ("day2",)}


def calendar_fits(slots: dict[str, Filling]) -> bool:
    """Whether a month has the day that is told of it."""
    for day, months in (
        ("day", ("month", "mon", "mm")),
        ("day2", ("mon2", "month2", "mon", "month")),
    ):
        month = next((slots[name] for name in months if name in slots), None)
        told = slots.get(day)
        if isinstance(month, int) and isinstance(told, int) and told > _MONTH_DAYS.get(month, 31):
            return False
    if isinstance(year := slots.get("bare"), int) and isinstance(far := slots.get("yy"), int):
        return year % 100 < far
    if "mon2" in slots or "month2" in slots or "day" not in slots or "day2" not in slots:
        return True
    first, last = slots["day"], slots["day2"]
    return isinstance(first, int) and isinstance(last, int) and first < last


def told_fields(rule: DateRule, slots: dict[str, Filling]) -> dict[str, Any]:
    """The fields of a time that its rule and slots tell."""
    when: dict[str, Any] = {"kind": rule.kind, "rule": rule.name, "direction": rule.direction}
    unit = rule.unit or slots.get("unit", slots.get("units"))
    when |= {"anchor": rule.anchor, "scale": rule.scale, "unit": unit}
    year = next(
        (
            slots[name]
            for name in ("year", "bare", "late", "age", "decade", "tens")
            if name in slots
        ),
        None,
    )
    when["year"] = year * rule.era if isinstance(year, int) else None
    if rule.scale == "decade" and isinstance(when["year"], int):
        # The 1700s are a century; the 2000s were a decade.
        whole = when["year"] % 100 == 0 and when["year"] < _THIS_CENTURY
        when["scale"] = "century" if whole else "decade"
    when["month"] = slots.get("month", slots.get("mon", slots.get("mm", rule.month)))
    when["day"] = slots.get("day", slots.get("nth", slots.get("spelled", rule.day)))
    if "ord" in slots and (when["month"] is not None or rule.unit == "month"):
        when["day"] = slots["ord"]
    when["weekday"] = slots.get("weekday", slots.get("short", rule.weekday))
    for name, ends in _FAR.items():
        for end in ends:
            if end in slots:
                when[name] = slots[end]
    if isinstance(far := slots.get("yy"), int) and isinstance(when["year"], int):
        when["until_year"] = when["year"] // 100 * 100 + far
    if isinstance(far := slots.get("age2"), int):
        when["until_year"] = far * rule.era
    for name, fields in (
        ("date", ("year", "month", "day")),
        ("date2", ("until_year", "until_month", "until_day")),
    ):
        if isinstance(date := slots.get(name), tuple):
            when |= dict(zip(fields, date, strict=True))
    when["part"] = rule.part or slots.get("part") or slots.get("holiday")
    when["clock"] = slots.get("clock", rule.clock)
    when["daypart"] = slots.get("daypart", rule.daypart)
    when["season"] = slots.get("season", rule.season)
    number = slots.get("ord", slots.get("roman", slots.get("wk")))
    if rule.season in {"Q", "H", "W"}:
        when["season"] = f"{rule.season}{number}"
        if rule.season == "W":
            when["day"] = None  # the ordinal is the week's
    _turn_of_year(when, slots)
    if rule.scale == "century" and isinstance(number, int):
        when["year"] = (number - 1) * 100 * rule.era
    when["amount"], when["unit"] = _amount(rule, slots), _smaller(slots) or unit
    when["measure"] = _measure(rule, slots)
    tense = rule.tense
    if tense == "unknown" and rule.direction:
        tense = "past" if rule.direction < 0 else "future"
    if tense == "unknown" and when["amount"] and rule.kind == "offset" and rule.anchor == "told":
        tense = "past" if when["amount"] < 0 else "future"
    if tense != "unknown":
        when["tense"] = tense
    return when


def _amount(rule: DateRule, slots: dict[str, Filling]) -> int | None:
    """How many units a time lies away; None where it is no offset."""
    amount = slots.get("amount", slots.get("ord") if rule.anchor == "next" else rule.amount)
    if rule.kind not in {"offset", "calendar", "weekday"} or not isinstance(amount, int | float):
        return None
    more, unit = slots.get("amount2"), _smaller(slots)
    if rule.kind == "offset" and unit is None and more is not None:
        return None  # "three months and two weeks": no one unit tells it
    if rule.kind == "offset" and unit is not None and isinstance(more, int | float):
        # "two years and three months ago": counted in the smaller unit.
        amount = amount * _IN_SMALLER[slots["unit"], slots["unit2"]] + more
    return int(amount) * rule.sign


def _smaller(slots: dict[str, Filling]) -> Any:
    """The second unit of a length told in two, if the first can be counted in it exactly."""
    units = slots.get("unit"), slots.get("unit2")
    return units[1] if units in _IN_SMALLER else None


def _turn_of_year(when: dict[str, Any], slots: dict[str, Filling]) -> None:
    """The year told at the end of "November to February 2017" is that of its far end."""
    told = list(slots)
    far = when.get("until_month")
    if isinstance(far, int) and isinstance(when["month"], int) and far < when["month"]:
        name = next((name for name in ("mon2", "month2") if name in slots), None)
        last = name is not None and "year" in slots and told.index("year") > told.index(name)
        if last and "until_year" not in when and isinstance(when["year"], int):
            when["until_year"], when["year"] = when["year"], when["year"] - 1


def _measure(rule: DateRule, slots: dict[str, Filling]) -> str | None:
    """The length of a duration or of the step of a set, as in ISO 8601; an untold number is X."""
    if rule.kind not in {"duration", "set"}:
        return None
    days = times = ""
    if rule.measure is not None and rule.measure != "X":
        return rule.measure
    for amount, unit in (("amount", "unit"), ("amount2", "unit2")):
        told_unit = slots.get(unit) or ((slots.get("units") or rule.unit) if unit == "unit" else "")
        letter = _LETTERS.get(str(told_unit))
        if letter is None:
            continue
        number = slots.get(amount, rule.amount if amount == "amount" else None)
        if rule.plus and amount == "amount":
            number = rule.plus + (number if isinstance(number, int | float) else 0)
        told = f"{number:g}" if isinstance(number, int | float) else "X"
        if letter[0] == "T":
            times += told + letter[1:]
        else:
            days += told + letter
    return f"P{days}" + (f"T{times}" if times else "") if days or times else None
