"""Exercises on processes."""

from __future__ import annotations

from live.exercising.program import Program, expect


def join_before_get(program: Program) -> None:
    """The child ends as soon as the parent has received all of the million bytes, and the parent sees that."""
    ran = program.run()
    expect(ran.exit_code == 0, f"exit code {ran.exit_code}: {ran.last}")
    expect("the child has ended: True" in ran.lines, "join() waits for a child that waits until its result is received")
    expect("received 1000000 bytes" in ran.lines, f"it said: {ran.last}")


def forgotten_guard(program: Program) -> None:
    """Both children greet, started with spawn, and all processes end with exit code 0."""
    source = program.file.read_text(encoding="utf-8")
    ran = program.run()
    errors = [line for line in ran.lines if line.startswith(("RuntimeError", "TypeError", "NameError"))]
    expect(ran.exit_code == 0, f"exit code {ran.exit_code}{': ' + errors[0] if errors else ''}, last: {ran.last}")
    greetings = [ran.output.count(f"hello from {name}") for name in ("one", "two")]
    expect(greetings == [1, 1], f"one greeted {greetings[0]} times, two {greetings[1]} times")
    expect('get_context("spawn")' in source, "another start method than spawn, which many systems do not have")
