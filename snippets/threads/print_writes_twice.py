"""print() hands over the text and the end of the line separately."""

import io


class Recorder(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        self.pieces.append(text)  # (1)!
        return super().write(text)


def main() -> None:
    stream = Recorder()
    print("start log", file=stream)  # (2)!
    print("print():", stream.pieces)

    stream = Recorder()
    stream.write("start log\n")  # (3)!
    print("write():", stream.pieces)


if __name__ == "__main__":
    main()
