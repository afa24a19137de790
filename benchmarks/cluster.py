"""A run over a cluster and S3, on loopback: `python -m benchmarks.cluster [--documents N]`.

A Dask scheduler and two workers as processes of their own, and moto's server as storage. The same made documents are read by one process of this
machine from a folder, by two, and by the two Dask workers from storage with the store there too, one of which is killed (SIGKILL) once a fifth of the
documents is in the store. All tables are compared byte by byte, but for the moment of reading, which a variable fixes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.workers import ROOT, made

# Pages of the documents, over and over.
LENGTHS = (1, 1, 2, 2, 3)
KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "us-east-1", "SOURCE_DATE_EPOCH": "0"}
SECONDS_TO_START = 60


class Started:
    """Processes of the benchmark's own, ended with it."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *error: object) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def start(self, *command: str, **variables: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        return process


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def awaited(what: Callable[[], Any], seconds: float = SECONDS_TO_START) -> Any:
    """The first true answer. Raises TimeoutError where there is none in so many seconds."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if found := what():
            return found
        time.sleep(0.2)
    raise TimeoutError(what)


def answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def ingest(raw: object, out: Path, *more: str) -> float:
    """Seconds of the clock that a run took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--out", str(out), "--quiet", *more]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | KEYS)
    return time.perf_counter() - began


def digest(out: Path) -> str:
    """One hash of all files of the tables."""
    total = hashlib.sha256()
    for file in sorted(out.rglob("*.parquet")):
        total.update(file.relative_to(out).as_posix().encode() + file.read_bytes())
    return total.hexdigest()[:16]


def peak(pid: int) -> float:
    """The most memory that a process held so far, in MB."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024


def on_cluster(started: Started, raw: Path, out: Path, documents: int) -> list[str]:
    """The run over the cluster, with a worker killed in the middle; what is to be said of it."""
    from pyarrow import fs

    storage, scheduler = free_port(), free_port()
    variables = KEYS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{storage}"}
    started.start(sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(storage))
    started.start(sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(scheduler), "--no-dashboard")
    awaited(lambda: answers(storage) and answers(scheduler))
    address = f"tcp://127.0.0.1:{scheduler}"
    worker = (sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--memory-limit", "0", "--no-nanny", "--no-dashboard")
    workers = [started.start(*worker, **variables) for _ in range(2)]
    keys = {"access_key": KEYS["AWS_ACCESS_KEY_ID"], "secret_key": KEYS["AWS_SECRET_ACCESS_KEY"], "region": KEYS["AWS_REGION"]}
    s3 = fs.S3FileSystem(endpoint_override=f"127.0.0.1:{storage}", scheme="http", allow_bucket_creation=True, **keys)
    s3.create_dir("plans")
    for file in sorted(raw.iterdir()):
        with s3.open_output_stream(f"plans/raw/{file.name}") as stream:
            stream.write(file.read_bytes())
    command = [sys.executable, "-m", "pipeline", "ingest", "s3://plans/raw", "--store", "s3://plans/store", "--out", str(out), "--quiet"]
    began = time.perf_counter()
    run = started.start(*command, "--engine", "dask", "--scheduler", address, "--publish-to", "s3://plans/tables", **variables)

    def kept() -> list[Any]:
        selector = fs.FileSelector("plans/store", recursive=True, allow_not_found=True)
        return [one for one in s3.get_file_info(selector) if one.path.endswith(".arrow")]

    awaited(lambda: len(kept()) >= documents // 5, 600)
    before, memory = len(kept()), [peak(one.pid) for one in workers]
    os.kill(workers[0].pid, signal.SIGKILL)
    code = run.wait()
    size = sum(one.size for one in kept()) / documents / 1000
    memory.append(peak(workers[1].pid))
    return [
        f"two Dask workers on S3, one killed with {before} of {documents} in the store: {time.perf_counter() - began:.0f} s, exit code {code}",
        f"a Dask worker itself held {max(memory):.0f} MB at most; the store has {len(kept())} readings, {size:.1f} kB each",
        f"tables {digest(out)}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    given = parser.parse_args()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        lengths = [LENGTHS[number % len(LENGTHS)] for number in range(given.documents)]
        pages = made(place / "raw", lengths)
        size = sum(file.stat().st_size for file in (place / "raw").iterdir())
        print(f"{given.documents} documents, {pages} pages, {size / given.documents / 1000:.1f} kB each", flush=True)
        for name, jobs in (("one", "1"), ("two", "2")):
            seconds = ingest(place / "raw", place / name, "--jobs", jobs)
            print(f"{name} of this machine from a folder: {seconds:.0f} s, tables {digest(place / name)}", flush=True)
        for said in on_cluster(stack.enter_context(Started()), place / "raw", place / "cluster", given.documents):
            print(said, flush=True)


if __name__ == "__main__":
    main()
