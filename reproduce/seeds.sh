#!/usr/bin/env bash
# make seeds: the demo's runs on three seeds that its learning rates were not chosen on, and one
# table of means and deviations. The seeds share the split, so that each retrained model is the
# floor under, and the reference of the attack on, those of the others. Ten minutes on two cores.
set -eu
run() { printf '\n$ %s\n' "$*"; "$@"; }
cd "$(dirname "$0")/.."
new='--dataset=Digits --transform=ResNet --model=PreResNet8 --epochs=12 --lr=0.1 --eval_freq=4'
fixed='--fix_start --fix_end'

# mcu FOLDER METHOD RATE …: the search on top of FOLDER/METHOD, and the walk along its path
mcu() {
    local to=$1 method=$2 rate=$3
    run python3 train.py --dir="$to/mcu-$method" --init_start="$original" --init_end="$to/$method" \
        --mask_path="$(ls "$to"/mask-*/*.pt)" --lr="$rate" --batch_size=64 --seed="$seed" $fixed "${@:4}"
    run python3 eval_curve.py --dir="$to" --ckpt="$to/mcu-$method" --seed="$seed" --relearn=40 --overwrite
}

for seed in 1 2 3; do
    [ -e "seeds/$seed/done" ] && continue
    original=seeds/$seed/original
    run python3 train.py --dir=$original $new --batch_size=64 --seed=$seed --overwrite
    for kind in class random; do
        to=seeds/$seed/$kind
        split="--unlearn_type=$kind --split_seed=42 --seed=$seed --batch_size=64 --overwrite"
        of="--original_pth=$original $split --relearn=40"
        run python3 train.py --dir=$to/retrain --unlearn_method=retrain $new $split --relearn=40
        run python3 train.py --dir=$to/finetune --unlearn_method=finetune $of --epochs=3 --lr=0.02
        run python3 generate_weight_mask.py --dir=$to --original_pth=$original $split --kr=0.0
        if [ $kind = class ]; then
            run python3 train.py --dir=$to/randomlabel --unlearn_method=randomlabel $of --epochs=2 --lr=0.01
            mcu $to finetune 0.05 --unlearn_method=dynamic --epochs=4 --overwrite
            mcu $to randomlabel 0.02 --unlearn_method=dynamic --epochs=4 --overwrite
        else
            mcu $to finetune 0.1 --unlearn_method=curve --beta=0.3 --epochs=6 --overwrite
        fi
    done
    touch "seeds/$seed/done"
done
run python3 -m evaluation.table seeds
