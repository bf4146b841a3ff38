"""The limit of fan-out: a raw uvloop protocol that writes the same bytes to every reader.

`GET` is answered with an open stream; `POST` with a body sends that body to all of them.
"""

import asyncio
import sys

import uvloop

HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
    b"transfer-encoding: chunked\r\n\r\n8\r\nretry: 1\r\n2\r\n\n\n\r\n"
)
readers: set[asyncio.Transport] = set()


class Line(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.body, self.missing = transport, b"", 0

    def connection_lost(self, error):
        readers.discard(self.transport)

    def data_received(self, data):
        if data.startswith(b"GET"):
            self.transport.write(HEAD)
            readers.add(self.transport)
            return
        if data.startswith(b"POST"):
            head, _, data = data.partition(b"\r\n\r\n")
            self.missing = int(head.lower().partition(b"content-length: ")[2].split()[0])
        self.body += data
        if len(self.body) == self.missing:
            chunk = b"%x\r\n%s\r\n" % (len(self.body), self.body)
            for reader in readers:
                reader.write(chunk)
            self.body = b""
            self.transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")


async def main(port):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Line, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


uvloop.run(main(int(sys.argv[1])))
