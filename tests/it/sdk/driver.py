"""Runs small programs against the one SDK that is installed beside this interpreter.

A fork server: `import mcp` costs half a second or more, so it happens once, and every program starts from a fork that
already holds it. Nothing else of the SDK is imported ahead, because any program that names a part of `mcp` imports
`mcp` first: a fork therefore sees the modules a fresh interpreter would see.

Reads one JSON object a line on standard input, {id, dir, file, timeout}, where `dir` becomes the working folder, `file`
is relative to it, and `timeout` is in seconds. A job may also have `module` in place of `file`, `args`, `env`, `path`
(folders to import from, before all others) and `socket` (a Unix socket that is its standard input and output); `{end: id}`
ends one that is running. Writes one JSON object a line on standard output, as programs end:
{id, code, stdout, stderr, raised}. `code` is the exit code, negative for a signal, null after a timeout; `raised` lists
the exceptions that ended the program, the leaves of an exception group each on its own. The first line it writes is
{ready}, the versions it runs on. Ends when its input has ended and every program too.

Programs get an empty input, no proxies, a home of their own, and sockets to this machine only.
"""

import atexit
import gc
import json
import os
import re
import runpy
import select
import signal
import socket
import sys
import tempfile
import time

AT_ONCE = 2
TIMEOUT = 20.0
# A program that prints more than this is broken; the rest is cut off.
OUTPUT = 256 * 1024
POLL = 0.005
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
LOCAL = {None, "", "localhost", "0.0.0.0", "::", "::1"}


def serve():
    """Serves until nothing is left. Returns the job in each fork, and None in the server itself."""
    waiting, running, rest, open_input = [], {}, b"", True
    while open_input or waiting or running:
        while waiting and len(running) < AT_ONCE:
            job = waiting.pop(0)
            out, err, raised = (tempfile.TemporaryFile() for _ in range(3))
            sys.stdout.flush()
            pid = os.fork()
            if pid == 0:
                os.setsid()
                redirect(job, out, err)
                return job, raised
            limit = time.monotonic() + float(job.get("timeout") or TIMEOUT)
            running[pid] = (job, out, err, raised, limit)
        if open_input:
            # With nothing running there is nothing else to wait for.
            ready, _, _ = select.select([0], [], [], POLL if running else None)
            if ready:
                read = os.read(0, 1 << 16)
                open_input = bool(read)
                *lines, rest = (rest + read).split(b"\n")
                for asked in (json.loads(line) for line in lines if line.strip()):
                    if "end" not in asked:
                        waiting.append(asked)
                        continue
                    waiting[:] = [job for job in waiting if job["id"] != asked["end"]]
                    end(asked["end"], running)
        else:
            time.sleep(POLL)
        for pid in list(running):
            collect(pid, running)
    return None


def collect(pid, running):
    """Answers for one program if it has ended or has had its time."""
    job, out, err, raised, limit = running[pid]
    ended, status = os.waitpid(pid, os.WNOHANG)
    code = None
    if ended:
        code = os.waitstatus_to_exitcode(status)
    elif time.monotonic() < limit:
        return
    # What it started goes with it, also after an orderly end.
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    if not ended:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    del running[pid]
    answer = {"id": job["id"], "code": code}
    answer["stdout"], answer["stderr"] = plain(text(out), job), plain(text(err), job)
    answer["raised"] = [line for line in text(raised).split("\0") if line]
    print(json.dumps(answer), flush=True)


def end(name, running):
    """Ends the job of that name, with what it started."""
    for pid, (job, *_) in running.items():
        if job["id"] == name:
            try:
                os.killpg(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                # The fork has not yet got its own group.
                os.kill(pid, signal.SIGKILL)


def text(file):
    """What a program wrote to one of its files."""
    file.seek(0)
    read = file.read(OUTPUT).decode("utf-8", "replace")
    file.close()
    return read


def plain(written, job):
    """What was written, without what differs from run to run: the folder's name and the addresses of objects."""
    return ADDRESS.sub(" at 0x_", written.replace(os.path.realpath(job["dir"]), "."))


def redirect(job, out, err):
    """Gives a fork its own standard streams."""
    os.dup2(err.fileno(), 2)
    if "socket" in job:
        peer = socket.socket(socket.AF_UNIX)
        peer.connect(job["socket"])
        os.dup2(peer.fileno(), 0)
        os.dup2(peer.fileno(), 1)
        peer.close()
        return
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(out.fileno(), 1)


def refuse_other_hosts(event, arguments):
    """An audit hook: names and addresses of other machines fail as they do on a machine without a network."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not is_local(address[0]):
            raise OSError(101, f"no network in examples: {address[0]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        if not is_local(arguments[0]):
            raise socket.gaierror(socket.EAI_NONAME, f"no network in examples: {arguments[0]}")


def is_local(host):
    host = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return host in LOCAL or (isinstance(host, str) and host.startswith("127."))


def settle(job):
    """Makes a fork look like an interpreter that was started in the job's folder to run the job's program."""
    folder = os.path.realpath(job["dir"])
    os.chdir(folder)
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, HOME=folder, LANG="C.UTF-8", PYTHONUTF8="1", PYTHONHASHSEED="0", NO_COLOR="1")
    os.environ.update(job.get("env") or {})
    script = folder if "module" in job else os.path.join(folder, job["file"])
    sys.argv[:] = [script, *(job.get("args") or [])]
    # The script's folder first, as always; the project's last, as if it had been installed.
    sys.path[0] = folder if "module" in job else os.path.dirname(script)
    if folder != sys.path[0]:
        sys.path.append(folder)
    sys.path[1:1] = job.get("path") or []
    # Programs stand in folders that are compared afterwards, or that belong to others.
    sys.dont_write_bytecode = True
    sys.addaudithook(refuse_other_hosts)
    return script


def leaves(error):
    """The exceptions that an exception stands for, each as `module.Class: message`."""
    inner = getattr(error, "exceptions", None)
    if isinstance(inner, tuple) and inner:
        return [line for one in inner for line in leaves(one)]
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    return [f"{name}: {error}"]


def end_here(fork):
    """Ends a fork after its threads and exit handlers, and before the SDK is taken apart object by object, which would
    take longer than most programs and changes nothing they print."""
    if "code" in fork:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError):
                pass
        os._exit(fork["code"])


def main():
    # Handlers run last in, first out: registered before all others, this one is the last.
    fork = {}
    atexit.register(end_here, fork)
    import mcp  # noqa: F401 - held for every fork
    from importlib.metadata import version

    # Unfrozen, the collections of a fork and of its end would walk, and so copy, all that the SDK has made.
    gc.collect()
    gc.freeze()
    print(json.dumps({"ready": f"mcp {version('mcp')} on Python {sys.version.split()[0]}"}), flush=True)
    given = serve()
    if given is None:
        return
    job, raised = given
    script = settle(job)
    fork["code"] = 0
    try:
        if "module" in job:
            runpy.run_module(job["module"], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        fork["code"] = end.code & 0xFF if isinstance(end.code, int) else int(end.code is not None)
        raise
    except BaseException as error:
        fork["code"] = 1
        raised.write("\0".join(leaves(error)).encode("utf-8", "replace"))
        raised.flush()
        raise


# A fork leaves here as any program does: tracebacks, exit messages, threads and exit handlers are the interpreter's own.
main()
