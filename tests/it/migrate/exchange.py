"""Speaks to servers on two SDKs in the words of the protocol, so that their answers can be compared field by field.

Reads one JSON object, {launcher, pythons, jobs}: the fork server that starts programs, an interpreter by the name of each
SDK, and the jobs, each {id, sdk, program, url, plan, timeout}. `program` is a job of the fork server; with `url` the server
is spoken to over streamable HTTP, else over its standard streams. `plan` is {auto, calls, requests}: whether to ask for all
that the server offers, what to ask besides, each `[method, parameters]`, and plain HTTP requests, each `[method, path,
headers]`. Writes one JSON object a line, {id, sdk, steps, code, stderr, raised}, where a step is {step, answer} with what
the server `told` and `asked` in between.

No client of an SDK takes part: the handshake is that of 2025-06-18, which both speak.
"""

import concurrent.futures
import http.client
import json
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

VERSION = "2025-06-18"
PATIENCE = 10.0
START = 40.0
# What a client says to what servers ask of it.
REPLIES = {
    "sampling/createMessage": {"role": "assistant", "content": {"type": "text", "text": "sampled"}, "model": "none"},
    "elicitation/create": {"action": "decline"},
    "roots/list": {"roots": [{"uri": "file:///work", "name": "work"}]},
    "ping": {},
}


class Launcher:
    """The fork server of one SDK."""

    def __init__(self, python, script):
        self.process = subprocess.Popen([python, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lock = threading.Lock()
        self.ended = {}
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            if "id" in answer:
                self.ended[answer["id"]].put(answer)

    def start(self, name, program, timeout):
        self.ended[name] = queue.Queue()
        self.say({"id": name, "timeout": timeout, **program})

    def end(self, name):
        self.say({"end": name})

    def say(self, message):
        with self.lock:
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()

    def outcome(self, name, patience):
        try:
            return self.ended[name].get(timeout=patience)
        except queue.Empty:
            return None


class Peer:
    """The client's side of one connection; the two transports below say how a message goes and comes."""

    def __init__(self):
        self.number = 0
        self.told, self.asked = [], []

    def exchange(self, message):
        """Sends a request and returns its answer, or says that none came."""
        raise NotImplementedError

    def notify(self, method):
        raise NotImplementedError

    def request(self, method, params=None):
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method}
        if params is not None:
            message["params"] = params
        return self.exchange(message)

    def heard(self, message, wanted):
        """Sorts what came in: returns the answer that is waited for and the reply that is due, each if there is one."""
        if "method" not in message:
            answer = {key: message[key] for key in ("result", "error") if key in message}
            return (answer, None) if message.get("id") == wanted else (None, None)
        kept = {"method": message["method"], "params": message.get("params")}
        if "id" not in message:
            self.told.append(kept)
            return None, None
        self.asked.append(kept)
        known = message["method"] in REPLIES
        said = {"result": REPLIES[message["method"]]} if known else {"error": {"code": -32601, "message": "unknown"}}
        return None, {"jsonrpc": "2.0", "id": message["id"], **said}

    def close(self):
        pass


class Lines(Peer):
    """Messages one a line, over a server's standard streams."""

    def __init__(self, connection):
        super().__init__()
        self.connection = connection
        self.incoming = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            for line in self.connection.makefile("rb"):
                self.incoming.put(line)
        except OSError:
            pass
        self.incoming.put(None)

    def send(self, message):
        try:
            self.connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            pass

    def notify(self, method):
        self.send({"jsonrpc": "2.0", "method": method})

    def exchange(self, message):
        self.send(message)
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                line = self.incoming.get(timeout=max(0.0, limit - time.monotonic()))
            except queue.Empty:
                return {"none": "no answer in time"}
            if line is None:
                self.incoming.put(None)
                return {"none": "the server ended"}
            try:
                heard = json.loads(line)
            except ValueError:
                self.told.append({"not JSON": line.decode("utf-8", "replace")})
                continue
            answer, reply = self.heard(heard, message["id"])
            if reply:
                self.send(reply)
            if answer:
                return answer

    def close(self):
        # The end of the input is what ends a server; its output is read no more.
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.connection.close()


class Posts(Peer):
    """Messages as requests over HTTP, each answered by one message or by a stream of them."""

    def __init__(self, url):
        super().__init__()
        self.place = urllib.parse.urlsplit(url)
        self.session = None

    def fetch(self, method, path, headers, body=None):
        connection = http.client.HTTPConnection(self.place.hostname, self.place.port, timeout=PATIENCE)
        connection.request(method, path, body=body, headers=headers)
        return connection, connection.getresponse()

    def post(self, message):
        headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
        if message.get("method") != "initialize":
            headers["mcp-protocol-version"] = VERSION
        if self.session:
            headers["mcp-session-id"] = self.session
        return self.fetch("POST", self.place.path, headers, json.dumps(message))

    def notify(self, method):
        connection, response = self.post({"jsonrpc": "2.0", "method": method})
        response.read()
        connection.close()

    def exchange(self, message):
        try:
            connection, response = self.post(message)
        except OSError as error:
            return {"none": str(error)}
        kind = (response.getheader("content-type") or "").split(";")[0]
        session = response.getheader("mcp-session-id")
        seen = {"status": response.status, "kind": kind, "session": session is not None}
        self.session = session or self.session
        if kind == "text/event-stream":
            answer = self.stream(response, message["id"])
        else:
            text = response.read().decode("utf-8", "replace")
            try:
                answer = self.heard(json.loads(text), message["id"])[0] or {"text": text}
            except (ValueError, AttributeError):
                answer = {"text": text}
        connection.close()
        return {**answer, "http": seen}

    def stream(self, response, wanted):
        try:
            for line in response:
                if not line.startswith(b"data:") or not line[5:].strip():
                    continue
                answer, reply = self.heard(json.loads(line[5:]), wanted)
                if reply:
                    self.post(reply)[0].close()
                if answer:
                    return answer
        except OSError:
            pass
        return {"none": "no answer in time"}

    def plain(self, method, path, headers):
        """A request that is none of the protocol's."""
        connection, response = self.fetch(method, path, headers)
        answer = {"status": response.status, "kind": response.getheader("content-type")}
        if answer["kind"] != "text/event-stream":
            answer["text"] = response.read(4096).decode("utf-8", "replace")
        connection.close()
        return answer


class Conversation:
    """The steps of one job, in order."""

    def __init__(self, peer):
        self.peer, self.steps = peer, []

    def keep(self, step, answer):
        told, asked = self.peer.told[:], self.peer.asked[:]
        self.peer.told.clear()
        self.peer.asked.clear()
        kept = {"step": step, "answer": answer}
        if told:
            kept["told"] = told
        if asked:
            kept["asked"] = asked
        self.steps.append(kept)
        return answer

    def ask(self, method, params=None):
        step = method if params is None else f"{method} {json.dumps(params, ensure_ascii=False)}"
        # Named by a number of its own kind, so that both SDKs are given the same.
        sent = {**params, "_meta": {"progressToken": len(self.steps)}} if method == "tools/call" else params
        return self.keep(step, self.peer.request(method, sent))

    def greet(self):
        client = {"name": "exchange", "version": "1"}
        capabilities = {"sampling": {}, "elicitation": {}, "roots": {"listChanged": True}}
        asked = {"protocolVersion": VERSION, "capabilities": capabilities, "clientInfo": client}
        answer = self.keep("initialize", self.peer.request("initialize", asked))
        if "result" in answer:
            self.peer.notify("notifications/initialized")
        return answer.get("result")

    def listed(self, method, key):
        """What the server offers of a kind, over all its pages."""
        found, cursor = [], None
        for _ in range(20):
            answer = self.ask(method, {"cursor": cursor} if cursor else None)
            result = answer.get("result") or {}
            found.extend(result.get(key) or [])
            cursor = result.get("nextCursor")
            if not cursor:
                break
        return found

    def everything(self):
        """Asks for all that is offered, with arguments made from what is said of them, and for what is not offered."""
        for tool in self.listed("tools/list", "tools"):
            schema = tool.get("inputSchema") or {}
            good = example(schema, schema)
            self.ask("tools/call", {"name": tool["name"], "arguments": good})
            if good:
                self.ask("tools/call", {"name": tool["name"], "arguments": {}})
                wrong = {name: {"no": ["such", "thing"]} for name in good}
                self.ask("tools/call", {"name": tool["name"], "arguments": wrong})
        self.ask("tools/call", {"name": "no_such_tool", "arguments": {}})
        for resource in self.listed("resources/list", "resources"):
            self.ask("resources/read", {"uri": resource["uri"]})
        for template in self.listed("resources/templates/list", "resourceTemplates"):
            self.ask("resources/read", {"uri": filled(template["uriTemplate"])})
        self.ask("resources/read", {"uri": "nothing://is/here"})
        for prompt in self.listed("prompts/list", "prompts"):
            arguments = {one["name"]: "word" for one in prompt.get("arguments") or []}
            self.ask("prompts/get", {"name": prompt["name"], "arguments": arguments})
            if any(one.get("required") for one in prompt.get("arguments") or []):
                self.ask("prompts/get", {"name": prompt["name"]})
        self.ask("prompts/get", {"name": "no_such_prompt"})
        self.ask("ping")


def example(schema, whole):
    """A value that a schema admits; of an object only what it requires."""
    if "$ref" in schema:
        found = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return example(found, whole)
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if schema.get("enum"):
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if schema.get(key):
            return example(schema[key][0], whole)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object" or "properties" in schema:
        properties = schema.get("properties") or {}
        return {name: example(properties.get(name) or {}, whole) for name in schema.get("required") or []}
    if kind == "array":
        return [example(schema.get("items") or {}, whole)]
    return {"integer": schema.get("minimum", 2), "number": schema.get("minimum", 2), "boolean": True, "null": None}.get(
        kind, "word"
    )


def filled(template):
    """An address that a template admits."""
    out, rest = "", template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        _, _, rest = rest.partition("}")
        out += before + "7"
    return out + rest


def reachable(url, limit, has_ended):
    place = urllib.parse.urlsplit(url)
    while time.monotonic() < limit and not has_ended():
        try:
            socket.create_connection((place.hostname, place.port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.02)
    return False


def converse(job, launcher):
    """Starts a server, speaks to it, ends it, and tells how all that went."""
    name = f"{job['id']}"
    program, url, plan = dict(job["program"]), job.get("url"), job.get("plan") or {}
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.join(folder, "s"))
        listening.listen(1)
        listening.settimeout(START)
        launcher.start(name, {**program, "socket": os.path.join(folder, "s")}, job.get("timeout", 60))
        steps, peer = [], None
        try:
            connection, _ = listening.accept()
            if url:
                peer = Posts(url) if reachable(url, time.monotonic() + START / 2, lambda: not launcher.ended[name].empty()) else None
            else:
                peer = Lines(connection)
            if peer:
                talk = Conversation(peer)
                steps = talk.steps
                if talk.greet() is not None:
                    if plan.get("auto", True):
                        talk.everything()
                    for method, params in plan.get("calls") or []:
                        talk.ask(method, params)
                for request in plan.get("requests") or []:
                    talk.keep(" ".join(map(str, request[:2])), peer.plain(*request))
        except OSError as error:
            steps.append({"step": "start", "answer": {"none": str(error)}})
        finally:
            if peer:
                peer.close()
        ended = None if url else launcher.outcome(name, 3)
        if ended is None:
            launcher.end(name)
            ended = launcher.outcome(name, 10) or {"code": None, "stderr": "", "raised": []}
            # That it had to be ended is what is known of its end.
            ended["code"] = "ended"
    kept = {key: ended[key] for key in ("code", "stderr", "raised")}
    return {"id": job["id"], "sdk": job["sdk"], "steps": steps, **kept}


def main():
    given = json.load(sys.stdin)
    launchers = {name: Launcher(python, given["launcher"]) for name, python in given["pythons"].items()}
    ports, guard = {}, threading.Lock()

    def one(job):
        # Two servers cannot have one port at the same time.
        with guard:
            port = ports.setdefault(urllib.parse.urlsplit(job.get("url") or "").port or job["id"], threading.Lock())
        with port:
            return converse(job, launchers[job["sdk"]])

    pools = {name: concurrent.futures.ThreadPoolExecutor(2) for name in launchers}
    asked = [pools[job["sdk"]].submit(one, job) for job in given["jobs"]]
    for done in concurrent.futures.as_completed(asked):
        print(json.dumps(done.result()), flush=True)
    for launcher in launchers.values():
        launcher.process.stdin.close()
        launcher.process.wait()


if __name__ == "__main__":
    main()
