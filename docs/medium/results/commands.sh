# seed1/original/original
python3 train.py --dir=results/medium/seed1/original --seed=1 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=12 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --data_path=data
# seed1/random/retrain/retrain
python3 train.py --dir=results/medium/seed1/random/retrain --unlearn_method=retrain --seed=1 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=12 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed1/random/finetune/finetune
python3 train.py --dir=results/medium/seed1/random/finetune --unlearn_method=finetune --original_pth=results/medium/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.08
# seed1/random/mcu-finetune/search
python3 train.py --dir=results/medium/seed1/random/mcu-finetune --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-finetune-path --ckpt=results/medium/seed1/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/mcu-finetune-best/search
python3 train.py --dir=results/medium/seed1/random/mcu-finetune-best --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed1/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-finetune-best-path --ckpt=results/medium/seed1/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/randomlabel/randomlabel
python3 train.py --dir=results/medium/seed1/random/randomlabel --unlearn_method=randomlabel --original_pth=results/medium/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.04
# seed1/random/mcu-randomlabel/search
python3 train.py --dir=results/medium/seed1/random/mcu-randomlabel --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-randomlabel-path --ckpt=results/medium/seed1/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/mcu-randomlabel-best/search
python3 train.py --dir=results/medium/seed1/random/mcu-randomlabel-best --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed1/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-randomlabel-best-path --ckpt=results/medium/seed1/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/ga_plus/ga_plus
python3 train.py --dir=results/medium/seed1/random/ga_plus --unlearn_method=ga_plus --original_pth=results/medium/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=50 --epochs=2 --milestones=1 --beta=0.2 --lr=0.02
# seed1/random/mcu-ga_plus/search
python3 train.py --dir=results/medium/seed1/random/mcu-ga_plus --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-ga_plus-path --ckpt=results/medium/seed1/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/mcu-ga_plus-best/search
python3 train.py --dir=results/medium/seed1/random/mcu-ga_plus-best --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed1/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-ga_plus-best-path --ckpt=results/medium/seed1/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/retrain/retrain
python3 train.py --dir=results/medium/seed2/random/retrain --unlearn_method=retrain --seed=2 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=12 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed2/original/original
python3 train.py --dir=results/medium/seed2/original --seed=2 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=12 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --data_path=data
# seed3/original/original
python3 train.py --dir=results/medium/seed3/original --seed=3 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=12 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --data_path=data
# seed3/random/retrain/retrain
python3 train.py --dir=results/medium/seed3/random/retrain --unlearn_method=retrain --seed=3 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=12 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed2/random/mcu-finetune-best/search
python3 train.py --dir=results/medium/seed2/random/mcu-finetune-best --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed2/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-finetune-best-path --ckpt=results/medium/seed2/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/finetune/finetune
python3 train.py --dir=results/medium/seed3/random/finetune --unlearn_method=finetune --original_pth=results/medium/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.08
# seed3/random/mcu-finetune/search
python3 train.py --dir=results/medium/seed3/random/mcu-finetune --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-finetune-path --ckpt=results/medium/seed3/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/mcu-finetune-best/search
python3 train.py --dir=results/medium/seed3/random/mcu-finetune-best --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed3/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-finetune-best-path --ckpt=results/medium/seed3/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/randomlabel/randomlabel
python3 train.py --dir=results/medium/seed2/random/randomlabel --unlearn_method=randomlabel --original_pth=results/medium/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.04
# seed2/random/mcu-randomlabel/search
python3 train.py --dir=results/medium/seed2/random/mcu-randomlabel --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-randomlabel-path --ckpt=results/medium/seed2/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/mcu-randomlabel-best/search
python3 train.py --dir=results/medium/seed2/random/mcu-randomlabel-best --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed2/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-randomlabel-best-path --ckpt=results/medium/seed2/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/randomlabel/randomlabel
python3 train.py --dir=results/medium/seed3/random/randomlabel --unlearn_method=randomlabel --original_pth=results/medium/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.04
# seed3/random/mcu-randomlabel/search
python3 train.py --dir=results/medium/seed3/random/mcu-randomlabel --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-randomlabel-path --ckpt=results/medium/seed3/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/mcu-randomlabel-best/search
python3 train.py --dir=results/medium/seed3/random/mcu-randomlabel-best --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed3/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-randomlabel-best-path --ckpt=results/medium/seed3/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/mcu-finetune/search
python3 train.py --dir=results/medium/seed2/random/mcu-finetune --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-finetune-path --ckpt=results/medium/seed2/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/finetune/finetune
python3 train.py --dir=results/medium/seed2/random/finetune --unlearn_method=finetune --original_pth=results/medium/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.08
# seed2/random/ga_plus/ga_plus
python3 train.py --dir=results/medium/seed2/random/ga_plus --unlearn_method=ga_plus --original_pth=results/medium/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=50 --epochs=2 --milestones=1 --beta=0.2 --lr=0.02
# seed2/random/mcu-ga_plus/search
python3 train.py --dir=results/medium/seed2/random/mcu-ga_plus --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-ga_plus-path --ckpt=results/medium/seed2/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/mcu-ga_plus-best/search
python3 train.py --dir=results/medium/seed2/random/mcu-ga_plus-best --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed2/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-ga_plus-best-path --ckpt=results/medium/seed2/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/ga_plus/ga_plus
python3 train.py --dir=results/medium/seed3/random/ga_plus --unlearn_method=ga_plus --original_pth=results/medium/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=50 --epochs=2 --milestones=1 --beta=0.2 --lr=0.02
# seed3/random/mcu-ga_plus/search
python3 train.py --dir=results/medium/seed3/random/mcu-ga_plus --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-ga_plus-path --ckpt=results/medium/seed3/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/mcu-ga_plus-best/search
python3 train.py --dir=results/medium/seed3/random/mcu-ga_plus-best --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed3/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-ga_plus-best-path --ckpt=results/medium/seed3/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/masks/salun
python3 generate_mask.py --dir=results/medium/seed1/random/masks --original_pth=results/medium/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1
# seed1/random/salun/salun
python3 train.py --dir=results/medium/seed1/random/salun --unlearn_method=salun --original_pth=results/medium/seed1/original --mask_path results/medium/seed1/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.04
# seed1/random/mcu-salun/search
python3 train.py --dir=results/medium/seed1/random/mcu-salun --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-salun-path --ckpt=results/medium/seed1/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed1/random/mcu-salun-best/search
python3 train.py --dir=results/medium/seed1/random/mcu-salun-best --init_start=results/medium/seed1/original --init_end=results/medium/seed1/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed1/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/medium/seed1/random/mcu-salun-best-path --ckpt=results/medium/seed1/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/masks/salun
python3 generate_mask.py --dir=results/medium/seed2/random/masks --original_pth=results/medium/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2
# seed2/random/salun/salun
python3 train.py --dir=results/medium/seed2/random/salun --unlearn_method=salun --original_pth=results/medium/seed2/original --mask_path results/medium/seed2/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.04
# seed2/random/mcu-salun/search
python3 train.py --dir=results/medium/seed2/random/mcu-salun --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-salun-path --ckpt=results/medium/seed2/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed2/random/mcu-salun-best/search
python3 train.py --dir=results/medium/seed2/random/mcu-salun-best --init_start=results/medium/seed2/original --init_end=results/medium/seed2/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed2/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/medium/seed2/random/mcu-salun-best-path --ckpt=results/medium/seed2/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/masks/salun
python3 generate_mask.py --dir=results/medium/seed3/random/masks --original_pth=results/medium/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3
# seed3/random/salun/salun
python3 train.py --dir=results/medium/seed3/random/salun --unlearn_method=salun --original_pth=results/medium/seed3/original --mask_path results/medium/seed3/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=50 --epochs=2 --milestones=1 --lr=0.04
# seed3/random/mcu-salun/search
python3 train.py --dir=results/medium/seed3/random/mcu-salun --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --unlearn_method=dynamic --epochs=3 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-salun-path --ckpt=results/medium/seed3/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
# seed3/random/mcu-salun-best/search
python3 train.py --dir=results/medium/seed3/random/mcu-salun-best --init_start=results/medium/seed3/original --init_end=results/medium/seed3/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --eval_freq=20 --preset=best --fix_start --fix_end --epochs=2 --milestones=1
# seed3/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/medium/seed3/random/mcu-salun-best-path --ckpt=results/medium/seed3/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.75 --num_points=1 --bn_samples=2000 --no_line
