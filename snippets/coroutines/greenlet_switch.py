"""Two greenlets pass control on by hand; nobody does it for them."""

import time

from greenlet import greenlet


def hand_over(to: greenlet) -> None:
    to.switch()  # (1)!


def music() -> None:
    print("music: first half")
    hand_over(log_greenlet)  # (2)!
    print("music: waits")
    time.sleep(0.1)  # (3)!
    print("music: has waited")


def log() -> None:
    print("log: first line")
    hand_over(music_greenlet)
    print("log: second line")


music_greenlet = greenlet(music)
log_greenlet = greenlet(log)


def main() -> None:
    music_greenlet.switch()  # (4)!
    print(f"main: music is over: {music_greenlet.dead}, log is over: {log_greenlet.dead}")
    log_greenlet.switch()  # (5)!
    print(f"main: music is over: {music_greenlet.dead}, log is over: {log_greenlet.dead}")


if __name__ == "__main__":
    main()
