"""Three photos are uploaded by a pool; those that cannot be uploaded should be named."""

import time
from concurrent.futures import Executor, ThreadPoolExecutor

PHOTOS = ["sea.jpg", "broken.jpg", "hill.jpg"]


def upload(photo: str) -> None:
    time.sleep(0.05)  # (1)!
    if photo.startswith("broken"):
        raise ConnectionError(photo)


def upload_all(pool: Executor, photos: list[str]) -> list[str]:
    failed = []
    for photo in photos:
        try:
            pool.submit(upload, photo)
        except ConnectionError:  # (2)!
            failed.append(photo)
    return failed


def main() -> None:
    with ThreadPoolExecutor() as pool:
        failed = upload_all(pool, PHOTOS)
    print(f"failed: {failed}")


if __name__ == "__main__":
    main()
