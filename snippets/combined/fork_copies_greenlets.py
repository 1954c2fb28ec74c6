# /// script
# dependencies = ["gevent"]
# ///
"""fork copies the waiting greenlets into the child; spawn does not."""

import multiprocessing

import gevent


def send_letter(sent) -> None:
    sent.put("child" if multiprocessing.parent_process() else "parent")


def work() -> None:
    gevent.reinit()  # (1)!
    gevent.sleep(0)  # (2)!


def senders(method: str) -> list[str]:
    context = multiprocessing.get_context(method)
    sent = context.SimpleQueue()
    letter = gevent.spawn(send_letter, sent)  # (3)!
    process = context.Process(target=work)
    process.start()  # (4)!
    process.join()
    letter.join()
    return [sent.get() for _ in iter(sent.empty, True)]


def main() -> None:
    for method in ("fork", "spawn"):
        print(f"{method}: one letter, sent by {senders(method)}")


if __name__ == "__main__":
    main()
