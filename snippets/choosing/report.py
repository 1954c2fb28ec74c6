"""What the numbers say: medians, how far they spread, and which ways cannot be told apart."""

from collections.abc import Iterable, Iterator, Mapping
from multiprocessing import get_start_method
from statistics import median

from ways import WAYS, WORK, lacks, lines

Values = list[float]


def shown(values: Values, digits: int = 1) -> str:
    middle, low, high = (f"{value:z.{digits}f}" for value in (median(values), min(values), max(values)))
    return f"{middle} ({low}–{high})"


def overlap(one: Values, other: Values) -> bool:
    return min(one) <= max(other) and min(other) <= max(one)  # (1)!


def verdicts(measured: Mapping[str, Values]) -> Iterator[tuple[str, str]]:
    """Which ways took less than `serial` or more, where no difference is seen, and which took least."""
    serial = measured["serial"]
    others = {way: values for way, values in measured.items() if way != "serial"}
    least = min(measured.values(), key=median)
    yield "less", joined(way for way, values in others.items() if max(values) < min(serial))
    yield "no difference seen", joined(way for way, values in others.items() if overlap(values, serial))
    yield "more", joined(way for way, values in others.items() if min(values) > max(serial))
    yield "least", joined(way for way, values in measured.items() if overlap(values, least))  # (2)!


def joined(ways: Iterable[str]) -> str:
    return ", ".join(ways) or "none"


def report(found: Mapping[tuple[str, str], Values]) -> Iterator[str]:
    yield f"start method: {get_start_method()}"
    alone = median(found["serial", "hold"])
    for way in WAYS:
        for work in (*WORK, "start"):
            values = found.get((way, work))
            yield f"{way}, {work}: {shown(values) if values else lacks(way) or 'skipped'}"
        extra = [used - alone for used in found.get((way, "hold"), [])]  # (3)!
        yield f"{way}, memory: {shown(extra, digits=0) if extra else lacks(way)}"
        yield f"{way}, lines: {lines(way)}"
    for work in WORK:
        measured = {way: found[way, work] for way in WAYS if (way, work) in found}
        yield from (f"{work}, {verdict}: {ways}" for verdict, ways in verdicts(measured))


def main() -> None:
    made_up = {"serial": [80.0, 82.0, 85.0], "threads": [79.0, 81.0, 90.0], "processes": [41.0, 42.0, 60.0]}
    for way, values in made_up.items():
        print(f"{way}: {shown(values)}")
    for verdict, ways in verdicts(made_up):
        print(f"{verdict}: {ways}")


if __name__ == "__main__":
    main()
