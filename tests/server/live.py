"""A desk's end of /v1/live: as much of a WebSocket client (RFC 6455) as the tests need."""
import base64
import json
import os
import socket
import struct
import time

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
# How long it is looked for what has come already.
LEAST = 0.001


class Closed(Exception):
    """The server has closed; args: its code, None where it just went."""


def pack(kind, payload=b""):
    """A frame of less than 126 bytes, masked with zeros."""
    return struct.pack(">BBI", 0x80 | kind, 0x80 | len(payload), 0) + payload


class Live:
    answers = True

    def __init__(self, netloc, token=None):
        self.connection = self.connect(netloc)
        key = base64.b64encode(os.urandom(16)).decode()
        authorization = f"Authorization: Bearer {token}\r\n" if token is not None else ""
        self.connection.sendall(
            f"GET /v1/live HTTP/1.1\r\nHost: {netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"{authorization}\r\n".encode())
        self.rest = b""
        self.received = 0
        while b"\r\n\r\n" not in self.rest:
            self.read_more()
        self.head, _, self.rest = self.rest.partition(b"\r\n\r\n")

    def connect(self, netloc):
        host, port = netloc.split(":")
        return socket.create_connection((host, int(port)), timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def read_more(self):
        part = self.connection.recv(65536)
        if not part:
            raise Closed(None)
        self.rest += part
        self.received += len(part)

    def need(self, count):
        while len(self.rest) < count:
            self.read_more()

    def send(self, kind, payload=b""):
        self.connection.sendall(pack(kind, payload))

    def message(self, seconds=20):
        """The next message; None where none has come and none comes in that time."""
        end = time.monotonic() + seconds
        while True:
            self.connection.settimeout(max(end - time.monotonic(), LEAST))
            try:
                kind, payload = self.frame()
            except socket.timeout:
                return None
            if kind == CLOSE:
                raise Closed(struct.unpack(">H", payload[:2])[0] if payload else None)
            if kind == PONG:
                return {"type": "pong"}
            if kind == TEXT:
                message = json.loads(payload)
                if message["type"] == "beat" and self.answers:
                    self.send(TEXT, b'{"type":"beat"}')
                return message

    def frame(self):
        """The next one; nothing of it is taken before it is whole."""
        self.need(2)
        first, length = self.rest[:2]
        start = {126: 4, 127: 10}.get(length, 2)
        self.need(start)
        if start > 2:
            length = int.from_bytes(self.rest[2:start], "big")
        self.need(start + length)
        payload, self.rest = self.rest[start:start + length], self.rest[start + length:]
        return first & 0x0f, payload

    def pokes(self, seconds):
        """All pokes that come in that time."""
        end, pokes = time.monotonic() + seconds, []
        while message := self.message(end - time.monotonic()):
            if message["type"] == "poke":
                pokes.append(message)
        return pokes

    def pokes_so_far(self):
        """All pokes that the server has sent before it hears this."""
        pokes = []
        self.send(PING)
        while (message := self.message())["type"] != "pong":
            if message["type"] == "poke":
                pokes.append(message)
        return pokes

    def poke(self, seq=0, seconds=20):
        """The next poke for what was numbered so, whatever comes before it; None where none comes in
        that time."""
        end = time.monotonic() + seconds
        while message := self.message(end - time.monotonic()):
            if message["type"] == "poke" and message["seq"] >= seq:
                return message
        return None

    def told(self, kind, seconds=20):
        """The next message of that type, whatever comes before it."""
        end = time.monotonic() + seconds
        while message := self.message(end - time.monotonic()):
            if message["type"] == kind:
                return message
        return None

    def ends(self, seconds=20):
        """With which code it is closed, whatever comes before; False where it is not in that time."""
        end = time.monotonic() + seconds
        try:
            while self.message(end - time.monotonic()):
                pass
        except Closed as closed:
            return closed.args[0]
        return False
