"""The reader: a pretrained encoder cut to its first layers, and one small head a task."""
import json, pathlib

import torch
from torch import nn
from torch.nn import functional as F

from pieces import SHAPES

HEADS = 12


class Linear(nn.Linear):
    """With `rounded`, computes as the eight-bit model does (weights in seven bits a row, inputs in eight bits a window), so that training ends on what runs."""

    rounded = False

    def forward(self, x):
        if not self.rounded: return super().forward(x)
        with torch.autocast("cpu", enabled=False):
            x, across = x.float(), tuple(range(1, x.dim()))
            step = (x.amax(across, keepdim=True).clamp(min=0) - x.amin(across, keepdim=True).clamp(max=0)).clamp(min=1e-6) / 255
            row = self.weight.abs().amax(1, keepdim=True).clamp(min=1e-6) / 63
            # The gradient passes as if nothing were rounded.
            x = x + ((x / step).round() * step - x).detach()
            w = self.weight + ((self.weight / row).round() * row - self.weight).detach()
        return F.linear(x, w, self.bias)


class Layer(nn.Module):
    """One layer of BERT; names as in the pretrained weights' own files, shortened."""

    def __init__(self, width, inner, drop):
        super().__init__()
        self.qkv = Linear(width, 3 * width)
        self.out = Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.up = Linear(width, inner)
        self.down = Linear(inner, width)
        self.norm_out = nn.LayerNorm(width, eps=1e-12)
        self.drop = drop

    def forward(self, x, mask):
        b, n, w = x.shape
        q, k, v = (t.view(b, n, HEADS, w // HEADS).transpose(1, 2) for t in self.qkv(x).chunk(3, -1))
        scores = q @ k.transpose(-1, -2) * (w // HEADS) ** -0.5
        if mask is not None: scores = scores + mask.to(scores.dtype)
        a = torch.softmax(scores, -1).to(v.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(b, n, w))
        x = self.norm(x + a)
        h = self.down(F.gelu(self.up(x)))
        return self.norm_out(x + F.dropout(h, self.drop, self.training))


class Encoder(nn.Module):
    def __init__(self, pretrained, layers, drop=0.1):
        super().__init__()
        width, inner, longest = 384, 1536, 512
        self.words = nn.Embedding(30522, width)
        self.places = nn.Embedding(longest, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, drop) for _ in range(layers))
        self.drop = drop
        nn.init.zeros_(self.shapes.weight)
        # Few labels: the words' own vectors stay as pretrained, which also keeps rare words where they belong.
        self.words.weight.requires_grad = False
        if pretrained is not None: self.copy(pretrained)

    def copy(self, w):
        put = lambda to, name: to.data.copy_(w[name])
        put(self.words.weight, "embeddings.word_embeddings.weight")
        # The second segment is never used: its first vector is the same for every piece, so it goes into the places.
        self.places.weight.data.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
        put(self.norm.weight, "embeddings.LayerNorm.weight")
        put(self.norm.bias, "embeddings.LayerNorm.bias")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).data.copy_(torch.cat([w[f"{at}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]))
                for mine, theirs in (("out", "attention.output.dense"), ("norm", "attention.output.LayerNorm"),
                                     ("up", "intermediate.dense"), ("down", "output.dense"), ("norm_out", "output.LayerNorm")):
                    put(getattr(getattr(layer, mine), kind), f"{at}{theirs}.{kind}")

    def forward(self, ids, shapes, mask=None):
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places)[None] + self.shapes(shapes))
        x = F.dropout(x, self.drop, self.training)
        for layer in self.layers: x = layer(x, mask)
        return x


class Convolutions(nn.Module):
    """From scratch, without pretraining, for comparison: small vectors of pieces, then residual convolutions over three places."""

    def __init__(self, depth=4, small=96, width=384, drop=0.1):
        super().__init__()
        self.words, self.shapes = nn.Embedding(30522, small), nn.Embedding(SHAPES, small)
        self.widen = Linear(small, width)
        self.blocks = nn.ModuleList(nn.Conv1d(width, 2 * width, 3, padding=1) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(depth))
        self.drop = drop

    def forward(self, ids, shapes, mask=None):
        live = 1.0 if mask is None else (mask[:, 0, 0, :, None] == 0).float()
        x = self.widen(self.words(ids) + self.shapes(shapes))
        for block, norm in zip(self.blocks, self.norms):
            h = F.glu(block((x * live).transpose(1, 2)), 1).transpose(1, 2)
            x = norm(x + F.dropout(h, self.drop, self.training))
        return x


class Reader(nn.Module):
    """`labels`: {"xpos": [...], "upos": [...], "rels": [...], "names": [...], "content": [...]}; `layers` 0 is convolutions from scratch."""

    def __init__(self, labels, pretrained=None, layers=6, meaning=128, drop=0.1):
        super().__init__()
        self.encoder = Encoder(pretrained, layers, drop) if layers else Convolutions(drop=drop)
        width, arc, rel = 384, 256, 128
        tags = {"xpos": len(labels["xpos"]), "upos": len(labels["upos"]), "names": len(labels["names"]),
                "cue": 3, "source": 3, "content": 3}
        self.sizes = tags
        self.tags = Linear(width, sum(tags.values()))
        self.dependent, self.head = Linear(width, arc), Linear(width, arc)
        self.bilinear = Linear(arc, arc, bias=False)
        self.head_bias = Linear(arc, 1)
        self.root = nn.Parameter(torch.zeros(arc))
        self.rel_dependent, self.rel_head = Linear(width, rel), Linear(width, rel)
        self.rel_root = nn.Parameter(torch.zeros(rel))
        self.rels = Linear(3 * rel, len(labels["rels"]))
        self.meaning = Linear(width, meaning)
        self.drop = drop
        nn.init.normal_(self.root, std=0.02)

    def words(self, ids, shapes, starts, mask=None):
        x = self.encoder(ids, shapes, mask)
        return torch.gather(x, 1, starts[..., None].expand(-1, -1, x.shape[-1]))

    def arcs(self, x, sentence):
        """[B, W, W + 1] scores; column 0 is the root, column j + 1 word j."""
        d = F.dropout(F.gelu(self.dependent(x)), self.drop, self.training)
        h = F.dropout(F.gelu(self.head(x)), self.drop, self.training)
        h = torch.cat([self.root.to(h.dtype).expand(h.shape[0], 1, -1), h], 1)
        scores = (self.bilinear(d) @ h.transpose(1, 2) + self.head_bias(h).transpose(1, 2)).float()
        at = torch.arange(sentence.shape[1])
        other = (sentence[:, :, None] != sentence[:, None, :]) | (at[:, None] == at[None, :])[None]
        blocked = F.pad(other.float(), (1, 0))
        return scores - 1e4 * blocked

    def rel_logits(self, x, heads):
        """`heads` [B, W] columns of `arcs`."""
        d = F.gelu(self.rel_dependent(x))
        h = F.gelu(self.rel_head(x))
        h = torch.cat([self.rel_root.to(h.dtype).expand(h.shape[0], 1, -1), h], 1)
        h = torch.gather(h, 1, heads[..., None].expand(-1, -1, h.shape[-1]))
        return self.rels(F.dropout(torch.cat([d, h, d * h], -1), self.drop, self.training)).float()

    def split(self, x):
        parts = torch.split(self.tags(F.dropout(x, self.drop, self.training)).float(), list(self.sizes.values()), -1)
        return dict(zip(self.sizes, parts))


class Exported(nn.Module):
    """What the program runs: one window, no padding."""

    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, input_ids, shape_ids, word_starts, word_sentence):
        r = self.reader
        input_ids, shape_ids, word_starts = input_ids.long(), shape_ids.long(), word_starts.long()
        x = r.words(input_ids, shape_ids, word_starts)
        tags = r.split(x)
        arcs = r.arcs(x, word_sentence)
        rels = r.rel_logits(x, arcs.argmax(-1))
        return (tags["xpos"][0], tags["upos"][0], arcs[0], rels[0], tags["names"][0], tags["cue"][0],
                tags["source"][0], tags["content"][0], r.meaning(x)[0])


OUTPUTS = ["xpos", "upos", "arcs", "rels", "names", "cue", "source", "content", "meaning"]


def pretrained_weights(folder):
    """The tensors of all-MiniLM-L6-v2 in its package's folder."""
    folder = pathlib.Path(folder)
    if (folder / "model.safetensors").exists():
        from safetensors.torch import load_file
        weights = load_file(folder / "model.safetensors")
    else:
        weights = torch.load(folder / "pytorch_model.bin", map_location="cpu", weights_only=True)
    return {k.removeprefix("bert."): v for k, v in weights.items()}
