#!/usr/bin/env python3
"""Trains the reader: one encoder, a head for each task, windows of whole sentences. See README.md.

  train.py EVAL_FOLDER OUT_FOLDER --pretrained FOLDER [--layers 6] [--epochs 6] [--quotations FILE...] [--start WEIGHTS --rounded]
"""
import argparse, collections, dataclasses, json, math, pathlib, random, sys, time

import numpy as np
import torch
from torch.nn import functional as F

import data
from data import NAMES, SPEECH
from model import Linear, Reader, pretrained_weights
from written import RULES, Written, places
from pieces import CLS, SEP, Pieces, shapes

LONGEST = 256
WEIGHT = {"xpos": 0.5, "upos": 0.3, "arcs": 1.0, "rels": 0.7, "names": 1.5, "cue": 2.0, "source": 2.0, "content": 2.0, "meaning": 1.0}


class Windows:
    """Cuts documents into windows and windows into tensors."""

    def __init__(self, pieces, labels, teacher=None):
        self.pieces, self.labels, self.teacher = pieces, labels, teacher
        self.index = {k: {l: i for i, l in enumerate(v)} for k, v in labels.items() if isinstance(v, list)}
        self.speech = {l: i for i, l in enumerate(SPEECH)}

    def length(self, sentence):
        return sum(len(self.pieces.of(w.form)) for w in sentence)

    def cut(self, document, longest):
        """Lists of whole consecutive sentences of at most `longest` pieces with the two marks."""
        out, window, size = [], [], 2
        for s in document:
            n = self.length(s)
            if n > LONGEST - 2: continue
            if window and size + n > longest:
                out.append(window)
                window, size = [], 2
            window.append(s)
            size += n
        if window: out.append(window)
        return out

    def encode(self, window):
        ids, shape_ids, starts, sentence = [CLS], [0], [], []
        for n, s in enumerate(window):
            for w in s:
                p = self.pieces.of(w.form)
                starts.append(len(ids))
                sentence.append(n)
                ids += p
                shape_ids += shapes(w.form, len(p), w.opens_paragraph)
        ids.append(SEP)
        shape_ids.append(0)
        return ids, shape_ids, starts, sentence

    def batch(self, windows):
        """Tensors of padded windows; a missing label is -1, missing name labels allow all."""
        coded = [self.encode(w) for w in windows]
        b, p, n = len(windows), max(len(c[0]) for c in coded), max(len(c[2]) for c in coded)
        t = {k: torch.zeros(b, p, dtype=torch.long) for k in ("ids", "shapes")}
        t["mask"] = torch.full((b, 1, 1, p), -1e4)
        t["starts"] = torch.zeros(b, n, dtype=torch.long)
        t["sentence"] = torch.full((b, n), -1, dtype=torch.long)
        for k in ("xpos", "upos", "arcs", "rels", "cue", "source", "content"): t[k] = torch.full((b, n), -1, dtype=torch.long)
        t["names"] = torch.ones(b, n, len(NAMES), dtype=torch.bool)
        t["named"] = torch.zeros(b, n, dtype=torch.bool)
        means = []
        for i, (window, (ids, sh, starts, sentence)) in enumerate(zip(windows, coded)):
            t["ids"][i, :len(ids)] = torch.tensor(ids)
            t["shapes"][i, :len(ids)] = torch.tensor(sh)
            t["mask"][i, 0, 0, :len(ids)] = 0
            t["starts"][i, :len(starts)] = torch.tensor(starts)
            t["sentence"][i, :len(starts)] = torch.tensor(sentence)
            at = 0
            for s in window:
                first = at
                for w in s:
                    self.put(t, i, at, first, w)
                    at += 1
                if self.teacher is not None and s[0].vector is not None and at - first >= 4:
                    means.append((i, first, at, s[0].vector))
        t["means"] = means
        return t

    def put(self, t, i, at, first, w):
        for k in ("xpos", "upos"):
            v = getattr(w, k)
            if v is not None: t[k][i, at] = self.index[k].get(v, -1)
        if w.head is not None:
            t["arcs"][i, at] = first + w.head if w.head else 0
            t["rels"][i, at] = self.index["rels"].get(w.rel, -1)
        for k in ("cue", "source", "content"):
            v = getattr(w, k)
            if v is not None: t[k][i, at] = self.speech[v]
        if w.names is not None:
            t["named"][i, at] = True
            t["names"][i, at] = torch.tensor([l in w.names for l in NAMES])


def losses(reader, t, teacher=None):
    x = reader.words(t["ids"], t["shapes"], t["starts"], t["mask"])
    tags = reader.split(x)
    out = {}
    for k in ("xpos", "upos", "cue", "source", "content"):
        if (t[k] >= 0).any(): out[k] = F.cross_entropy(tags[k].flatten(0, 1), t[k].flatten(), ignore_index=-1)
    if t["named"].any(): out["names"] = chain_loss(tags["names"], t["names"], t["named"], t["sentence"])
    if (t["arcs"] >= 0).any():
        arcs = reader.arcs(x, t["sentence"])
        out["arcs"] = F.cross_entropy(arcs.flatten(0, 1), t["arcs"].flatten(), ignore_index=-1)
        rels = reader.rel_logits(x, t["arcs"].clamp(min=0))
        out["rels"] = F.cross_entropy(rels.flatten(0, 1), t["rels"].flatten(), ignore_index=-1)
    if teacher is not None and t["means"]:
        m = reader.meaning(x).float()
        mine = torch.stack([m[i, a:b].mean(0) for i, a, b, _ in t["means"]])
        theirs = teacher[torch.tensor([v for *_, v in t["means"]])]
        out["meaning"] = (1 - F.cosine_similarity(mine, theirs)).mean()
    return out


# A name's later word follows a word of the same name: the only rule of the chain, in training as in the program.
FOLLOWS = torch.tensor([[0.0 if b[0] != "I" or a[1:] == b[1:] else -1e4 for b in NAMES] for a in NAMES])
OPENS = torch.tensor([-1e4 if b[0] == "I" else 0.0 for b in NAMES])


def chain_loss(scores, allowed, named, sentence):
    """How unlikely the allowed label sequences are among all well-formed ones (a chain without learned transitions), per labelled word.

    `scores` [B, W, N], `allowed` [B, W, N] bool, `named` and `sentence` [B, W]; words without labels allow all.
    """
    rows = named.any(1)
    scores, allowed, named, sentence = scores[rows], allowed[rows], named[rows], sentence[rows]
    live = (sentence >= 0).float()[..., None]
    every = scores * live
    some = every.masked_fill(~allowed & named[..., None], -1e4)
    both = torch.cat([every, some])
    new = F.pad(sentence[:, 1:] != sentence[:, :-1], (1, 0), value=True).repeat(2, 1)
    at = both[:, 0] + OPENS
    for i in range(1, both.shape[1]):
        go = torch.logsumexp(at[:, :, None] + FOLLOWS, 1)
        fresh = torch.logsumexp(at, 1, keepdim=True) + OPENS
        stay = sentence[:, i].repeat(2)[:, None] < 0
        at = torch.where(stay, at, torch.where(new[:, i, None], fresh, go) + both[:, i])
    total, right = torch.logsumexp(at, 1).chunk(2)
    # Labels that break the rule, as a set's slip may, have no likelihood.
    sound = total - right < 5e3
    return ((total - right) * sound).sum() / named.sum()


def best_chain(scores, sentence):
    """The best well-formed labels of one window: `scores` [W, N] to indices."""
    s = torch.log_softmax(scores, -1)
    at, back = s[0] + OPENS, []
    for i in range(1, len(s)):
        follows = FOLLOWS if sentence[i] == sentence[i - 1] else OPENS[None].expand_as(FOLLOWS)
        best, where = (at[:, None] + follows).max(0)
        back.append(where)
        at = best + s[i]
    path = [int(at.argmax())]
    for where in reversed(back): path.append(int(where[path[-1]]))
    return path[::-1]


# --- words made other ----------------------------------------------------------------------------------------

class Augment:
    """Other names in the same places, other capitals: what a small set of names cannot show."""

    def __init__(self, documents, gazetteer, seed):
        self.random = random.Random(seed)
        self.pools = collections.defaultdict(list)
        for _, doc in documents:
            for s in doc:
                for kind, a, b in name_spans(s): self.pools[kind].append([w.form for w in s[a:b]])
        for kind, names in gazetteer.items(): self.pools[kind + "+"] = names

    def window(self, window):
        r = self.random
        if r.random() < 0.3: window = [self.rename(s) if all(w.head is None and w.cue is None for w in s) else s for s in window]
        x = r.random()
        if x < 0.02: window = [[recase(w, w.form.upper()) for w in s] for s in window]
        elif x < 0.05: window = [[recase(w, w.form[:1].upper() + w.form[1:]) if len(w.form) > 3 else w for w in s] for s in window]
        elif x < 0.06: window = [[recase(w, w.form.lower()) for w in s] for s in window]
        return window

    def rename(self, sentence):
        out, at = [], 0
        for kind, a, b in name_spans(sentence):
            if self.random.random() < 0.5: continue
            pool = self.pools[kind]
            extra = self.pools.get(kind + "+")
            if extra and self.random.random() < 0.5: pool = extra
            new = self.random.choice(pool)
            out += sentence[at:a]
            out += [data.Word(f, names=frozenset([("I-" if n else "B-") + kind])) for n, f in enumerate(new)]
            out[-len(new)].opens_paragraph = sentence[a].opens_paragraph
            at = b
        return out + sentence[at:]


def recase(w, form):
    return dataclasses.replace(w, form=form)


def name_spans(sentence):
    """(type, first, end) of names with one sure label."""
    out, i = [], 0
    sure = [next(iter(w.names)) if w.names and len(w.names) == 1 else "O" for w in sentence]
    while i < len(sure):
        j = i + 1
        if sure[i].startswith("B-"):
            while j < len(sure) and sure[j] == "I" + sure[i][1:]: j += 1
            out.append((sure[i][2:], i, j))
        i = j
    return out


def gazetteer(root):
    """Names of people and cities from the open gazetteers, as word lists."""
    import csv
    out = {"person": [], "place": [], "organisation": []}
    for line in open(root / "gazetteers/phoenix_countries.jsonl", encoding="utf-8"):
        row = json.loads(line)
        words = row["name"].replace("_", " ").title().split()
        if row.get("roles") and 2 <= len(words) <= 4 and all(w.isalpha() for w in words) and len(row.get("aliases", [])) > 0: out["person"].append(words)
    # Only what is plainly a body: these lists hold people too.
    bodies = set(RULES["bond"] + RULES["body"] + ["Party", "Army", "Bank", "Group", "Organisation", "Court", "Assembly", "Ministry", "Force", "Forces", "Brigades", "Conference", "Community"])
    small = {"of", "the", "for", "and", "on", "in", "to", "against", "by", "de"}
    for file in ("international", "nonstate"):
        for line in open(root / f"gazetteers/phoenix_{file}.jsonl", encoding="utf-8"):
            words = json.loads(line)["name"].replace("_", " ").split()
            if not words or any(not w.isalpha() for w in words): continue
            if len(words) > 1: words = [w.lower() if n and w.lower() in small else w.title() for n, w in enumerate(words)]
            if bodies & set(words): out["organisation"].append(words)
    for row in csv.DictReader(open(root / "gazetteers/world-cities.csv", encoding="utf-8")):
        out["place"].append(row["name"].split())
    return out


# --- measuring -----------------------------------------------------------------------------------------------

def bio(tags):
    spans, start, kind = set(), None, None
    for i, t in enumerate(list(tags) + ["O"]):
        if start is not None and (t[0] != "I" or t[1:] != kind):
            spans.add((start, i, kind))
            start = None
        if t[0] == "B" or (t[0] == "I" and start is None): start, kind = i, t[1:]
    return spans


def f1(right, found, gold):
    return 2 * right / max(1, found + gold)


@torch.no_grad()
def trained(reader, t):
    """What the reader in training answers for one window."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
        x = reader.words(t["ids"], t["shapes"], t["starts"])
        heads = reader.arcs(x, t["sentence"]).argmax(-1)
        return reader.split(x) | {"heads": heads, "rels": reader.rel_logits(x, heads)}


def measure(answer, windows, documents):
    """Scores in percent by set; `answer` takes the tensors of one window and gives its logits and `heads`."""
    count = collections.Counter()
    for name, doc in documents:
        for window in windows.cut(doc, LONGEST):
            t = windows.batch([window])
            tags = answer(t)
            words = [w for s in window for w in s]
            if t["arcs"].max() >= 0:
                for k in ("xpos", "upos"):
                    ok = t[k][0] >= 0
                    count[name, k] += (tags[k][0].argmax(-1) == t[k][0])[ok].sum().item()
                    count[name, k + "_n"] += ok.sum().item()
                ua = tags["heads"][0] == t["arcs"][0]
                count[name, "uas"] += ua.sum().item()
                count[name, "las"] += (ua & (tags["rels"][0].argmax(-1) == t["rels"][0])).sum().item()
                count[name, "n"] += len(words)
            if t["named"].any() and name != "gum":
                types = ("-person", "-organisation", "-place")
                gold = bio([next(iter(w.names)) if w.names and len(w.names) == 1 else "O" for w in words])
                mine = bio([NAMES[i] for i in best_chain(tags["names"][0], t["sentence"][0])])
                gold, mine = ({s for s in x if s[2] in types} for x in (gold, mine))
                count[name, "ner"] += len(gold & mine)
                count[name, "ner_found"] += len(mine)
                count[name, "ner_gold"] += len(gold)
            for k in ("cue", "source", "content"):
                if (t[k][0] >= 0).all():
                    gold = bio([getattr(w, k) for w in words])
                    mine = bio([SPEECH[i] for i in tags[k][0].argmax(-1).tolist()])
                    count[name, k] += len(gold & mine)
                    count[name, k + "_found"] += len(mine)
                    count[name, k + "_gold"] += len(gold)
                    g = {i for a, b, _ in gold for i in range(a, b)}
                    m = {i for a, b, _ in mine for i in range(a, b)}
                    count[name, k + "_tok"] += len(g & m)
                    count[name, k + "_tok_found"] += len(m)
                    count[name, k + "_tok_gold"] += len(g)
    out = {}
    for name in sorted({n for n, _ in count}):
        c = lambda k: count[name, k]
        row = {}
        for k in ("xpos", "upos"):
            if c(k + "_n"): row[k] = c(k) / c(k + "_n")
        if c("n"): row |= {"uas": c("uas") / c("n"), "las": c("las") / c("n")}
        for k in ("ner", "cue", "cue_tok", "source", "source_tok", "content", "content_tok"):
            if c(k + "_gold"): row[k] = f1(c(k), c(k + "_found"), c(k + "_gold"))
        out[name] = {k: round(100 * v, 1) for k, v in row.items()}
    return out


# --- the run -------------------------------------------------------------------------------------------------

BF16 = True


def labels_of(documents):
    tags = lambda k: sorted({getattr(w, k) for _, d in documents for s in d for w in s} - {None})
    return {"xpos": tags("xpos"), "upos": tags("upos"), "rels": tags("rel"), "names": NAMES, "content": SPEECH}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("eval"), a.add_argument("out")
    a.add_argument("--pretrained", required=True)
    a.add_argument("--layers", type=int, default=6)
    a.add_argument("--epochs", type=float, default=6)
    a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--batch", type=int, default=16)
    a.add_argument("--quotations", nargs="*", default=[])
    a.add_argument("--quotations-dev", nargs="*", default=[])
    a.add_argument("--left-out")
    a.add_argument("--teacher", help="sentence vectors from teacher.py")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--written", type=int, default=600, help="documents of our own making an epoch")
    a.add_argument("--only", help="leave out all but these sets, by comma")
    a.add_argument("--dry", type=int, default=0)
    a.add_argument("--start", help="weights to go on from")
    a.add_argument("--rounded", action="store_true", help="compute as the eight-bit model does")
    a = a.parse_args()
    torch.manual_seed(1), random.seed(1), np.random.seed(1)
    torch.set_num_threads(a.threads)
    root, out = pathlib.Path(a.eval), pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)

    left_out = set(open(a.left_out).read().split()) if a.left_out else set()
    train = data.load(root, "train", left_out)
    dev = data.load(root, "dev")
    train += [("gold", d) for _, d in data.quotations(a.quotations)]
    dev += [("gold", d) for _, d in data.quotations(a.quotations_dev)]
    labels = labels_of(train)
    if a.only:
        only = set(a.only.split(","))
        train, dev = ([x for x in rows if x[0] in only] for rows in (train, dev))
    teacher = None
    if a.teacher:
        store = np.load(a.teacher)
        teacher = torch.tensor(store["vectors"]).float()
        where = {s: i for i, s in enumerate(json.loads(str(store["sentences"])))}
        for _, d in train:
            for s in d: s[0].vector = where.get(" ".join(w.form for w in s))
    pieces = Pieces(pathlib.Path(a.pretrained) / "vocab.txt")
    windows = Windows(pieces, labels, teacher)
    names = gazetteer(root)
    writer = Written(names["person"], places(root), 3)
    augment = Augment([x for x in train if x[0] in ("crossner", "wikigold", "re3d")], names, 1)
    reader = Reader(labels, pretrained_weights(a.pretrained), a.layers)
    if a.start: reader.load_state_dict(torch.load(a.start, weights_only=True))
    for part in reader.modules():
        if isinstance(part, Linear): part.rounded = a.rounded
    (out / "reader.json").write_text(json.dumps(labels | {"layers": a.layers, "longest": LONGEST}, indent=1))

    groups = [{"params": [p for p in reader.encoder.parameters() if p.requires_grad], "lr": a.rate},
              {"params": [p for n, p in reader.named_parameters() if not n.startswith("encoder")], "lr": 10 * a.rate},
              ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    repeat = {"gold": 4, "crossner": 3, "wikigold": 1.5, "re3d": 1, "ewt": 1, "gum": 1, "meantime": 1}
    plan = list(epochs(train, windows, augment, writer, repeat, a))
    total = len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda i: min((i + 1) / (0.06 * total), 1.0 if i < 0.06 * total else max(0.02, 1 - (i - 0.06 * total) / (0.94 * total))))
    began, seen, sums = time.time(), 0, collections.Counter()
    for step, batch in enumerate(plan):
        t = windows.batch(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
            parts = losses(reader, t, teacher)
            loss = sum(WEIGHT[k] * v for k, v in parts.items())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        seen += t["ids"].numel()
        for k, v in parts.items():
            sums[k] += v.item()
            sums[k + "_n"] += 1
        if (step + 1) % 100 == 0:
            print(f"{step + 1}/{total} {time.time() - began:.0f}s {seen / (time.time() - began):.0f} pieces/s "
                  + " ".join(f"{k} {sums[k] / sums[k + '_n']:.3f}" for k in WEIGHT if sums[k + "_n"]), flush=True)
            sums.clear()
        if a.dry and step >= a.dry: break
        if (step + 1) % max(1, total // 4) == 0 and step + 1 < total:
            reader.eval()
            print(json.dumps(measure(lambda t: trained(reader, t), windows, dev[:60] + [x for x in dev if x[0] in ("crossner", "gold")])), flush=True)
            reader.train()
            torch.save(reader.state_dict(), out / "reader.pt")
    torch.save(reader.state_dict(), out / "reader.pt")
    reader.eval()
    scores = measure(lambda t: trained(reader, t), windows, dev)
    print(json.dumps(scores), flush=True)
    (out / "scores.json").write_text(json.dumps(scores, indent=1))


def epochs(train, windows, augment, writer, repeat, a):
    """Batches of windows of about one length, every epoch cut and shuffled anew."""
    r = random.Random(2)
    whole, part = int(a.epochs), a.epochs % 1
    for epoch in range(whole + (part > 0)):
        docs = writer.documents(a.written)
        for name, doc in train:
            times = repeat[name]
            docs += [(name, doc)] * (int(times) + (r.random() < times % 1))
        r.shuffle(docs)
        # Sentences without neighbours are put together by fours, as a page of short items would be.
        loose = [d[0] for n, d in docs if len(d) == 1]
        r.shuffle(loose)
        docs = [d for n, d in docs if len(d) > 1] + [loose[i:i + 4] for i in range(0, len(loose), 4)]
        cut = []
        for doc in docs:
            hyphens = r.random() < 0.5
            doc = [data.joined(s, hyphens) if s[0].xpos else s for s in doc]
            cut += windows.cut(doc, r.choice([64, 128, 192, LONGEST]))
        cut = [augment.window(w) for w in cut]
        cut = [w for w in cut if sum(windows.length(s) for s in w) <= 400]
        sizes = {id(w): sum(windows.length(s) for s in w) for w in cut}
        r.shuffle(cut)
        bunch = []
        for i in range(0, len(cut), 400):
            part_of = sorted(cut[i:i + 400], key=lambda w: sizes[id(w)])
            batch, size = [], 0
            for w in part_of:
                if batch and (len(batch) + 1) * (sizes[id(w)] + 2) > a.batch * 128:
                    bunch.append(batch)
                    batch = []
                batch.append(w)
            if batch: bunch.append(batch)
        r.shuffle(bunch)
        if epoch == whole: bunch = bunch[:int(part * len(bunch))]
        yield from bunch


if __name__ == "__main__":
    main()
