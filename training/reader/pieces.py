"""Cuts words into BERT's uncased word pieces, exactly as crates/onrecord-reader/src/pieces.rs does."""
import functools, unicodedata

MAX_PIECES_OF_A_WORD = 8
CLS, SEP, UNK = 101, 102, 100


def is_mark(c):
    o = ord(c)
    return (33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126
            or unicodedata.category(c).startswith("P"))


def is_cjk(c):
    o = ord(c)
    return (0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2CEAF
            or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F)


class Pieces:
    def __init__(self, vocabulary):
        self.ids = {line.rstrip("\n"): i for i, line in enumerate(open(vocabulary, encoding="utf-8"))}
        self.of = functools.lru_cache(None)(self._of)

    def _of(self, word):
        """The piece ids of one word; never empty."""
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        runs, run = [], ""
        for c in plain:
            if is_mark(c) or is_cjk(c):
                runs += [run, c]
                run = ""
            else:
                run += c
        out = []
        for run in runs + [run]:
            if run: out += self._greedy(run)
        return out[:MAX_PIECES_OF_A_WORD] or [UNK]

    def _greedy(self, run):
        if len(run) > 100: return [UNK]
        out, start = [], 0
        while start < len(run):
            for end in range(len(run), start, -1):
                piece = self.ids.get(("##" if start else "") + run[start:end])
                if piece is not None: break
            else:
                return [UNK]
            out.append(piece)
            start = end
        return out


def shape(word):
    """1 lower case or other, 2 Initial, 3 ALL CAPS, 4 mixed, 5 with a digit."""
    if any(c.isdigit() for c in word): return 5
    letters = [c for c in word if c.isalpha()]
    upper = [c.isupper() for c in letters]
    if not any(upper): return 1
    if len(letters) >= 2 and all(upper): return 3
    if upper[0] and not any(upper[1:]): return 2
    return 4


LATER_PIECE, OPENS_PARAGRAPH, SHAPES = 6, 7, 14


def shapes(word, pieces, opens_paragraph):
    """One shape id a piece of the word."""
    ids = [shape(word)] + [LATER_PIECE] * (pieces - 1)
    return [i + OPENS_PARAGRAPH * opens_paragraph for i in ids]
