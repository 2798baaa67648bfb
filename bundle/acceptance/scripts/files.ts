/**
 * Writes to a shared file system from all pods of a job at once, reads it back, and compares with what its tier promises.
 *
 * Python, with what its standard library has. Pods tell each other what they measured by files in the same file system.
 */
export const FILES_SCRIPT = `"""Measures how fast the nodes of a job write to one file system together, and read from it."""
import json
import mmap
import os
import shutil
import sys
import threading
import time

ROOT = os.environ["MOUNT"]
JOB = os.environ["RUN"]
INDEX = int(os.environ["JOB_COMPLETION_INDEX"])
NODES = int(os.environ["NODES"])
SECONDS = float(os.environ["SECONDS"])
STREAMS = int(os.environ["STREAMS"])
STREAM_BYTES = int(os.environ["STREAM_BYTES"])
BLOCK = 16 * 1024 * 1024
STORE_FLOOR = float(os.environ["STORE_FLOOR_MBPS"])
NODE_FLOOR = float(os.environ["NODE_FLOOR_MBPS"])
DIRECT = getattr(os, "O_DIRECT", 0) if os.environ.get("DIRECT", "1") == "1" else 0
PATIENCE = float(os.environ.get("PATIENCE_SECONDS", "1800"))
FOLDER = os.path.join(ROOT, ".acceptance-" + JOB)


def told(step):
    with open(os.path.join(FOLDER, "%s-%d" % (step, INDEX)), "w", encoding="utf-8"):
        pass


def reached(step):
    """Waits until all pods are here, so that all measure at the same time."""
    told(step)
    until = time.monotonic() + PATIENCE
    while sum(name.startswith(step + "-") for name in os.listdir(FOLDER)) < NODES:
        if time.monotonic() > until:
            sys.exit("the other pods did not come to %s within %d s" % (step, PATIENCE))
        time.sleep(1 if PATIENCE > 60 else 0.05)


def stream(number, move, done):
    """Bytes that one stream moves; files are gone over again until the time is up, so that they stay small."""
    flags = os.O_RDWR | os.O_CREAT | DIRECT
    file = os.open(os.path.join(FOLDER, "data-%d-%d" % (INDEX, number)), flags, 0o600)
    buffer = mmap.mmap(-1, BLOCK)
    buffer.write(os.urandom(1024 * 1024) * (BLOCK // (1024 * 1024)))
    until, offset, moved = time.monotonic() + SECONDS, 0, 0
    try:
        while time.monotonic() < until:
            moved += move(file, buffer, offset)
            offset = (offset + BLOCK) % STREAM_BYTES
        os.fsync(file)
    finally:
        os.close(file)
        done[number] = moved


def measured(move):
    done = [0] * STREAMS
    began = time.monotonic()
    threads = [threading.Thread(target=stream, args=(number, move, done)) for number in range(STREAMS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - began) / 1e6


def fill():
    """Reads need whole files: what writing did not reach in its time is written now."""
    for number in range(STREAMS):
        path = os.path.join(FOLDER, "data-%d-%d" % (INDEX, number))
        block = os.urandom(1024 * 1024) * (BLOCK // (1024 * 1024))
        with open(path, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            while size < STREAM_BYTES:
                size += file.write(block)


os.makedirs(FOLDER, exist_ok=True)
reached("started")
wrote = measured(lambda file, buffer, offset: os.pwrite(file, buffer, offset))
fill()
reached("written")
read = measured(lambda file, buffer, offset: os.preadv(file, [buffer], offset))
with open(os.path.join(FOLDER, "result-%d.part" % INDEX), "w", encoding="utf-8") as file:
    json.dump({"write": wrote, "read": read}, file)
os.rename(os.path.join(FOLDER, "result-%d.part" % INDEX), os.path.join(FOLDER, "result-%d" % INDEX))
print("node %d wrote %.0f MB/s and read %.0f MB/s" % (INDEX, wrote, read))
if INDEX != 0:
    told("read")
    sys.exit(0)
reached("read")
results = []
for index in range(NODES):
    with open(os.path.join(FOLDER, "result-%d" % index), encoding="utf-8") as file:
        results.append(json.load(file))
floor = min(STORE_FLOOR, NODES * NODE_FLOOR)
failed = False
for step in ("write", "read"):
    total = sum(result[step] for result in results)
    failed = failed or total < floor
    print("%s %s: %.0f MB/s of %d nodes, floor %.0f MB/s" % ("WRONG" if total < floor else "ok", step, total, NODES, floor))
shutil.rmtree(FOLDER, ignore_errors=True)
sys.exit(1 if failed else 0)
`;
