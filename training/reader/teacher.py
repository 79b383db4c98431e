#!/usr/bin/env python3
"""Sentence vectors of the whole pretrained encoder, for the reader's `meaning` head to learn: 384 numbers folded to 128.

  teacher.py EVAL_FOLDER OUT.npz --pretrained FOLDER [--left-out FILE]
"""
import argparse, json, pathlib

import numpy as np
import torch

import data
from model import Encoder, pretrained_weights
from pieces import CLS, SEP, Pieces


def main():
    a = argparse.ArgumentParser()
    a.add_argument("eval"), a.add_argument("out")
    a.add_argument("--pretrained", required=True)
    a.add_argument("--left-out")
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    left_out = set(open(a.left_out).read().split()) if a.left_out else set()
    torch.set_num_threads(a.threads)
    pieces = Pieces(pathlib.Path(a.pretrained) / "vocab.txt")
    encoder = Encoder(pretrained_weights(a.pretrained), 6).eval()
    sentences = sorted({" ".join(w.form for w in s) for _, d in data.load(a.eval, "train", left_out) for s in d if len(s) >= 4},
                       key=lambda s: (len(s), s))
    rows = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for i in range(0, len(sentences), 64):
            coded = [[CLS] + [p for w in s.split(" ") for p in pieces.of(w)][:254] + [SEP] for s in sentences[i:i + 64]]
            n = max(map(len, coded))
            ids = torch.tensor([c + [0] * (n - len(c)) for c in coded])
            live = torch.tensor([[1.0] * len(c) + [0.0] * (n - len(c)) for c in coded])
            x = encoder(ids, torch.zeros_like(ids), (live - 1)[:, None, None] * 1e4).float()
            x = (x * live[..., None]).sum(1) / live.sum(1, keepdim=True)
            rows.append(torch.nn.functional.normalize(x, dim=-1).numpy())
    vectors = np.concatenate(rows)
    # The 128 directions along which these vectors differ most, uncentred: cosines stay what they were.
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    folded = vectors @ directions[:, ::-1][:, :128]
    kept = (folded ** 2).sum(1).mean()
    print(f"{len(sentences)} sentences, {kept:.3f} of their length kept in 128 numbers")
    np.savez(a.out, vectors=folded.astype(np.float32), sentences=json.dumps(sentences))


if __name__ == "__main__":
    main()
