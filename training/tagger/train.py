#!/usr/bin/env python3
"""Trains the word-class tagger: an averaged perceptron over hashed features, written as one sparse file.

  train.py OUT.bin TRAIN.conllu... [--dev DEV.conllu...] [--leave-out IDS.txt]

CoNLL-U in, with Penn tags in the fifth column. The features must stay the same as in
crates/onrecord-annotate/src/tagger/features.rs. No randomness but a seeded shuffle: the same input gives the same file.
"""
import argparse, random, struct, sys

TAGS = ["NN", "NNS", "NNP", "PRP", "PRP$", "DT", "IN", "TO", "CC", "MD", "VB", "VBD", "VBN", "VBG", "VBP", "VBZ",
        "JJ", "RB", "CD", "WDT", "WP", "WRB", "POS", "EX", "RP", "UH", "SYM", "X", "PUNCT"]
FOLD = {"NNPS": "NNP", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "PDT": "DT", "WP$": "WP", "$": "SYM",
        "ADD": "NNP", "GW": "X", "AFX": "JJ", "FW": "X", "LS": "X"}
BUCKETS = 1 << 17


def fold(tag, form):
    if tag in TAGS: return tag
    if tag in FOLD: return FOLD[tag]
    return "SYM" if form in "$%€£#&" else "PUNCT"


def sentences(paths, left_out):
    for path in paths:
        words, skip = [], False
        for line in open(path, encoding="utf-8"):
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                skip = line.split("=")[-1].strip() in left_out
            elif not line:
                if words and not skip: yield join(words)
                words = []
            elif line[0] != "#":
                f = line.split("\t")
                if f[0].isdigit(): words.append((f[1], f[4], "SpaceAfter=No" not in f[9]))
        if words and not skip: yield join(words)


def join(words):
    """Hyphenated words are one token here, as in tokens.rs."""
    out, i = [], 0
    while i < len(words):
        form, tag, space = words[i]
        while (i + 2 < len(words) and words[i + 1][1] == "HYPH" and not words[i][2] and not words[i + 1][2]
               and form[0].isalpha()):
            i += 2
            form, tag, space = form + words[i - 1][0] + words[i][0], words[i][1], words[i][2]
            if tag == "NN" and i + 1 < len(words) and words[i + 1][1].startswith("NN"): tag = "JJ"
        out.append((form, fold(tag, form)))
        i += 1
    return out


def fnv(kind, *parts):
    h = 0xcbf29ce484222325
    for b in bytes([kind]):
        h = ((h ^ b) * 0x100000001b3) & 0xffffffffffffffff
    for part in parts:
        for b in part.encode("utf-8"):
            h = ((h ^ b) * 0x100000001b3) & 0xffffffffffffffff
        h = ((h ^ 0x1f) * 0x100000001b3) & 0xffffffffffffffff
    return (h ^ (h >> 29)) % BUCKETS


def shape(word):
    if word[0].isdigit(): return "d"
    letters = [c for c in word if c.isalpha()]
    if not letters: return "p"
    if len(letters) > 1 and all(c.isupper() for c in letters): return "A"
    if word[0].isupper(): return "C-" if "-" in word else "C"
    return "h" if "-" in word else "l"


def suffix(word, n):
    return word[-n:]


CACHE = {}


def own(word, low, prev, nxt, prev2, nxt2, first):
    key = (word, prev, nxt, prev2, nxt2, first)
    if key in CACHE: return CACHE[key]
    s = shape(word)
    got = [fnv(1, low), fnv(2, suffix(low, 3)), fnv(3, suffix(low, 2)), fnv(4, low[:2]), fnv(5, s, "1" if first else "0"),
           fnv(6, prev), fnv(7, suffix(prev, 3)), fnv(8, prev2), fnv(9, nxt), fnv(10, suffix(nxt, 3)), fnv(11, nxt2),
           fnv(12, low, nxt), fnv(13, prev, low), fnv(14, suffix(low, 4), s)]
    CACHE[key] = got
    return got


def features(words, lows, i, t1, t2):
    at = lambda j: lows[j] if 0 <= j < len(lows) else ("<s>" if j < 0 else "</s>")
    base = own(words[i], lows[i], at(i - 1), at(i + 1), at(i - 2), at(i + 2), i == 0)
    return base + [fnv(15, t1), fnv(16, t1, t2), fnv(17, t1, lows[i]), fnv(18, t1, at(i + 1)), fnv(19, t1, suffix(lows[i], 3))]


class Model:
    def __init__(self):
        self.w = {}; self.total = {}; self.seen = {}; self.n = 0

    def score(self, feats):
        s = [0.0] * len(TAGS)
        for f in feats:
            w = self.w.get(f)
            if w:
                for t, v in w.items(): s[t] += v
        return s

    def best(self, feats):
        s = self.score(feats)
        m = max(s); return s.index(m)

    def bump(self, f, t, by):
        k = (f, t); row = self.w.setdefault(f, {})
        old = row.get(t, 0.0)
        self.total[k] = self.total.get(k, 0.0) + (self.n - self.seen.get(k, 0)) * old
        self.seen[k] = self.n; row[t] = old + by

    def average(self):
        for f, row in self.w.items():
            for t, v in row.items():
                k = (f, t)
                row[t] = (self.total.get(k, 0.0) + (self.n - self.seen.get(k, 0)) * v) / self.n


def tag(model, words):
    lows = [w.lower().replace("’", "'") for w in words]
    t1 = t2 = "<s>"; out = []
    for i, w in enumerate(words):
        t = TAGS[model.best(features(words, lows, i, t1, t2))] if any(c.isalnum() for c in w) or w in "$%€£#&" or w[0] in "'’" and len(w) > 1 else "PUNCT"
        out.append(t); t2, t1 = t1, t
    return out


def train(data, epochs):
    model = Model(); rng = random.Random(1)
    for epoch in range(epochs):
        rng.shuffle(data); wrong = n = 0
        for sent in data:
            words = [w for w, _ in sent]; lows = [w.lower().replace("’", "'") for w in words]
            t1 = t2 = "<s>"
            for i, (w, gold) in enumerate(sent):
                if gold != "PUNCT":
                    model.n += 1; n += 1
                    feats = features(words, lows, i, t1, t2)
                    guess = model.best(feats); want = TAGS.index(gold)
                    if guess != want:
                        wrong += 1
                        for f in feats: model.bump(f, want, 1.0); model.bump(f, guess, -1.0)
                    gold = TAGS[guess]
                t2, t1 = t1, gold
        print(f"epoch {epoch}: {1 - wrong / n:.4f}", file=sys.stderr, flush=True)
    model.average()
    return model


def quantise(model):
    top = max(abs(v) for row in model.w.values() for v in row.values())
    scale = 127.0 / min(top, 24.0)
    for f, row in model.w.items():
        q = {t: max(-127, min(127, round(v * scale))) for t, v in row.items()}
        model.w[f] = {t: v for t, v in q.items() if abs(v) >= 1}


def write(model, path):
    """Per bucket: number of entries (u8), then tag (u8) and weight (i8) of each."""
    with open(path, "wb") as out:
        for bucket in range(BUCKETS):
            row = sorted(model.w.get(bucket, {}).items())
            out.write(struct.pack("B", len(row)))
            for t, v in row: out.write(struct.pack("Bb", t, v))


def accuracy(model, data):
    ok = n = 0
    for sent in data:
        for got, (_, want) in zip(tag(model, [w for w, _ in sent]), sent):
            if want != "PUNCT": n += 1; ok += got == want
    return ok / max(n, 1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out"); p.add_argument("train", nargs="+"); p.add_argument("--dev", nargs="*", default=[])
    p.add_argument("--leave-out"); p.add_argument("--epochs", type=int, default=5)
    a = p.parse_args()
    left_out = set(open(a.leave_out).read().split()) if a.leave_out else set()
    model = train(list(sentences(a.train, left_out)), a.epochs)
    quantise(model)
    write(model, a.out)
    if a.dev: print(f"dev: {accuracy(model, list(sentences(a.dev, left_out))):.4f}", file=sys.stderr)


main()
