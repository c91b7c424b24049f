"""One kept connection to a web server, for benchmarks: it asks and reads, with next to no work of its own."""

import socket

PATIENCE_S = 30


class Line:
    """``head``: the header lines that every question carries, each with its line end."""

    def __init__(self, port: int, head: str = ""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f"HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{head}"
        self.top = b""  # the last answer's header lines

    def ask(self, what: str, body: bytes | None = None, also: str = "") -> tuple[int, bytes]:
        """The status and the content of the answer to ``what`` ("GET /path"). ``also``: more header lines."""
        head = f"{what} {self.head}{also}"
        if body is not None:
            head += f"Content-Length: {len(body)}\r\n"
            if "Content-Type" not in head:
                head += "Content-Type: application/json\r\n"
        self.socket.sendall(head.encode() + b"\r\n" + (body or b""))
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        self.top, content = answer.split(b"\r\n\r\n", 1)
        length = int(self.top.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(content) < length:
            content += self._more()
        return int(self.top.split(b" ", 2)[1]), content

    def _more(self) -> bytes:
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server hung up")
        return piece
