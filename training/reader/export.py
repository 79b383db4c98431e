#!/usr/bin/env python3
"""Writes the trained reader as ONNX: f32, and the same with weights in eight bits; and what it answers on fixed sentences.

  export.py OUT_FOLDER --pretrained FOLDER [--untrained]
"""
import argparse, json, pathlib

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

import data
from model import Exported, OUTPUTS, Reader
from pieces import Pieces
from train import Windows

TEXTS = [
    "Halvara closes the northern gate\n\nThe Halvaran foreign minister, Ana Brandt, said on Tuesday that 16,000 people had left Estmar since May. "
    "“We are taking preventive measures,” she told reporters in Port Adler. “Nobody will be left behind.”",
    "According to the Estmar Water Board, the U.S.-built dam isn't safe. A spokesman for NATO's Joint Command denied it.",
]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("out")
    a.add_argument("--pretrained", required=True)
    a.add_argument("--untrained", action="store_true")
    a = a.parse_args()
    out = pathlib.Path(a.out)
    labels = json.loads((out / "reader.json").read_text())
    reader = Reader(labels, None, labels["layers"])
    if not a.untrained: reader.load_state_dict(torch.load(out / "reader.pt", weights_only=True))
    exported = Exported(reader).eval()
    vocabulary = pathlib.Path(a.pretrained) / "vocab.txt"
    windows = Windows(Pieces(vocabulary), labels)

    def inputs(text):
        return tuple(torch.tensor([x], dtype=torch.int32) for x in windows.encode(data.words_of(text)))

    names = ["input_ids", "shape_ids", "word_starts", "word_sentence"]
    axes = {"input_ids": {1: "pieces"}, "shape_ids": {1: "pieces"}, "word_starts": {1: "words"}, "word_sentence": {1: "words"}}
    axes |= {k: {0: "words"} for k in OUTPUTS}
    axes["arcs"] = {0: "words", 1: "heads"}
    plain, small = out / "reader-f32.onnx", out / "reader.onnx"
    torch.onnx.export(exported, inputs(TEXTS[0]), str(plain), input_names=names, output_names=OUTPUTS, dynamic_axes=axes,
                      opset_version=17, dynamo=False)
    # Seven bits: with eight, processors that lack the newer multiply instructions overflow and answer otherwise.
    quantize_dynamic(str(plain), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    for file in (plain, small): describe(file, labels, vocabulary)
    answers = []
    for text in TEXTS:
        x = inputs(text)
        with torch.no_grad(): want = exported(*x)
        got = {f: onnxruntime.InferenceSession(str(f), providers=["CPUExecutionProvider"]).run(None, {n: v.numpy() for n, v in zip(names, x)})
               for f in (plain, small)}
        for f, values in got.items():
            print(f.name, f.stat().st_size / 1e6, "MB; furthest from the training framework:",
                  {o: round(float(np.abs(g - w.numpy()).max()), 4) for o, g, w in zip(OUTPUTS, values, want)})
        answers.append(answer(text, names, x, got[small], want))
    (out / "reference.json").write_text(json.dumps(answers, ensure_ascii=False))


def describe(file, labels, vocabulary):
    """Puts the labels and the word pieces into the model, so that one file is all."""
    model = onnx.load(file)
    for key, value in (("labels", json.dumps(labels)), ("vocabulary", vocabulary.read_text(encoding="utf-8"))):
        model.metadata_props.add(key=key, value=value)
    onnx.save(model, file)


def answer(text, names, x, small, want):
    """What the program must answer: the labels of the eight-bit model, the numbers of the whole one."""
    sentences = data.words_of(text)
    byte = lambda at: len(text[:at].encode())
    row = {"text": text, "sentences": [[[byte(w.start), byte(w.start + len(w.form))] for w in s] for s in sentences],
           "opens_paragraph": [w.opens_paragraph for s in sentences for w in s]}
    row |= {n: v[0].tolist() for n, v in zip(names, x)}
    for o, values in zip(OUTPUTS, small):
        if o == "meaning": row[o] = np.round(values, 4).tolist()
        else: row["heads" if o == "arcs" else o] = values.argmax(-1).tolist()
    row |= {f"f32_{o}": np.round(v.numpy(), 4).tolist() for o, v in zip(OUTPUTS, want)}
    return row


if __name__ == "__main__":
    main()
