"""HAProxy with the project's own configuration in front of servers, and certificates for it.

The environment says where the programs are: MUTABAA_SERVER, HAPROXY and OPENSSL; HAPROXY_CONFIGURATION
is data/haproxy.cfg.
"""
import http.client
import os
import resource
import signal
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

from department import Client, eventually, hold_address

EXTENSIONS = """
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = {names}
"""


class Authority:
    """An organisation's own certificate authority; makes certificates as they are asked for."""

    def __init__(self, folder, name="authority"):
        self.folder, self.name = Path(folder), name
        self.path = self.folder / f"{name}.pem"
        self.key = self.folder / f"{name}.key"
        self.request(self.key, name)
        self.sign(name, self.path, "authority", "DNS:unused", "-signkey", str(self.key))

    def run(self, *args):
        subprocess.run([os.environ["OPENSSL"], *args], check=True, capture_output=True)

    def request(self, key, name):
        self.run("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                 "-nodes", "-keyout", str(key), "-out", str(self.folder / f"{name}.csr"),
                 "-subj", f"/CN={name}")

    def sign(self, name, path, kind, names, *by, days=30):
        extensions = self.folder / f"{name}.extensions"
        extensions.write_text(EXTENSIONS.format(names=names))
        self.run("x509", "-req", "-in", str(self.folder / f"{name}.csr"), "-out", str(path),
                 "-days", str(days), "-extfile", str(extensions), "-extensions", kind, *by)

    def certify(self, name, names="DNS:localhost,IP:127.0.0.1", days=30):
        """A certificate and its key in one file, as HAProxy wants them; days below 0: expired."""
        key, path = self.folder / f"{name}.key", self.folder / f"{name}.crt"
        self.request(key, name)
        self.sign(name, path, "server", names, "-CA", str(self.path), "-CAkey", str(self.key),
                  "-CAcreateserial", days=days)
        both = self.folder / f"{name}.pem"
        both.write_text(path.read_text() + key.read_text())
        return both


class Server:
    """One more server of a department, at an address that it keeps over restarts."""

    def __init__(self, department, *options):
        self.department, self.options = department, options
        self.holder, self.address = hold_address()
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [os.environ["MUTABAA_SERVER"], "--database", self.department.database.uri,
             "--listen", self.address, "--behind-proxy", *self.options],
            stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().startswith("ready "), self.address

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(60)
        self.process.stdout.close()
        assert how == signal.SIGKILL or status == 0, status


class Front:
    """HAProxy in front of two addresses; a context manager."""

    def __init__(self, certificate, *servers, maxconn=400):
        self.folder = tempfile.TemporaryDirectory(prefix="mutabaa-front-")
        self.holder, self.netloc = hold_address()
        self.control = Path(self.folder.name, "control.sock")
        self.log = Path(self.folder.name, "haproxy.log")
        own = Path(self.folder.name, "own.cfg")
        own.write_text(f"global\n  log stdout format raw local0\n"
                       f"  stats socket {self.control} level admin\n")
        addresses = [one if isinstance(one, str) else one.address for one in servers]
        environment = dict(os.environ, MUTABAA_BIND=self.netloc, MUTABAA_MAXCONN=str(maxconn),
                           MUTABAA_CERTIFICATE=str(certificate))
        for number in (1, 2):
            environment[f"MUTABAA_SERVER_{number}"] = addresses[(number - 1) % len(addresses)]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [os.environ["HAPROXY"], "-db", "-f", str(own), "-f",
                 os.environ["HAPROXY_CONFIGURATION"]],
                env=environment, stdout=log, stderr=log, preexec_fn=allow_files)
        if not eventually(self.has_come_up) or self.process.poll() is not None:
            words = self.log.read_text()
            self.__exit__()
            raise AssertionError(words)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.folder.cleanup()

    def tell(self, command):
        """What HAProxy answers on its control socket."""
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.control))
            control.sendall(command.encode() + b"\n")
            answer = b""
            while part := control.recv(65536):
                answer += part
        return answer.decode()

    def rows(self, proxy):
        """What HAProxy says of each server of one of its backends."""
        lines = [line.split(",") for line in self.tell("show stat").splitlines() if line]
        rows = [dict(zip(lines[0], line)) for line in lines[1:]]
        return [row for row in rows if row["# pxname"] == proxy and row["svname"] in ("1", "2")]

    def ready(self):
        """How many servers it takes for ready."""
        return sum(row["status"] == "UP" and row["check_status"] == "L7OK"
                   for row in self.rows("servers"))

    def has_come_up(self):
        """Whether it has both servers, or has ended. It answers a moment after its socket is there."""
        try:
            return self.process.poll() is not None or self.ready() == 2
        except (FileNotFoundError, ConnectionRefusedError):
            return False

    def holders(self):
        """How many live connections each server has."""
        return [int(row["scur"]) for row in self.rows("live")]

    def client(self, token=None, trust=None):
        client = Client(self.netloc, token)
        client.connection = http.client.HTTPSConnection(self.netloc, timeout=60,
                                                        context=trusting(trust))
        return client

    def connect(self, trust=None):
        """A plain connection inside TLS."""
        host, port = self.netloc.split(":")
        return trusting(trust).wrap_socket(socket.create_connection((host, int(port)), timeout=30),
                                           server_hostname="localhost")


def trusting(authority):
    """With an authority, or whoever it is."""
    if authority is not None:
        return ssl.create_default_context(cafile=str(authority.path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def allow_files():
    """As many open files as this machine lets a process have, and how many these are."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
