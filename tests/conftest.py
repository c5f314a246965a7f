"""For the whole suite: nothing may connect anywhere."""

import os
import socket
import threading
import warnings

import pytest

# Where the addresses in the hostile files of the shared inputs point to.
LISTENED = ("127.0.0.1", 18999)


class Listener:
    """Remembers who called. Its `address` is None where another program holds the port."""

    def __init__(self):
        self.heard = []
        self.address = None
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._listen)

    def start(self):
        self._socket.bind(LISTENED)
        self._socket.listen()
        self._socket.settimeout(0.2)
        self.address = LISTENED
        self._thread.start()

    def stop(self):
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()

    def _listen(self):
        while not self._done.is_set():
            try:
                connection, caller = self._socket.accept()
            except TimeoutError:
                continue
            connection.close()
            self.heard.append(caller)


@pytest.fixture(scope="session", autouse=True)
def listener():
    """Listen while the tests run, and hear nothing."""
    listener = Listener()
    try:
        listener.start()
    except OSError as error:
        if os.environ.get("CI"):
            raise
        warnings.warn(f"this run does not listen for connections: {error}", stacklevel=1)
    yield listener
    listener.stop()
    assert listener.heard == [], "something connected out while the tests ran"
