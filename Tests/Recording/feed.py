#!/usr/bin/env python3
"""Sends numbered frames until it is terminated or nobody listens: as candump's lines on standard output, or as a
socketcand server.

    feed.py FIRST [RATE [PORT]]    the first number; it is the payload, and the identifier follows from it.
                                   RATE frames a second, 5,000 without a number
"""
import signal, socket, sys, time


def frame(number):
    return 1_700_000_000_000_000 + number * 200 + number * 7919 % 97, 0x350 + number % 15


def line(number):
    stamp, identifier = frame(number)
    return '(%d.%06d) can0 %03X#%016X\n' % (stamp // 10**6, stamp % 10**6, identifier, number)


def word(number):
    stamp, identifier = frame(number)
    return '< frame %03X %d.%06d %016X >' % (identifier, stamp // 10**6, stamp % 10**6, number)


def feed(number, rate, one, send):
    first, begun, ended = number, time.monotonic(), []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    while not ended:
        due = first + int((time.monotonic() - begun) * rate) + 1
        send(''.join(one(n) for n in range(number, due)))
        number = due
        time.sleep(0.01)


def standard_output(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def client(port):
    """A listener that wants the frames of can0."""
    server = socket.create_server(('127.0.0.1', port))
    connection, _ = server.accept()
    connection.sendall(b'< hi >')
    for _ in range(2):  # open, rawmode
        connection.recv(100)
        connection.sendall(b'< ok >')
    return lambda text: connection.sendall(text.encode())


if __name__ == '__main__':
    first, rate, port = [int(word) for word in sys.argv[1:]] + [5000, 0][len(sys.argv) - 2:]
    try:
        feed(first, rate, word if port else line, client(port) if port else standard_output)
    except (BrokenPipeError, ConnectionResetError):
        sys.stderr.close()
