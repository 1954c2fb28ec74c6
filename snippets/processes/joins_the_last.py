"""The notes' loop joins the last process three times, and no other."""

from multiprocessing import Pipe, Process


def main() -> None:
    may_end, wait = Pipe()
    p_list: list[Process] = []
    for target in (wait.recv, None, None):  # (1)!
        p = Process(target=target)
        p_list.append(p)
        p.start()

    for _ in p_list:
        p.join()  # (2)!
    print(f"after the notes' loop, first process alive: {p_list[0].is_alive()}")

    may_end.send("end")
    for p in p_list:
        p.join()  # (3)!
    print(f"after the right loop, first process alive: {p_list[0].is_alive()}")


if __name__ == "__main__":
    main()
