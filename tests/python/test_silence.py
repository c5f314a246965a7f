"""The suite's listener (conftest.py) hears what it should, so that its silence means something."""

import socket
import time

import pytest


def test_the_listener_hears_a_call(listener):
    if listener.address is None:
        pytest.skip("another program holds the port")
    assert listener.heard == []
    socket.create_connection(listener.address, timeout=5).close()
    deadline = time.monotonic() + 5
    while not listener.heard and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(listener.heard) == 1
    listener.heard.clear()
