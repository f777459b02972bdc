"""The wire between a desk and its server, which a test can cut and mend."""
import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Relay:
    """Listens at it.url and passes on to a server, until cut() and again after restore()."""

    def __init__(self, url):
        target = urlsplit(url)
        self.target = (target.hostname, target.port)
        self.whole = True
        self.slow = False
        self.lock = threading.Lock()
        self.sockets = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut()
        self.listener.close()

    def cut(self):
        """What is under way breaks off, and nobody gets through."""
        with self.lock:
            self.whole = False
            for end in self.sockets:
                hang_up(end)
            self.sockets.clear()

    def restore(self):
        with self.lock:
            self.whole = True

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                self.join(self.listener.accept()[0])

    def join(self, near):
        """Let the two ends talk, if the wire is whole."""
        with self.lock:
            try:
                far = socket.create_connection(self.target) if self.whole else None
            except OSError:
                far = None
            if far is None:
                near.close()
                return
            self.sockets |= {near, far}
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(4096 if self.slow else 65536):
                self.pass_on(data, source, sink)
        hang_up(source)
        hang_up(sink)
        with self.lock:
            self.sockets -= {source, sink}

    def pass_on(self, data, _, sink):
        """While the wire is slow, some 40 kB come in a second."""
        sink.sendall(data)
        if self.slow and len(data) == 4096:
            time.sleep(0.1)


def hang_up(end):
    """Wakes whoever reads from it, which closing alone does not."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()
