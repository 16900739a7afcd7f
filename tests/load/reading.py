"""What one reading page costs, drawn anew and sent again from memory.

    python -m tests.load.reading [--requests 300]

In a folder and a private PostgreSQL of its own, asks the real WSGI application, without a web
server, for the home page, the contest, its regulations and its results, and prints the CPU of this
process per page (the database's is not in it; a kept page asks it five times a second at most).
"""

import argparse
import sys
import time
from typing import Any

from tests.load.ranking import in_new_installation


def asked(path: str) -> int:
    """The bytes of one answer."""
    from django.test import RequestFactory

    from config.wsgi import application

    told: list[str] = []
    environ = RequestFactory().get(path, HTTP_ACCEPT_LANGUAGE="vi").environ

    def start_response(status: str, *_more: Any) -> None:
        told.append(status)

    body = b"".join(application(environ, start_response))
    if told != ["200 OK"]:
        raise RuntimeError(f"{path}: {told}")
    return len(body)


def milliseconds(path: str, requests: int) -> float:
    asked(path)
    began = time.process_time()
    for _request in range(requests):
        asked(path)
    return (time.process_time() - began) / requests * 1000


def read(requests: int) -> int:
    from django.conf import settings

    from config.run.preparation import collect_static
    from tests.factories import make_open_contest

    collect_static()
    code = make_open_contest().contest.code
    for path in ("/", *(f"/cuoc-thi/{code}/{part}" for part in ("", "the-le/", "ket-qua/"))):
        seconds, settings.READING_PAGE_SECONDS = settings.READING_PAGE_SECONDS, 0
        drawn = milliseconds(path, requests // 5)
        settings.READING_PAGE_SECONDS = seconds
        kept = milliseconds(path, requests)
        print(
            f"{path}: {asked(path):,} bytes, drawn {drawn:.2f} ms, kept {kept:.2f} ms", flush=True
        )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=300)
    options = parser.parse_args()
    return in_new_installation(lambda: read(options.requests))


if __name__ == "__main__":
    sys.exit(main())
