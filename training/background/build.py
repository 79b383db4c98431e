#!/usr/bin/env python3
"""Counts in how many documents each English word stands: the background of `onrecord-reconcile`.

    python3 build.py EVAL_DIR > ../../crates/onrecord-reconcile/src/background/en.tsv

EVAL_DIR holds `gum_open`, `ud_english_ewt`, `gold_wikinews`, `meantime` and `re3d_open` as published.
A document is cut into pieces of 400 words, about the length of a news article, so that long and short texts
count alike. Words in fewer than three pieces are left out: to the program they are as rare as unseen ones.
Standard library only; the output depends on the input alone.
"""
import collections, json, pathlib, re, sys

PIECE_WORDS = 400
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def json_texts(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row.get("doc") or row["id"], row["text"]


def conllu_texts(path):
    name = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id"):
            name = line.split("=", 1)[1].strip()
        elif line.startswith("# text ="):
            yield name, line.split("=", 1)[1]


def documents(root):
    texts = collections.defaultdict(list)
    for name in ["gum_news", "meantime_gm", "meantime_train"]:
        for doc, text in json_texts(root / "gold_wikinews" / f"{name}.jsonl"):
            texts[doc].append(text)
    for name in ["train", "dev"]:
        for corpus in ["gum_open/quotes", "meantime/crossdoc", "re3d_open"]:
            for doc, text in json_texts(root / corpus / f"{name}.jsonl"):
                if corpus != "meantime/crossdoc" or doc not in texts:
                    texts[doc].append(text)
        for doc, text in conllu_texts(root / "ud_english_ewt" / f"en_ewt-ud-{name}.conllu"):
            texts[doc].append(text)
    return texts


def main():
    pieces, count = 0, collections.Counter()
    for _, texts in sorted(documents(pathlib.Path(sys.argv[1])).items()):
        words = [w.lower().replace("’", "'") for text in texts for w in WORD.findall(text)]
        for start in range(0, len(words), PIECE_WORDS):
            piece = words[start : start + PIECE_WORDS]
            if len(piece) >= PIECE_WORDS // 4:
                pieces += 1
                count.update(set(piece))
    print(f"# {pieces}")
    for word, n in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        if n >= 3 and not word.isdigit():
            print(f"{word}\t{n}")


main()
