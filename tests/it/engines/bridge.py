"""A ClickHouse engine that runs inside this process, behind the HTTP interface of a server.

Answers on a free loopback port, which is the first line it prints, until its standard input ends. Only what the tests
ask for is there: queries in the body of a POST, and errors as status, header and text.
"""

import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chdb import session

# One at a time: the engine has one connection.
TURN = threading.Lock()
ENGINE = session.Session(sys.argv[1])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        query = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        try:
            with TURN:
                body = bytes(ENGINE.query(query, "TabSeparated").bytes() or b"")
            self.answer(200, body)
        except Exception as error:
            code = re.search(r"Code: (\d+)", str(error))
            code = code.group(1) if code else "0"
            headers = {"X-ClickHouse-Exception-Code": code}
            self.answer(404 if code in ("60", "81") else 500, str(error).encode(), headers)

    def answer(self, status, body, headers={}):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/plain; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
server.shutdown()
