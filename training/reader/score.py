#!/usr/bin/env python3
"""Scores an exported model on the development parts, as train.py scores the weights in training: what eight bits cost.

  score.py EVAL_FOLDER MODEL.onnx --pretrained FOLDER [--quotations-dev FILE...]
"""
import argparse, json, pathlib

import onnx
import onnxruntime
import torch

import data
from model import OUTPUTS
from pieces import Pieces
from train import Windows, measure


def main():
    a = argparse.ArgumentParser()
    a.add_argument("eval"), a.add_argument("model")
    a.add_argument("--pretrained", required=True)
    a.add_argument("--quotations-dev", nargs="*", default=[])
    a = a.parse_args()
    labels = json.loads(next(p.value for p in onnx.load(a.model).metadata_props if p.key == "labels"))
    session = onnxruntime.InferenceSession(a.model, providers=["CPUExecutionProvider"])

    def answer(t):
        names = ("input_ids", "ids"), ("shape_ids", "shapes"), ("word_starts", "starts"), ("word_sentence", "sentence")
        values = session.run(None, {n: t[k].to(torch.int32).numpy() for n, k in names})
        out = {k: torch.tensor(v)[None] for k, v in zip(OUTPUTS, values)}
        return out | {"heads": out["arcs"].argmax(-1)}

    windows = Windows(Pieces(pathlib.Path(a.pretrained) / "vocab.txt"), labels)
    dev = data.load(a.eval, "dev") + [("gold", d) for _, d in data.quotations(a.quotations_dev)]
    print(json.dumps(measure(answer, windows, dev)))


if __name__ == "__main__":
    main()
