"""A line between desks and a server that is bad in one way or another."""
import random
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "desk"))
from relay import Relay, hang_up  # noqa: E402

OFTEN = 0.4
CUT = object()


class Line(Relay):
    """Good, until it gets a habit, which makes of each piece of data what comes through."""

    habit = None

    def pass_on(self, data, source, sink):
        comes_from_desk = source.getsockname() == self.listener.getsockname()
        for piece in self.habit(data, comes_from_desk) if self.habit else (data,):
            if piece is CUT:
                hang_up(source)
                return
            sink.sendall(piece)


def trickles(data, _):
    for start in range(0, len(data), 256):
        time.sleep(0.002)
        yield data[start:start + 256]


def is_late(data, _):
    """More and less, so that what was sent on one connection overtakes what was on another."""
    time.sleep(random.choice((0, 0, 0.05, 0.4)))
    yield data


def cuts_requests(data, comes_from_desk):
    """The server gets the beginning of one."""
    yield from within(data, comes_from_desk and random.random() < OFTEN)


def cuts_answers(data, comes_from_desk):
    """What was asked for has been done, and the desk gets the beginning of what was said."""
    yield from within(data, not comes_from_desk and random.random() < OFTEN)


def drops_answers(data, comes_from_desk):
    """What was asked for has been done, and nobody hears of it."""
    yield CUT if not comes_from_desk and random.random() < OFTEN else data


def within(data, cut):
    if cut:
        yield data[:random.randrange(len(data))]
        yield CUT
    else:
        yield data
