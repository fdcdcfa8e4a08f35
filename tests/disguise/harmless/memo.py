"""Functions that remember, and functions that are tried again."""
import functools
import time


def retry(times=3, wait=0.1, errors=(OSError,)):
    def decorate(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except errors:
                    if attempt == times - 1:
                        raise
                    time.sleep(wait * 2**attempt)

        return inner

    return decorate


@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@retry(times=2)
def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()
