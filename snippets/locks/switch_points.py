"""What CPython executes from reading counter.n to writing it."""

import dis
from collections.abc import Iterator


def from_read_to_write(statement: str) -> Iterator[str]:
    has_read = False
    for instruction in dis.get_instructions(statement):  # (1)!
        has_read = has_read or instruction.argval == "n"
        if has_read:
            yield instruction.opname
        if instruction.opname == "STORE_ATTR":  # (2)!
            return


def main() -> None:
    for statement in ("counter.n += 1", "counter.n += int('1')"):
        print(f"{statement}:", *from_read_to_write(statement))  # (3)!


if __name__ == "__main__":
    main()
