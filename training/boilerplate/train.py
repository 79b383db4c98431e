#!/usr/bin/env python3
"""Trains the line model of onrecord-ingest: which lines of a page saved as text are the article.

  python3 train.py LINES.jsonl.gz OUT.json [--folds DIR]

LINES: {"id", "lines": [...], "labels": [...], "split"}; only the split `dev` is used. Needs lightgbm and cargo; run it
in the repository's root. With --folds it also writes five models, each trained without a fifth of the sites, and the
list of pages held out of each, for an honest figure (see README.md).
"""
import argparse, collections, gzip, json, os, random, re, subprocess
import lightgbm
import numpy

SEED = 7
PARAMETERS = dict(objective='binary', num_leaves=8, learning_rate=.12, min_data_in_leaf=80, feature_fraction=.5, bagging_fraction=.7,
                  bagging_freq=1, lambda_l2=5, max_bin=63, verbose=-1, num_threads=2, seed=SEED, deterministic=True)
TREES = 120
FOLDS = 5
LETTER = re.compile(r'\w')


def dumps(path):
    with gzip.open(path, 'rt', encoding='utf-8') as lines:
        return [row for row in map(json.loads, lines) if row['split'] == 'dev']


def thinned(dump, chance):
    """The page with most of its furniture gone: what a careful reader would have copied."""
    lines, labels = dump['lines'], dump['labels']
    article = [i for i, label in enumerate(labels) if label]
    if not article:
        return
    first, last = article[0], article[-1]
    for copy in range(2):
        above, below = chance.choice([0, 0, 1, 2, 4, 8]), chance.choice([0, 0, 1, 2, 4, 8])
        share = chance.random() * .6
        chosen = [i for i in range(first, last + 1) if labels[i] or chance.random() < share]
        start = chance.randint(last + 1, len(lines)) if chance.random() < .5 else last + 1
        chosen = list(range(max(0, first - above), first)) + chosen + list(range(start, min(len(lines), start + below)))
        yield dict(id=f"{dump['id']}#{copy}", lines=[lines[i] for i in chosen], labels=[labels[i] for i in chosen])


def numbers(pages):
    command = ['cargo', 'run', '--quiet', '--release', '--package', 'onrecord-ingest', '--example', 'line_numbers']
    stdin = '\n'.join(json.dumps({'id': p['id'], 'lines': p['lines']}) for p in pages)
    out = subprocess.run(command, input=stdin, capture_output=True, text=True, check=True).stdout
    return [row.split('\t') for row in out.splitlines()]


def site(page):
    found = re.match(r'fundus__\w\w+?__(.*?)_\d{4}', page)
    return found.group(1) if found else page.split('#')[0]


def written(model, count):
    trees = []
    for info in model.dump_model()['tree_info']:
        steps, leaves = [], []

        def walk(node):
            if 'leaf_value' in node:
                leaves.append(round(node['leaf_value'], 5))
                return ~(len(leaves) - 1)
            at = len(steps)
            steps.append(None)
            low, high = walk(node['left_child']), walk(node['right_child'])
            steps[at] = [node['split_feature'], float(f"{node['threshold']:.6g}"), low, high]
            return at
        walk(info['tree_structure'])
        trees.append({'steps': steps, 'leaves': leaves})
    rows = ',\n'.join(json.dumps(tree, separators=(',', ':')) for tree in trees)
    return f'{{"numbers":{count},"trees":[\n{rows}\n]}}\n'


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('lines')
    options.add_argument('out')
    options.add_argument('--folds')
    options = options.parse_args()
    chance = random.Random(SEED)
    whole = dumps(options.lines)
    pages = whole + [page for dump in whole for page in thinned(dump, chance)]
    by_id = {page['id']: page for page in pages}
    rows = numbers(pages)
    ids = [row[0] for row in rows]
    table = numpy.array([[float(cell) for cell in row[2:]] for row in rows], dtype=numpy.float32)
    labels = numpy.array([by_id[row[0]]['labels'][int(row[1])] for row in rows])
    letters = [len(LETTER.findall(by_id[row[0]]['lines'][int(row[1])])) for row in rows]
    of_page = collections.Counter()
    for page, count in zip(ids, letters):
        of_page[page] += count
    # Pages count alike, lines by their letters: what the F1 of a page counts.
    weights = numpy.array([(count + 2) / (of_page[page] + 50) * (.5 if '#' in page else 1) for page, count in zip(ids, letters)])
    weights *= len(weights) / weights.sum()

    def train(chosen):
        data = lightgbm.Dataset(table[chosen], labels[chosen], weight=weights[chosen])
        return written(lightgbm.train(PARAMETERS, data, TREES), table.shape[1])
    with open(options.out, 'w') as out:
        out.write(train(numpy.ones(len(ids), bool)))
    if options.folds:
        sites = sorted({site(page['id']) for page in whole})
        random.Random(SEED).shuffle(sites)
        fold = {name: n % FOLDS for n, name in enumerate(sites)}
        of_row = numpy.array([fold[site(page)] for page in ids])
        for n in range(FOLDS):
            with open(os.path.join(options.folds, f'{n}.json'), 'w') as out:
                out.write(train(of_row != n))
            with open(os.path.join(options.folds, f'{n}.ids'), 'w') as out:
                out.write('\n'.join(page['id'] for page in whole if fold[site(page['id'])] == n))


if __name__ == '__main__':
    main()
