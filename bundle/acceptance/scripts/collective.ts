/** Where all scripts of all-reduces get what they measure, and how they tell it. */
const SHARED = `import json
import os
import sys
import time

INDEX = int(os.environ["JOB_COMPLETION_INDEX"])
NODES = int(os.environ["NODES"])
RANKS = int(os.environ["RANKS_PER_NODE"])
BYTES = int(os.environ["MESSAGE_BYTES"])
ROUNDS = int(os.environ.get("ROUNDS", "20"))
FLOOR = os.environ.get("FLOOR_GBPS", "")
HEAD = os.environ["HEAD"]
PORT = 29500


def told(seconds, ranks):
    """Bus bandwidth as nccl-tests count it: what each rank moves, whatever their number."""
    bus = BYTES / seconds * 2 * (ranks - 1) / ranks / 1e9
    low = FLOOR != "" and bus < float(FLOOR)
    print(json.dumps({
        "nodes": NODES,
        "ranks": ranks,
        "bytes": BYTES,
        "seconds": round(seconds, 6),
        "busGBps": round(bus, 1),
        "floorGBps": float(FLOOR) if FLOOR else None,
    }))
    print("WRONG below the floor" if low else "accepted" if FLOOR else "no floor is known: compare with the last run")
    return 1 if low else 0
`;

/** An all-reduce of PyTorch over all accelerators of all nodes: NCCL, or RCCL on AMD. */
export const TORCH_SCRIPT = `"""Measures the bus bandwidth of an all-reduce over all accelerators of all nodes of a job."""
${SHARED}
import torch
import torch.distributed as dist
import torch.multiprocessing as mp

BACKEND = os.environ.get("BACKEND", "nccl")
DEVICE = os.environ.get("DEVICE", "cuda")


def settled():
    if DEVICE == "cuda":
        torch.cuda.synchronize()


def run(local, codes):
    rank, ranks = INDEX * RANKS + local, NODES * RANKS
    if DEVICE == "cuda":
        torch.cuda.set_device(local)
    dist.init_process_group(BACKEND, init_method="tcp://%s:%d" % (HEAD, PORT), rank=rank, world_size=ranks)
    device = torch.device(DEVICE, local) if DEVICE == "cuda" else torch.device(DEVICE)
    check = torch.full((1024,), float(rank + 1), device=device)
    dist.all_reduce(check)
    if not bool((check == ranks * (ranks + 1) / 2).all()):
        sys.exit("rank %d got a wrong sum" % rank)
    data = torch.zeros(BYTES // 4, dtype=torch.float32, device=device)
    for _ in range(5):
        dist.all_reduce(data)
    settled()
    dist.barrier()
    began = time.perf_counter()
    for _ in range(ROUNDS):
        dist.all_reduce(data)
    settled()
    spent = torch.tensor([(time.perf_counter() - began) / ROUNDS], dtype=torch.float64, device=device)
    dist.all_reduce(spent, op=dist.ReduceOp.MAX)
    if rank == 0:
        codes[0] = told(float(spent.item()), ranks)
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    codes = mp.get_context("spawn").Array("i", [0])
    mp.spawn(run, args=(codes,), nprocs=RANKS)
    sys.exit(codes[0])
`;

/** An all-reduce of PyTorch on Trainium: one process of `torchrun` for each core. */
export const NEURON_SCRIPT = `"""Measures the bus bandwidth of an all-reduce over all Neuron cores of all nodes of a job."""
${SHARED}
import torch
import torch.distributed as dist
import torch_xla.core.xla_model as xm
import torch_xla.distributed.xla_backend  # noqa: F401

dist.init_process_group("xla")
rank, ranks = dist.get_rank(), dist.get_world_size()
data = torch.zeros(BYTES // 4, dtype=torch.float32, device=xm.xla_device())


def once():
    xm.all_reduce(xm.REDUCE_SUM, [data])
    xm.mark_step()
    xm.wait_device_ops()


for _ in range(5):
    once()
xm.rendezvous("warm")
began = time.perf_counter()
for _ in range(ROUNDS):
    once()
spent = (time.perf_counter() - began) / ROUNDS
sys.exit(told(spent, ranks) if rank == 0 else 0)
`;

/** An all-reduce of JAX over all chips of a slice. */
export const JAX_SCRIPT = `"""Measures the bus bandwidth of an all-reduce over all chips of a slice."""
${SHARED}
import jax
import jax.numpy as jnp

if NODES > 1:
    jax.distributed.initialize()
ranks, local = jax.device_count(), jax.local_device_count()
if ranks != NODES * RANKS and ranks != 2 * NODES * RANKS:
    sys.exit("the slice has %d devices, not %d" % (ranks, NODES * RANKS))
data = jax.pmap(lambda _: jnp.zeros((BYTES // 4,), jnp.float32))(jnp.arange(local))
total = jax.pmap(lambda value: jax.lax.psum(value, "all"), axis_name="all", donate_argnums=0)
for _ in range(5):
    data = total(data)
data.block_until_ready()
began = time.perf_counter()
for _ in range(ROUNDS):
    data = total(data)
data.block_until_ready()
spent = (time.perf_counter() - began) / ROUNDS
sys.exit(told(spent, ranks) if jax.process_index() == 0 else 0)
`;
