"""Exercises on locks."""

from __future__ import annotations

from live.exercising.program import Program, expect
from tests.exercises.stage import Stage


def two_withdrawals(program: Program) -> None:
    """Of two who withdraw 80 from an account of 100 at the same time, one gets it and the other is refused."""
    got: list[bool] = []
    with Stage() as stage:
        account = program.load().Account(100)
        stuck = stage.play(*[lambda: got.append(account.withdraw(80))] * 2)
    expect(not stuck, f"it never returned: {stage.stood(stuck, program.file)}")
    expect(account.balance == 20 and sorted(got) == [False, True], f"paid {sum(got)} times, balance {account.balance}")
    expect(bool(stage.slept), "the machine no longer takes its time: the sleep is the work, not the mistake")


def crossing_transfers(program: Program) -> None:
    """Transfers between two accounts, one each way at the same time, are both made, each under both locks."""
    with Stage() as stage:
        module = program.load()
        ann, bob = Watched(module.Account("Ann", 100)), Watched(module.Account("Bob", 100))
        stuck = stage.play(lambda: module.transfer(ann, bob, 30), lambda: module.transfer(bob, ann, 10))
    expect(not stuck, f"both wait for each other for ever: {stage.stood(stuck, program.file)}")
    expect((ann.balance, bob.balance) == (80, 120), f"Ann has {ann.balance} instead of 80, Bob {bob.balance}")
    expect(not ann.bare and not bob.bare, "a balance was changed by a thread that did not hold the account's lock")
    expect(len(stage.slept) >= 2, "the sleep is the work, not the mistake: it was taken out, or skipped")


class Watched:
    """An account that notices whether its lock is held when its balance changes."""

    def __init__(self, account: object) -> None:
        self.__dict__.update(vars(account), bare=False)

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__["bare"] |= name == "balance" and not self.__dict__["lock"].locked()
        self.__dict__[name] = value
