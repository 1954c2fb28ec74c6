"""A fork copies what is still in a buffer; os._exit() throws it away."""

import os
import tempfile
from pathlib import Path


def written(flush_before: bool, flush_in_child: bool) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "output")
        with path.open("w") as file:  # (1)!
            print("parent, before", file=file, flush=flush_before)
            pid = os.fork()
            if pid == 0:
                print("child", file=file, flush=flush_in_child)  # (2)!
                os._exit(0)  # (3)!
            os.waitpid(pid, 0)
            print("parent, after", file=file)
        return path.read_text().splitlines()


def main() -> None:
    print("broken, twice:", written(flush_before=False, flush_in_child=True))
    print("broken, missing:", written(flush_before=True, flush_in_child=False))
    print("mended:", written(flush_before=True, flush_in_child=True))


if __name__ == "__main__":
    main()
