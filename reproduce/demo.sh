#!/usr/bin/env bash
# make demo: the whole pathway on scikit-learn's digits. A small network forgets a class, then a
# random tenth of its training set. Nothing but commands to type; writes demo/, from anew each time.
set -eu
run() { printf '\n# %s\n$ %s\n' "$1" "${*:2}"; "${@:2}"; }
cd "$(dirname "$0")/.."
rm -rf demo

run 'The original model, trained on all digits.' \
    python3 train.py --dir=demo/original --dataset=Digits --transform=ResNet --model=PreResNet8 --unlearn_type=class --epochs=12 --lr=0.1 --batch_size=64 --eval_freq=4

run 'To forget a class, the gold standard: retrain without it.' \
    python3 train.py --dir=demo/class/retrain --unlearn_method=retrain --dataset=Digits --transform=ResNet --model=PreResNet8 --unlearn_type=class --epochs=12 --lr=0.1 --batch_size=64 --eval_freq=4
run 'The same with another seed: the floor, below which no difference means anything.' \
    python3 train.py --dir=demo/class/retrain --unlearn_method=retrain --dataset=Digits --transform=ResNet --model=PreResNet8 --unlearn_type=class --epochs=12 --lr=0.1 --batch_size=64 --eval_freq=4 --seed=43 --split_seed=42
run 'A cheap method: fine-tune on what is kept.' \
    python3 train.py --dir=demo/class/finetune --unlearn_method=finetune --original_pth=demo/original --unlearn_type=class --epochs=3 --lr=0.02 --batch_size=64
run 'Another: random labels for what is forgotten.' \
    python3 train.py --dir=demo/class/randomlabel --unlearn_method=randomlabel --original_pth=demo/original --unlearn_type=class --epochs=2 --lr=0.01 --batch_size=64
run 'The parameter mask: which tensors the search may move.' \
    python3 generate_weight_mask.py --dir=demo/class --original_pth=demo/original --unlearn_type=class --kr=0.0
run 'MCU on top of fine-tuning: search the curve from the original to it.' \
    python3 train.py --dir=demo/class/mcu-finetune --unlearn_method=dynamic --init_start=demo/original --init_end=demo/class/finetune --fix_start --fix_end --mask_path demo/class/mask-*/mask_k0.5_kr0.0.pt --epochs=4 --lr=0.05 --batch_size=64
run 'MCU on top of random labels.' \
    python3 train.py --dir=demo/class/mcu-randomlabel --unlearn_method=dynamic --init_start=demo/original --init_end=demo/class/randomlabel --fix_start --fix_end --mask_path demo/class/mask-*/mask_k0.5_kr0.0.pt --epochs=4 --lr=0.02 --batch_size=64
run 'Walk the first pathway: accuracies along t, the optimum, the rows to compare.' \
    python3 eval_curve.py --dir=demo/class --ckpt=demo/class/mcu-finetune --num_points=20
run 'And the second.' \
    python3 eval_curve.py --dir=demo/class --ckpt=demo/class/mcu-randomlabel --num_points=20

run 'To forget a random tenth, from the same original: the gold standard.' \
    python3 train.py --dir=demo/random/retrain --unlearn_method=retrain --dataset=Digits --transform=ResNet --model=PreResNet8 --unlearn_type=random --forget_ratio=0.1 --epochs=12 --lr=0.1 --batch_size=64 --eval_freq=4
run 'The same with another seed.' \
    python3 train.py --dir=demo/random/retrain --unlearn_method=retrain --dataset=Digits --transform=ResNet --model=PreResNet8 --unlearn_type=random --forget_ratio=0.1 --epochs=12 --lr=0.1 --batch_size=64 --eval_freq=4 --seed=43 --split_seed=42
run 'Fine-tuning.' \
    python3 train.py --dir=demo/random/finetune --unlearn_method=finetune --original_pth=demo/original --unlearn_type=random --forget_ratio=0.1 --epochs=3 --lr=0.02 --batch_size=64
run 'The mask of this split.' \
    python3 generate_weight_mask.py --dir=demo/random --original_pth=demo/original --unlearn_type=random --forget_ratio=0.1 --kr=0.0
run 'MCU with a constant β on top of fine-tuning.' \
    python3 train.py --dir=demo/random/mcu-finetune --unlearn_method=curve --beta=0.3 --init_start=demo/original --init_end=demo/random/finetune --fix_start --fix_end --mask_path demo/random/mask-*/mask_k0.5_kr0.0.pt --epochs=6 --lr=0.1 --batch_size=64
run 'Walk its pathway.' \
    python3 eval_curve.py --dir=demo/random --ckpt=demo/random/mcu-finetune --num_points=20

run 'The same loss without a curve, by --preset=best, on top of fine-tuning.' \
    python3 train.py --dir=demo/random/align --preset=best --init_start=demo/original --init_end=demo/random/finetune --batch_size=64

run 'The figures: the effective region and t*, class forgetting.' \
    python3 plot_region.py --dir=demo/class
run 'Random forgetting.' \
    python3 plot_region.py --dir=demo/random
run 'What each model forgot, kept and cost, class forgetting.' \
    python3 -m evaluation.table --short demo/class
run 'Random forgetting.' \
    python3 -m evaluation.table --short demo/random
printf '\nThe figures:\n'
ls demo/*/*-finetune-*-region.png
