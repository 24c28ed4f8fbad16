"""What of a method differs between two rounds, and what must stay hidden: read from the settings a second time."""

from fractions import Fraction

from inputs import Folder, Row, day, number

COUNTS = ("yes", "no", "not_applicable", "numerator", "denominator")


def line_of(schemes: dict[str, dict], id_: str) -> str:
    """The scheme that a line of replacements began with."""
    while "replaces" in schemes[id_]:
        id_ = schemes[id_]["replaces"]
    return id_


def question(spec: dict) -> tuple:
    points = [one["id"] for one in spec.get("points", [])]
    return spec.get("question"), spec["measure"], spec.get("reversed", "no"), spec.get("basis", "sample"), points


def exact(settings: dict, *names: str) -> list[Fraction | None]:
    return [number(settings[name]) if name in settings else None for name in names]


def grades(scheme: dict) -> list:
    marks = ("satisfied", "dissatisfied")
    every = scheme.get("grades", [])
    return [(one["id"], number(one["points"]), *(one.get(mark, "no") for mark in marks)) for one in every]


def channels(scheme: dict) -> list:
    every = scheme.get("channels", [])
    return [(one["id"], number(one["weight"]), one.get("basis", "sample")) for one in every]


def rules(scheme: dict) -> tuple:
    return scheme["direction"], scheme.get("missing", "withhold")


def better(scheme: dict, spec: dict) -> str:
    up = spec["measure"] in {"yes_no", "checklist"} or scheme["direction"] == "satisfaction"
    return spec.get("better") or ("higher" if up else "lower")


def meaning(scheme: dict, id_: str) -> tuple | None:
    """All that one figure of an indicator depends on besides the answers."""
    spec = next((one for one in scheme["indicators"] if one["id"] == id_), None)
    if spec is None:
        return None
    ends = (*exact(spec, "full_marks", "partly_counts"), spec.get("limit_working_days"), spec.get("unit"))
    points = grades(scheme) if spec["measure"] == "grades" else []
    return question(spec), better(scheme, spec), ends, points, channels(scheme), rules(scheme)


def differences(before: dict, now: dict, round_before: dict, round_now: dict) -> list[str]:
    """The parts that differ, in the order in which the site names them."""

    def specs(scheme: dict) -> dict[str, dict]:
        return {one["id"]: one for one in scheme["indicators"]}

    old, new = specs(before), specs(now)
    same = {
        "version": before["version"] == now["version"],
        "form": round_before.get("form") == round_now.get("form"),
        "indicators": set(old) == set(new),
        "questions": all(question(old[id_]) == question(new[id_]) for id_ in old.keys() & new.keys()),
        "weights": {i: exact(one, "weight") for i, one in old.items() if "weight" in one}
        == {i: exact(one, "weight") for i, one in new.items() if "weight" in one},
        "grades": grades(before) == grades(now),
        "channels": channels(before) == channels(now),
        "rules": rules(before) == rules(now),
    }
    return [name for name, is_same in same.items() if not is_same]


def cells(round_: dict) -> dict[tuple[str, str, str], Row]:
    return {(row["company"], row["indicator"], row.get("channel", "")): row for row in round_["rows"]}


def counts(row: Row, scheme: dict) -> list[int]:
    named = [(one["id"], one["name"]) for one in scheme.get("grades", [])]
    plain = [int(row.get(name, 0)) for name in COUNTS]
    return plain + [int(row.get(id_, 0)) + int(row.get(name, 0)) for id_, name in named]


def base(row: Row, scheme: dict, measure: str) -> int:
    if measure == "grades":
        return sum(counts(row, scheme)[len(COUNTS) :])
    names = ("yes", "no") if measure == "yes_no" else ("denominator",)
    return sum(int(row.get(name, 0)) for name in names)


def asked_of_people(scheme: dict, indicator: str, channel: str) -> bool:
    spec = next(one for one in scheme["indicators"] if one["id"] == indicator)
    basis = next((one.get("basis") for one in scheme.get("channels", []) if one["id"] == channel), None)
    basis = basis or (spec.get("basis") if not channel else None) or "sample"
    return spec["measure"] in {"grades", "yes_no", "share"} and basis != "register"


def hidden_by_sums(folder: Folder, below: int) -> set[tuple[str, str, str, str]]:
    """Cells of a longer round that are the sums of those of the rounds within it, some of which are suppressed."""
    found = set()
    for whole in folder.rounds:
        start, end = (day(whole["period"][name]) for name in ("start", "end"))
        scheme = folder.schemes[whole["scheme"]]
        parts = [
            cells(one)
            for one in folder.rounds
            if one is not whole and start <= day(one["period"]["start"]) and day(one["period"]["end"]) <= end
        ]
        for key, row in cells(whole).items():
            rows = [one[key] for one in parts if key in one]
            if not rows or not asked_of_people(scheme, *key[1:]):
                continue
            measure = next(one["measure"] for one in scheme["indicators"] if one["id"] == key[1])
            sums = [sum(column) for column in zip(*(counts(one, scheme) for one in rows), strict=True)]
            few = [n for n in (base(one, scheme, measure) for one in rows) if n < below]
            if sums == counts(row, scheme) and few and sum(few) < below:
                found.add((whole["id"], *key))
    return found


def answered_at_least(scheme: dict, rows: list[Row]) -> dict[str, int]:
    """The most answers of each company to one question."""
    found: dict[str, int] = {}
    for row in rows:
        spec = next(one for one in scheme["indicators"] if one["id"] == row["indicator"])
        channel = next((one for one in scheme.get("channels", []) if one["id"] == row.get("channel")), None)
        if (channel or spec).get("basis", "sample") == "register":
            continue
        if "n" in row:
            n = int(row["n"])
        elif spec["measure"] in {"grades", "yes_no"}:
            n = base(row, scheme, spec["measure"]) + int(row.get("not_applicable", 0))
        elif spec["measure"] == "share":
            n = int(row["denominator"])
        else:
            continue
        found[row["company"]] = max(found.get(row["company"], 0), n)
    return found


def tells_too_much(valid: int, answers: dict[str, int], below: int) -> bool:
    """Whether what the companies with enough answers leave of a total is itself too few."""
    known = [n for n in answers.values() if n >= below]
    return len(known) < len(answers) and valid - sum(known) < below
