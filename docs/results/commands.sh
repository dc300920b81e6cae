# seed1/original/original
python3 train.py --dir=results/small/seed1/original --seed=1 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed1/random/retrain/retrain
python3 train.py --dir=results/small/seed1/random/retrain --unlearn_method=retrain --seed=1 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed1/random/finetune/finetune
python3 train.py --dir=results/small/seed1/random/finetune --unlearn_method=finetune --original_pth=results/small/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed1/random/mcu-finetune/search
python3 train.py --dir=results/small/seed1/random/mcu-finetune --init_start=results/small/seed1/original --init_end=results/small/seed1/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-finetune-path --ckpt=results/small/seed1/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed1/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed1/random/mcu-randomlabel/search
python3 train.py --dir=results/small/seed1/random/mcu-randomlabel --init_start=results/small/seed1/original --init_end=results/small/seed1/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-randomlabel-path --ckpt=results/small/seed1/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/random/masks/salun
python3 generate_mask.py --dir=results/small/seed1/random/masks --original_pth=results/small/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1
# seed1/random/salun/salun
python3 train.py --dir=results/small/seed1/random/salun --unlearn_method=salun --original_pth=results/small/seed1/original --mask_path results/small/seed1/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed1/random/mcu-salun/search
python3 train.py --dir=results/small/seed1/random/mcu-salun --init_start=results/small/seed1/original --init_end=results/small/seed1/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-salun-path --ckpt=results/small/seed1/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/random/ga/ga
python3 train.py --dir=results/small/seed1/random/ga --unlearn_method=ga --original_pth=results/small/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.004
# seed1/random/mcu-ga/search
python3 train.py --dir=results/small/seed1/random/mcu-ga --init_start=results/small/seed1/original --init_end=results/small/seed1/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-ga-path --ckpt=results/small/seed1/random/mcu-ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed1/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed1/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed1/random/mcu-ga_plus/search
python3 train.py --dir=results/small/seed1/random/mcu-ga_plus --init_start=results/small/seed1/original --init_end=results/small/seed1/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-ga_plus-path --ckpt=results/small/seed1/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/original/original
python3 train.py --dir=results/small/seed2/original --seed=2 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed2/random/retrain/retrain
python3 train.py --dir=results/small/seed2/random/retrain --unlearn_method=retrain --seed=2 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed2/random/finetune/finetune
python3 train.py --dir=results/small/seed2/random/finetune --unlearn_method=finetune --original_pth=results/small/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed2/random/mcu-finetune/search
python3 train.py --dir=results/small/seed2/random/mcu-finetune --init_start=results/small/seed2/original --init_end=results/small/seed2/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-finetune-path --ckpt=results/small/seed2/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed2/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed2/random/mcu-randomlabel/search
python3 train.py --dir=results/small/seed2/random/mcu-randomlabel --init_start=results/small/seed2/original --init_end=results/small/seed2/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-randomlabel-path --ckpt=results/small/seed2/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/random/masks/salun
python3 generate_mask.py --dir=results/small/seed2/random/masks --original_pth=results/small/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2
# seed2/random/salun/salun
python3 train.py --dir=results/small/seed2/random/salun --unlearn_method=salun --original_pth=results/small/seed2/original --mask_path results/small/seed2/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed2/random/mcu-salun/search
python3 train.py --dir=results/small/seed2/random/mcu-salun --init_start=results/small/seed2/original --init_end=results/small/seed2/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-salun-path --ckpt=results/small/seed2/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/random/ga/ga
python3 train.py --dir=results/small/seed2/random/ga --unlearn_method=ga --original_pth=results/small/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.004
# seed2/random/mcu-ga/search
python3 train.py --dir=results/small/seed2/random/mcu-ga --init_start=results/small/seed2/original --init_end=results/small/seed2/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-ga-path --ckpt=results/small/seed2/random/mcu-ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed2/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed2/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed2/random/mcu-ga_plus/search
python3 train.py --dir=results/small/seed2/random/mcu-ga_plus --init_start=results/small/seed2/original --init_end=results/small/seed2/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-ga_plus-path --ckpt=results/small/seed2/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/original/original
python3 train.py --dir=results/small/seed3/original --seed=3 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed3/random/retrain/retrain
python3 train.py --dir=results/small/seed3/random/retrain --unlearn_method=retrain --seed=3 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed3/random/finetune/finetune
python3 train.py --dir=results/small/seed3/random/finetune --unlearn_method=finetune --original_pth=results/small/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed3/random/mcu-finetune/search
python3 train.py --dir=results/small/seed3/random/mcu-finetune --init_start=results/small/seed3/original --init_end=results/small/seed3/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-finetune-path --ckpt=results/small/seed3/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed3/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed3/random/mcu-randomlabel/search
python3 train.py --dir=results/small/seed3/random/mcu-randomlabel --init_start=results/small/seed3/original --init_end=results/small/seed3/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-randomlabel-path --ckpt=results/small/seed3/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/random/masks/salun
python3 generate_mask.py --dir=results/small/seed3/random/masks --original_pth=results/small/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3
# seed3/random/salun/salun
python3 train.py --dir=results/small/seed3/random/salun --unlearn_method=salun --original_pth=results/small/seed3/original --mask_path results/small/seed3/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed3/random/mcu-salun/search
python3 train.py --dir=results/small/seed3/random/mcu-salun --init_start=results/small/seed3/original --init_end=results/small/seed3/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-salun-path --ckpt=results/small/seed3/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/random/ga/ga
python3 train.py --dir=results/small/seed3/random/ga --unlearn_method=ga --original_pth=results/small/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.004
# seed3/random/mcu-ga/search
python3 train.py --dir=results/small/seed3/random/mcu-ga --init_start=results/small/seed3/original --init_end=results/small/seed3/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-ga-path --ckpt=results/small/seed3/random/mcu-ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed3/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed3/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed3/random/mcu-ga_plus/search
python3 train.py --dir=results/small/seed3/random/mcu-ga_plus --init_start=results/small/seed3/original --init_end=results/small/seed3/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-ga_plus-path --ckpt=results/small/seed3/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed4/original/original
python3 train.py --dir=results/small/seed4/original --seed=4 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed4/random/retrain/retrain
python3 train.py --dir=results/small/seed4/random/retrain --unlearn_method=retrain --seed=4 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed4/random/finetune/finetune
python3 train.py --dir=results/small/seed4/random/finetune --unlearn_method=finetune --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed4/random/mcu-finetune/search
python3 train.py --dir=results/small/seed4/random/mcu-finetune --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-finetune-path --ckpt=results/small/seed4/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed4/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed4/random/mcu-randomlabel/search
python3 train.py --dir=results/small/seed4/random/mcu-randomlabel --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-randomlabel-path --ckpt=results/small/seed4/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/random/masks/salun
python3 generate_mask.py --dir=results/small/seed4/random/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4
# seed4/random/salun/salun
python3 train.py --dir=results/small/seed4/random/salun --unlearn_method=salun --original_pth=results/small/seed4/original --mask_path results/small/seed4/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed4/random/mcu-salun/search
python3 train.py --dir=results/small/seed4/random/mcu-salun --init_start=results/small/seed4/original --init_end=results/small/seed4/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-salun-path --ckpt=results/small/seed4/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/random/ga/ga
python3 train.py --dir=results/small/seed4/random/ga --unlearn_method=ga --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.004
# seed4/random/mcu-ga/search
python3 train.py --dir=results/small/seed4/random/mcu-ga --init_start=results/small/seed4/original --init_end=results/small/seed4/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/random/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-ga-path --ckpt=results/small/seed4/random/mcu-ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed4/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed4/random/mcu-ga_plus/search
python3 train.py --dir=results/small/seed4/random/mcu-ga_plus --init_start=results/small/seed4/original --init_end=results/small/seed4/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-ga_plus-path --ckpt=results/small/seed4/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/random/negtv-expert/expert
python3 train.py --dir=results/small/seed4/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed4/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed4/random/negtv --init_start=results/small/seed4/original --init_end=results/small/seed4/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4
# seed4/random/mcu-negtv/search
python3 train.py --dir=results/small/seed4/random/mcu-negtv --init_start=results/small/seed4/original --init_end=results/small/seed4/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-negtv-path --ckpt=results/small/seed4/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/random/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed4/random/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --kr=0.1
# seed4/random/mcu-finetune-mask/search
python3 train.py --dir=results/small/seed4/random/mcu-finetune-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/masks/*/mask_k0.5_kr0.1.pt
# seed4/random/mcu-finetune-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-finetune-mask-path --ckpt=results/small/seed4/random/mcu-finetune-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-randomlabel-mask/search
python3 train.py --dir=results/small/seed4/random/mcu-randomlabel-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/masks/*/mask_k0.5_kr0.1.pt
# seed4/random/mcu-randomlabel-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-randomlabel-mask-path --ckpt=results/small/seed4/random/mcu-randomlabel-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-salun-mask/search
python3 train.py --dir=results/small/seed4/random/mcu-salun-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/masks/*/mask_k0.5_kr0.1.pt
# seed4/random/mcu-salun-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-salun-mask-path --ckpt=results/small/seed4/random/mcu-salun-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-ga-mask/search
python3 train.py --dir=results/small/seed4/random/mcu-ga-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/masks/*/mask_k0.5_kr0.1.pt
# seed4/random/mcu-ga-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-ga-mask-path --ckpt=results/small/seed4/random/mcu-ga-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-ga_plus-mask/search
python3 train.py --dir=results/small/seed4/random/mcu-ga_plus-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/masks/*/mask_k0.5_kr0.1.pt
# seed4/random/mcu-ga_plus-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-ga_plus-mask-path --ckpt=results/small/seed4/random/mcu-ga_plus-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-negtv-mask/search
python3 train.py --dir=results/small/seed4/random/mcu-negtv-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/masks/*/mask_k0.5_kr0.1.pt
# seed4/random/mcu-negtv-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-negtv-mask-path --ckpt=results/small/seed4/random/mcu-negtv-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/masks/mask0.25
python3 generate_weight_mask.py --dir=results/small/seed4/random/ablations/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --mask_ratio=0.25 --kr=0.1
# seed4/random/ablations/masks/mask0.75
python3 generate_weight_mask.py --dir=results/small/seed4/random/ablations/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --mask_ratio=0.75 --kr=0.1
# seed4/random/ablations/masks/mask0.5
python3 generate_weight_mask.py --dir=results/small/seed4/random/ablations/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --mask_ratio=0.5 --kr=0.0,0.3
# seed4/random/ablations/finetune-beta0.05/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-beta0.05 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.05
# seed4/random/ablations/finetune-beta0.05-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-beta0.05-path --ckpt=results/small/seed4/random/ablations/finetune-beta0.05 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-beta0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-beta0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.1
# seed4/random/ablations/finetune-beta0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-beta0.1-path --ckpt=results/small/seed4/random/ablations/finetune-beta0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-beta0.2/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-beta0.2 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.2
# seed4/random/ablations/finetune-beta0.2-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-beta0.2-path --ckpt=results/small/seed4/random/ablations/finetune-beta0.2 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-beta0.3/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-beta0.3 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.3
# seed4/random/ablations/finetune-beta0.3-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-beta0.3-path --ckpt=results/small/seed4/random/ablations/finetune-beta0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-beta0.5/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-beta0.5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.5
# seed4/random/ablations/finetune-beta0.5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-beta0.5-path --ckpt=results/small/seed4/random/ablations/finetune-beta0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-share0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-share0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.1
# seed4/random/ablations/finetune-share0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-share0.1-path --ckpt=results/small/seed4/random/ablations/finetune-share0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-share0.25/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-share0.25 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.25
# seed4/random/ablations/finetune-share0.25-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-share0.25-path --ckpt=results/small/seed4/random/ablations/finetune-share0.25 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-share1.0/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-share1.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=1.0
# seed4/random/ablations/finetune-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-share1.0-path --ckpt=results/small/seed4/random/ablations/finetune-share1.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-PolyChain/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-PolyChain --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --curve=PolyChain
# seed4/random/ablations/finetune-PolyChain-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-PolyChain-path --ckpt=results/small/seed4/random/ablations/finetune-PolyChain --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-bends4/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-bends4 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=4
# seed4/random/ablations/finetune-bends4-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-bends4-path --ckpt=results/small/seed4/random/ablations/finetune-bends4 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-bends5/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-bends5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=5
# seed4/random/ablations/finetune-bends5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-bends5-path --ckpt=results/small/seed4/random/ablations/finetune-bends5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-epochs5/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-epochs5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=5
# seed4/random/ablations/finetune-epochs5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-epochs5-path --ckpt=results/small/seed4/random/ablations/finetune-epochs5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-epochs20/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-epochs20 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=20
# seed4/random/ablations/finetune-epochs20-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-epochs20-path --ckpt=results/small/seed4/random/ablations/finetune-epochs20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-t0.5/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-t0.5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5
# seed4/random/ablations/finetune-t0.5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-t0.5-path --ckpt=results/small/seed4/random/ablations/finetune-t0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-t0.75/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-t0.75 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.75
# seed4/random/ablations/finetune-t0.75-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-t0.75-path --ckpt=results/small/seed4/random/ablations/finetune-t0.75 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-k0.25-kr0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-k0.25-kr0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.25_kr0.1.pt
# seed4/random/ablations/finetune-k0.25-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-k0.25-kr0.1-path --ckpt=results/small/seed4/random/ablations/finetune-k0.25-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-k0.75-kr0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-k0.75-kr0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.75_kr0.1.pt
# seed4/random/ablations/finetune-k0.75-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-k0.75-kr0.1-path --ckpt=results/small/seed4/random/ablations/finetune-k0.75-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-k0.5-kr0.0/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-k0.5-kr0.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.5_kr0.0.pt
# seed4/random/ablations/finetune-k0.5-kr0.0-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-k0.5-kr0.0-path --ckpt=results/small/seed4/random/ablations/finetune-k0.5-kr0.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/finetune-k0.5-kr0.3/search
python3 train.py --dir=results/small/seed4/random/ablations/finetune-k0.5-kr0.3 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.5_kr0.3.pt
# seed4/random/ablations/finetune-k0.5-kr0.3-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/finetune-k0.5-kr0.3-path --ckpt=results/small/seed4/random/ablations/finetune-k0.5-kr0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-beta0.05/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.05 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.05
# seed4/random/ablations/randomlabel-beta0.05-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.05-path --ckpt=results/small/seed4/random/ablations/randomlabel-beta0.05 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-beta0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.1
# seed4/random/ablations/randomlabel-beta0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.1-path --ckpt=results/small/seed4/random/ablations/randomlabel-beta0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-beta0.2/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.2 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.2
# seed4/random/ablations/randomlabel-beta0.2-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.2-path --ckpt=results/small/seed4/random/ablations/randomlabel-beta0.2 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-beta0.3/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.3 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.3
# seed4/random/ablations/randomlabel-beta0.3-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.3-path --ckpt=results/small/seed4/random/ablations/randomlabel-beta0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-beta0.5/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.5
# seed4/random/ablations/randomlabel-beta0.5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-beta0.5-path --ckpt=results/small/seed4/random/ablations/randomlabel-beta0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-share0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-share0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.1
# seed4/random/ablations/randomlabel-share0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-share0.1-path --ckpt=results/small/seed4/random/ablations/randomlabel-share0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-share0.25/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-share0.25 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.25
# seed4/random/ablations/randomlabel-share0.25-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-share0.25-path --ckpt=results/small/seed4/random/ablations/randomlabel-share0.25 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-share1.0/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-share1.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=1.0
# seed4/random/ablations/randomlabel-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-share1.0-path --ckpt=results/small/seed4/random/ablations/randomlabel-share1.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-PolyChain/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-PolyChain --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --curve=PolyChain
# seed4/random/ablations/randomlabel-PolyChain-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-PolyChain-path --ckpt=results/small/seed4/random/ablations/randomlabel-PolyChain --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-PolyChain-share1.0/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-PolyChain-share1.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --curve=PolyChain --retain_ratio=1.0
# seed4/random/ablations/randomlabel-PolyChain-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-PolyChain-share1.0-path --ckpt=results/small/seed4/random/ablations/randomlabel-PolyChain-share1.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-bends4/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-bends4 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=4
# seed4/random/ablations/randomlabel-bends4-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-bends4-path --ckpt=results/small/seed4/random/ablations/randomlabel-bends4 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-bends5/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-bends5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=5
# seed4/random/ablations/randomlabel-bends5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-bends5-path --ckpt=results/small/seed4/random/ablations/randomlabel-bends5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-epochs5/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-epochs5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=5
# seed4/random/ablations/randomlabel-epochs5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-epochs5-path --ckpt=results/small/seed4/random/ablations/randomlabel-epochs5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-epochs20/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-epochs20 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=20
# seed4/random/ablations/randomlabel-epochs20-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-epochs20-path --ckpt=results/small/seed4/random/ablations/randomlabel-epochs20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-t0.5/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-t0.5 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5
# seed4/random/ablations/randomlabel-t0.5-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-t0.5-path --ckpt=results/small/seed4/random/ablations/randomlabel-t0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-t0.75/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-t0.75 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.75
# seed4/random/ablations/randomlabel-t0.75-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-t0.75-path --ckpt=results/small/seed4/random/ablations/randomlabel-t0.75 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-k0.25-kr0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-k0.25-kr0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.25_kr0.1.pt
# seed4/random/ablations/randomlabel-k0.25-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-k0.25-kr0.1-path --ckpt=results/small/seed4/random/ablations/randomlabel-k0.25-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-k0.75-kr0.1/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-k0.75-kr0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.75_kr0.1.pt
# seed4/random/ablations/randomlabel-k0.75-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-k0.75-kr0.1-path --ckpt=results/small/seed4/random/ablations/randomlabel-k0.75-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-k0.5-kr0.0/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-k0.5-kr0.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.5_kr0.0.pt
# seed4/random/ablations/randomlabel-k0.5-kr0.0-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-k0.5-kr0.0-path --ckpt=results/small/seed4/random/ablations/randomlabel-k0.5-kr0.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/ablations/randomlabel-k0.5-kr0.3/search
python3 train.py --dir=results/small/seed4/random/ablations/randomlabel-k0.5-kr0.3 --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/random/ablations/masks/*/mask_k0.5_kr0.3.pt
# seed4/random/ablations/randomlabel-k0.5-kr0.3-path/path
python3 eval_curve.py --dir=results/small/seed4/random/ablations/randomlabel-k0.5-kr0.3-path --ckpt=results/small/seed4/random/ablations/randomlabel-k0.5-kr0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/original/original
python3 train.py --dir=results/small/seed5/original --seed=5 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed5/random/retrain/retrain
python3 train.py --dir=results/small/seed5/random/retrain --unlearn_method=retrain --seed=5 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed5/random/finetune/finetune
python3 train.py --dir=results/small/seed5/random/finetune --unlearn_method=finetune --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed5/random/mcu-finetune/search
python3 train.py --dir=results/small/seed5/random/mcu-finetune --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/random/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-finetune-path --ckpt=results/small/seed5/random/mcu-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed5/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed5/random/mcu-randomlabel/search
python3 train.py --dir=results/small/seed5/random/mcu-randomlabel --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/random/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-randomlabel-path --ckpt=results/small/seed5/random/mcu-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/random/masks/salun
python3 generate_mask.py --dir=results/small/seed5/random/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5
# seed5/random/salun/salun
python3 train.py --dir=results/small/seed5/random/salun --unlearn_method=salun --original_pth=results/small/seed5/original --mask_path results/small/seed5/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed5/random/mcu-salun/search
python3 train.py --dir=results/small/seed5/random/mcu-salun --init_start=results/small/seed5/original --init_end=results/small/seed5/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/random/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-salun-path --ckpt=results/small/seed5/random/mcu-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/random/ga/ga
python3 train.py --dir=results/small/seed5/random/ga --unlearn_method=ga --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.004
# seed5/random/mcu-ga/search
python3 train.py --dir=results/small/seed5/random/mcu-ga --init_start=results/small/seed5/original --init_end=results/small/seed5/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/random/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-ga-path --ckpt=results/small/seed5/random/mcu-ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed5/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed5/random/mcu-ga_plus/search
python3 train.py --dir=results/small/seed5/random/mcu-ga_plus --init_start=results/small/seed5/original --init_end=results/small/seed5/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/random/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-ga_plus-path --ckpt=results/small/seed5/random/mcu-ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/random/negtv-expert/expert
python3 train.py --dir=results/small/seed5/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed5/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed5/random/negtv --init_start=results/small/seed5/original --init_end=results/small/seed5/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5
# seed5/random/mcu-negtv/search
python3 train.py --dir=results/small/seed5/random/mcu-negtv --init_start=results/small/seed5/original --init_end=results/small/seed5/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-negtv-path --ckpt=results/small/seed5/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/random/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed5/random/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --kr=0.1
# seed5/random/mcu-finetune-mask/search
python3 train.py --dir=results/small/seed5/random/mcu-finetune-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/masks/*/mask_k0.5_kr0.1.pt
# seed5/random/mcu-finetune-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-finetune-mask-path --ckpt=results/small/seed5/random/mcu-finetune-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-randomlabel-mask/search
python3 train.py --dir=results/small/seed5/random/mcu-randomlabel-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/masks/*/mask_k0.5_kr0.1.pt
# seed5/random/mcu-randomlabel-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-randomlabel-mask-path --ckpt=results/small/seed5/random/mcu-randomlabel-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-salun-mask/search
python3 train.py --dir=results/small/seed5/random/mcu-salun-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/masks/*/mask_k0.5_kr0.1.pt
# seed5/random/mcu-salun-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-salun-mask-path --ckpt=results/small/seed5/random/mcu-salun-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-ga-mask/search
python3 train.py --dir=results/small/seed5/random/mcu-ga-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/masks/*/mask_k0.5_kr0.1.pt
# seed5/random/mcu-ga-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-ga-mask-path --ckpt=results/small/seed5/random/mcu-ga-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-ga_plus-mask/search
python3 train.py --dir=results/small/seed5/random/mcu-ga_plus-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/masks/*/mask_k0.5_kr0.1.pt
# seed5/random/mcu-ga_plus-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-ga_plus-mask-path --ckpt=results/small/seed5/random/mcu-ga_plus-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-negtv-mask/search
python3 train.py --dir=results/small/seed5/random/mcu-negtv-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/masks/*/mask_k0.5_kr0.1.pt
# seed5/random/mcu-negtv-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-negtv-mask-path --ckpt=results/small/seed5/random/mcu-negtv-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/masks/mask0.25
python3 generate_weight_mask.py --dir=results/small/seed5/random/ablations/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --mask_ratio=0.25 --kr=0.1
# seed5/random/ablations/masks/mask0.75
python3 generate_weight_mask.py --dir=results/small/seed5/random/ablations/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --mask_ratio=0.75 --kr=0.1
# seed5/random/ablations/masks/mask0.5
python3 generate_weight_mask.py --dir=results/small/seed5/random/ablations/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --mask_ratio=0.5 --kr=0.0,0.3
# seed5/random/ablations/finetune-beta0.05/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-beta0.05 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.05
# seed5/random/ablations/finetune-beta0.05-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-beta0.05-path --ckpt=results/small/seed5/random/ablations/finetune-beta0.05 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-beta0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-beta0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.1
# seed5/random/ablations/finetune-beta0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-beta0.1-path --ckpt=results/small/seed5/random/ablations/finetune-beta0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-beta0.2/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-beta0.2 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.2
# seed5/random/ablations/finetune-beta0.2-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-beta0.2-path --ckpt=results/small/seed5/random/ablations/finetune-beta0.2 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-beta0.3/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-beta0.3 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.3
# seed5/random/ablations/finetune-beta0.3-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-beta0.3-path --ckpt=results/small/seed5/random/ablations/finetune-beta0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-beta0.5/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-beta0.5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.5
# seed5/random/ablations/finetune-beta0.5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-beta0.5-path --ckpt=results/small/seed5/random/ablations/finetune-beta0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-share0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-share0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.1
# seed5/random/ablations/finetune-share0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-share0.1-path --ckpt=results/small/seed5/random/ablations/finetune-share0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-share0.25/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-share0.25 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.25
# seed5/random/ablations/finetune-share0.25-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-share0.25-path --ckpt=results/small/seed5/random/ablations/finetune-share0.25 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-share1.0/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-share1.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=1.0
# seed5/random/ablations/finetune-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-share1.0-path --ckpt=results/small/seed5/random/ablations/finetune-share1.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-PolyChain/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-PolyChain --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --curve=PolyChain
# seed5/random/ablations/finetune-PolyChain-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-PolyChain-path --ckpt=results/small/seed5/random/ablations/finetune-PolyChain --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-bends4/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-bends4 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=4
# seed5/random/ablations/finetune-bends4-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-bends4-path --ckpt=results/small/seed5/random/ablations/finetune-bends4 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-bends5/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-bends5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=5
# seed5/random/ablations/finetune-bends5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-bends5-path --ckpt=results/small/seed5/random/ablations/finetune-bends5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-epochs5/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-epochs5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=5
# seed5/random/ablations/finetune-epochs5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-epochs5-path --ckpt=results/small/seed5/random/ablations/finetune-epochs5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-epochs20/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-epochs20 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=20
# seed5/random/ablations/finetune-epochs20-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-epochs20-path --ckpt=results/small/seed5/random/ablations/finetune-epochs20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-t0.5/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-t0.5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5
# seed5/random/ablations/finetune-t0.5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-t0.5-path --ckpt=results/small/seed5/random/ablations/finetune-t0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-t0.75/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-t0.75 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.75
# seed5/random/ablations/finetune-t0.75-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-t0.75-path --ckpt=results/small/seed5/random/ablations/finetune-t0.75 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-k0.25-kr0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-k0.25-kr0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.25_kr0.1.pt
# seed5/random/ablations/finetune-k0.25-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-k0.25-kr0.1-path --ckpt=results/small/seed5/random/ablations/finetune-k0.25-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-k0.75-kr0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-k0.75-kr0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.75_kr0.1.pt
# seed5/random/ablations/finetune-k0.75-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-k0.75-kr0.1-path --ckpt=results/small/seed5/random/ablations/finetune-k0.75-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-k0.5-kr0.0/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-k0.5-kr0.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.5_kr0.0.pt
# seed5/random/ablations/finetune-k0.5-kr0.0-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-k0.5-kr0.0-path --ckpt=results/small/seed5/random/ablations/finetune-k0.5-kr0.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/finetune-k0.5-kr0.3/search
python3 train.py --dir=results/small/seed5/random/ablations/finetune-k0.5-kr0.3 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.5_kr0.3.pt
# seed5/random/ablations/finetune-k0.5-kr0.3-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/finetune-k0.5-kr0.3-path --ckpt=results/small/seed5/random/ablations/finetune-k0.5-kr0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-beta0.05/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.05 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.05
# seed5/random/ablations/randomlabel-beta0.05-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.05-path --ckpt=results/small/seed5/random/ablations/randomlabel-beta0.05 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-beta0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.1
# seed5/random/ablations/randomlabel-beta0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.1-path --ckpt=results/small/seed5/random/ablations/randomlabel-beta0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-beta0.2/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.2 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.2
# seed5/random/ablations/randomlabel-beta0.2-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.2-path --ckpt=results/small/seed5/random/ablations/randomlabel-beta0.2 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-beta0.3/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.3 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.3
# seed5/random/ablations/randomlabel-beta0.3-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.3-path --ckpt=results/small/seed5/random/ablations/randomlabel-beta0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-beta0.5/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.5
# seed5/random/ablations/randomlabel-beta0.5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-beta0.5-path --ckpt=results/small/seed5/random/ablations/randomlabel-beta0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-share0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-share0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.1
# seed5/random/ablations/randomlabel-share0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-share0.1-path --ckpt=results/small/seed5/random/ablations/randomlabel-share0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-share0.25/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-share0.25 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=0.25
# seed5/random/ablations/randomlabel-share0.25-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-share0.25-path --ckpt=results/small/seed5/random/ablations/randomlabel-share0.25 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-share1.0/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-share1.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=1.0
# seed5/random/ablations/randomlabel-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-share1.0-path --ckpt=results/small/seed5/random/ablations/randomlabel-share1.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-PolyChain/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-PolyChain --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --curve=PolyChain
# seed5/random/ablations/randomlabel-PolyChain-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-PolyChain-path --ckpt=results/small/seed5/random/ablations/randomlabel-PolyChain --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-PolyChain-share1.0/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-PolyChain-share1.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --curve=PolyChain --retain_ratio=1.0
# seed5/random/ablations/randomlabel-PolyChain-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-PolyChain-share1.0-path --ckpt=results/small/seed5/random/ablations/randomlabel-PolyChain-share1.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-bends4/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-bends4 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=4
# seed5/random/ablations/randomlabel-bends4-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-bends4-path --ckpt=results/small/seed5/random/ablations/randomlabel-bends4 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-bends5/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-bends5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --num_bends=5
# seed5/random/ablations/randomlabel-bends5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-bends5-path --ckpt=results/small/seed5/random/ablations/randomlabel-bends5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-epochs5/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-epochs5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=5
# seed5/random/ablations/randomlabel-epochs5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-epochs5-path --ckpt=results/small/seed5/random/ablations/randomlabel-epochs5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-epochs20/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-epochs20 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=20
# seed5/random/ablations/randomlabel-epochs20-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-epochs20-path --ckpt=results/small/seed5/random/ablations/randomlabel-epochs20 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-t0.5/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-t0.5 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5
# seed5/random/ablations/randomlabel-t0.5-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-t0.5-path --ckpt=results/small/seed5/random/ablations/randomlabel-t0.5 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-t0.75/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-t0.75 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.75
# seed5/random/ablations/randomlabel-t0.75-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-t0.75-path --ckpt=results/small/seed5/random/ablations/randomlabel-t0.75 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-k0.25-kr0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-k0.25-kr0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.25_kr0.1.pt
# seed5/random/ablations/randomlabel-k0.25-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-k0.25-kr0.1-path --ckpt=results/small/seed5/random/ablations/randomlabel-k0.25-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-k0.75-kr0.1/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-k0.75-kr0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.75_kr0.1.pt
# seed5/random/ablations/randomlabel-k0.75-kr0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-k0.75-kr0.1-path --ckpt=results/small/seed5/random/ablations/randomlabel-k0.75-kr0.1 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-k0.5-kr0.0/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-k0.5-kr0.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.5_kr0.0.pt
# seed5/random/ablations/randomlabel-k0.5-kr0.0-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-k0.5-kr0.0-path --ckpt=results/small/seed5/random/ablations/randomlabel-k0.5-kr0.0 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/ablations/randomlabel-k0.5-kr0.3/search
python3 train.py --dir=results/small/seed5/random/ablations/randomlabel-k0.5-kr0.3 --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/random/ablations/masks/*/mask_k0.5_kr0.3.pt
# seed5/random/ablations/randomlabel-k0.5-kr0.3-path/path
python3 eval_curve.py --dir=results/small/seed5/random/ablations/randomlabel-k0.5-kr0.3-path --ckpt=results/small/seed5/random/ablations/randomlabel-k0.5-kr0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/original/original
python3 train.py --dir=results/small/seed6/original --seed=6 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed6/random/retrain/retrain
python3 train.py --dir=results/small/seed6/random/retrain --unlearn_method=retrain --seed=6 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed6/random/negtv-expert/expert
python3 train.py --dir=results/small/seed6/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed6/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=6 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed6/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed6/random/negtv --init_start=results/small/seed6/original --init_end=results/small/seed6/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=6
# seed6/random/mcu-negtv/search
python3 train.py --dir=results/small/seed6/random/mcu-negtv --init_start=results/small/seed6/original --init_end=results/small/seed6/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed6/random/mcu-negtv-path --ckpt=results/small/seed6/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed1/class/retrain/retrain
python3 train.py --dir=results/small/seed1/class/retrain --unlearn_method=retrain --seed=1 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=class --split_seed=42
# seed1/class/finetune/finetune
python3 train.py --dir=results/small/seed1/class/finetune --unlearn_method=finetune --original_pth=results/small/seed1/original --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.08
# seed1/class/mcu-finetune/search
python3 train.py --dir=results/small/seed1/class/mcu-finetune --init_start=results/small/seed1/original --init_end=results/small/seed1/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/class/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-finetune-path --ckpt=results/small/seed1/class/mcu-finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/class/randomlabel/randomlabel
python3 train.py --dir=results/small/seed1/class/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed1/original --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed1/class/mcu-randomlabel/search
python3 train.py --dir=results/small/seed1/class/mcu-randomlabel --init_start=results/small/seed1/original --init_end=results/small/seed1/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/class/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-randomlabel-path --ckpt=results/small/seed1/class/mcu-randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/class/masks/salun
python3 generate_mask.py --dir=results/small/seed1/class/masks --original_pth=results/small/seed1/original --data_path=data --unlearn_type=class --split_seed=42 --seed=1
# seed1/class/salun/salun
python3 train.py --dir=results/small/seed1/class/salun --unlearn_method=salun --original_pth=results/small/seed1/original --mask_path results/small/seed1/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed1/class/mcu-salun/search
python3 train.py --dir=results/small/seed1/class/mcu-salun --init_start=results/small/seed1/original --init_end=results/small/seed1/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/class/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-salun-path --ckpt=results/small/seed1/class/mcu-salun --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/class/ga/ga
python3 train.py --dir=results/small/seed1/class/ga --unlearn_method=ga --original_pth=results/small/seed1/original --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.001
# seed1/class/mcu-ga/search
python3 train.py --dir=results/small/seed1/class/mcu-ga --init_start=results/small/seed1/original --init_end=results/small/seed1/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/class/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-ga-path --ckpt=results/small/seed1/class/mcu-ga --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed1/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed1/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed1/original --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed1/class/mcu-ga_plus/search
python3 train.py --dir=results/small/seed1/class/mcu-ga_plus --init_start=results/small/seed1/original --init_end=results/small/seed1/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed1/class/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-ga_plus-path --ckpt=results/small/seed1/class/mcu-ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/class/retrain/retrain
python3 train.py --dir=results/small/seed2/class/retrain --unlearn_method=retrain --seed=2 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=class --split_seed=42
# seed2/class/finetune/finetune
python3 train.py --dir=results/small/seed2/class/finetune --unlearn_method=finetune --original_pth=results/small/seed2/original --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.08
# seed2/class/mcu-finetune/search
python3 train.py --dir=results/small/seed2/class/mcu-finetune --init_start=results/small/seed2/original --init_end=results/small/seed2/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/class/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-finetune-path --ckpt=results/small/seed2/class/mcu-finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/class/randomlabel/randomlabel
python3 train.py --dir=results/small/seed2/class/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed2/original --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed2/class/mcu-randomlabel/search
python3 train.py --dir=results/small/seed2/class/mcu-randomlabel --init_start=results/small/seed2/original --init_end=results/small/seed2/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/class/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-randomlabel-path --ckpt=results/small/seed2/class/mcu-randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/class/masks/salun
python3 generate_mask.py --dir=results/small/seed2/class/masks --original_pth=results/small/seed2/original --data_path=data --unlearn_type=class --split_seed=42 --seed=2
# seed2/class/salun/salun
python3 train.py --dir=results/small/seed2/class/salun --unlearn_method=salun --original_pth=results/small/seed2/original --mask_path results/small/seed2/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed2/class/mcu-salun/search
python3 train.py --dir=results/small/seed2/class/mcu-salun --init_start=results/small/seed2/original --init_end=results/small/seed2/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/class/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-salun-path --ckpt=results/small/seed2/class/mcu-salun --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/class/ga/ga
python3 train.py --dir=results/small/seed2/class/ga --unlearn_method=ga --original_pth=results/small/seed2/original --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.001
# seed2/class/mcu-ga/search
python3 train.py --dir=results/small/seed2/class/mcu-ga --init_start=results/small/seed2/original --init_end=results/small/seed2/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/class/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-ga-path --ckpt=results/small/seed2/class/mcu-ga --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed2/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed2/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed2/original --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed2/class/mcu-ga_plus/search
python3 train.py --dir=results/small/seed2/class/mcu-ga_plus --init_start=results/small/seed2/original --init_end=results/small/seed2/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed2/class/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-ga_plus-path --ckpt=results/small/seed2/class/mcu-ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/class/retrain/retrain
python3 train.py --dir=results/small/seed3/class/retrain --unlearn_method=retrain --seed=3 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=class --split_seed=42
# seed3/class/finetune/finetune
python3 train.py --dir=results/small/seed3/class/finetune --unlearn_method=finetune --original_pth=results/small/seed3/original --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.08
# seed3/class/mcu-finetune/search
python3 train.py --dir=results/small/seed3/class/mcu-finetune --init_start=results/small/seed3/original --init_end=results/small/seed3/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/class/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-finetune-path --ckpt=results/small/seed3/class/mcu-finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/class/randomlabel/randomlabel
python3 train.py --dir=results/small/seed3/class/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed3/original --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed3/class/mcu-randomlabel/search
python3 train.py --dir=results/small/seed3/class/mcu-randomlabel --init_start=results/small/seed3/original --init_end=results/small/seed3/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/class/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-randomlabel-path --ckpt=results/small/seed3/class/mcu-randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/class/masks/salun
python3 generate_mask.py --dir=results/small/seed3/class/masks --original_pth=results/small/seed3/original --data_path=data --unlearn_type=class --split_seed=42 --seed=3
# seed3/class/salun/salun
python3 train.py --dir=results/small/seed3/class/salun --unlearn_method=salun --original_pth=results/small/seed3/original --mask_path results/small/seed3/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed3/class/mcu-salun/search
python3 train.py --dir=results/small/seed3/class/mcu-salun --init_start=results/small/seed3/original --init_end=results/small/seed3/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/class/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-salun-path --ckpt=results/small/seed3/class/mcu-salun --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/class/ga/ga
python3 train.py --dir=results/small/seed3/class/ga --unlearn_method=ga --original_pth=results/small/seed3/original --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.001
# seed3/class/mcu-ga/search
python3 train.py --dir=results/small/seed3/class/mcu-ga --init_start=results/small/seed3/original --init_end=results/small/seed3/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/class/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-ga-path --ckpt=results/small/seed3/class/mcu-ga --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed3/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed3/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed3/original --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed3/class/mcu-ga_plus/search
python3 train.py --dir=results/small/seed3/class/mcu-ga_plus --init_start=results/small/seed3/original --init_end=results/small/seed3/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed3/class/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-ga_plus-path --ckpt=results/small/seed3/class/mcu-ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --align=base,self --bn_samples=2000
# seed4/class/retrain/retrain
python3 train.py --dir=results/small/seed4/class/retrain --unlearn_method=retrain --seed=4 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=class --split_seed=42
# seed4/class/finetune/finetune
python3 train.py --dir=results/small/seed4/class/finetune --unlearn_method=finetune --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.08
# seed4/class/mcu-finetune/search
python3 train.py --dir=results/small/seed4/class/mcu-finetune --init_start=results/small/seed4/original --init_end=results/small/seed4/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/class/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-finetune-path --ckpt=results/small/seed4/class/mcu-finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/class/randomlabel/randomlabel
python3 train.py --dir=results/small/seed4/class/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed4/class/mcu-randomlabel/search
python3 train.py --dir=results/small/seed4/class/mcu-randomlabel --init_start=results/small/seed4/original --init_end=results/small/seed4/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/class/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-randomlabel-path --ckpt=results/small/seed4/class/mcu-randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/class/masks/salun
python3 generate_mask.py --dir=results/small/seed4/class/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4
# seed4/class/salun/salun
python3 train.py --dir=results/small/seed4/class/salun --unlearn_method=salun --original_pth=results/small/seed4/original --mask_path results/small/seed4/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed4/class/mcu-salun/search
python3 train.py --dir=results/small/seed4/class/mcu-salun --init_start=results/small/seed4/original --init_end=results/small/seed4/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/class/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-salun-path --ckpt=results/small/seed4/class/mcu-salun --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/class/ga/ga
python3 train.py --dir=results/small/seed4/class/ga --unlearn_method=ga --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.001
# seed4/class/mcu-ga/search
python3 train.py --dir=results/small/seed4/class/mcu-ga --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/class/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-ga-path --ckpt=results/small/seed4/class/mcu-ga --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed4/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed4/class/mcu-ga_plus/search
python3 train.py --dir=results/small/seed4/class/mcu-ga_plus --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/class/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-ga_plus-path --ckpt=results/small/seed4/class/mcu-ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/class/negtv-expert/expert
python3 train.py --dir=results/small/seed4/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.01
# seed4/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed4/class/negtv --init_start=results/small/seed4/original --init_end=results/small/seed4/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=4
# seed4/class/mcu-negtv/search
python3 train.py --dir=results/small/seed4/class/mcu-negtv --init_start=results/small/seed4/original --init_end=results/small/seed4/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-negtv-path --ckpt=results/small/seed4/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed4/class/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed4/class/masks --original_pth=results/small/seed4/original --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --kr=0.1
# seed4/class/mcu-finetune-mask/search
python3 train.py --dir=results/small/seed4/class/mcu-finetune-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/class/masks/*/mask_k0.5_kr0.1.pt
# seed4/class/mcu-finetune-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-finetune-mask-path --ckpt=results/small/seed4/class/mcu-finetune-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-randomlabel-mask/search
python3 train.py --dir=results/small/seed4/class/mcu-randomlabel-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/class/masks/*/mask_k0.5_kr0.1.pt
# seed4/class/mcu-randomlabel-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-randomlabel-mask-path --ckpt=results/small/seed4/class/mcu-randomlabel-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-salun-mask/search
python3 train.py --dir=results/small/seed4/class/mcu-salun-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/class/masks/*/mask_k0.5_kr0.1.pt
# seed4/class/mcu-salun-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-salun-mask-path --ckpt=results/small/seed4/class/mcu-salun-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-ga-mask/search
python3 train.py --dir=results/small/seed4/class/mcu-ga-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/class/masks/*/mask_k0.5_kr0.1.pt
# seed4/class/mcu-ga-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-ga-mask-path --ckpt=results/small/seed4/class/mcu-ga-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-ga_plus-mask/search
python3 train.py --dir=results/small/seed4/class/mcu-ga_plus-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/class/masks/*/mask_k0.5_kr0.1.pt
# seed4/class/mcu-ga_plus-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-ga_plus-mask-path --ckpt=results/small/seed4/class/mcu-ga_plus-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-negtv-mask/search
python3 train.py --dir=results/small/seed4/class/mcu-negtv-mask --init_start=results/small/seed4/original --init_end=results/small/seed4/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed4/class/masks/*/mask_k0.5_kr0.1.pt
# seed4/class/mcu-negtv-mask-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-negtv-mask-path --ckpt=results/small/seed4/class/mcu-negtv-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-lr0.003/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-lr0.003 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --lr=0.003
# seed4/class/ablations/ga_plus-lr0.003-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-lr0.003-path --ckpt=results/small/seed4/class/ablations/ga_plus-lr0.003 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-lr0.03/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-lr0.03 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --lr=0.03
# seed4/class/ablations/ga_plus-lr0.03-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-lr0.03-path --ckpt=results/small/seed4/class/ablations/ga_plus-lr0.03 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-beta0.01/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-beta0.01 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.01
# seed4/class/ablations/ga_plus-beta0.01-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-beta0.01-path --ckpt=results/small/seed4/class/ablations/ga_plus-beta0.01 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-beta0.1/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-beta0.1 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.1
# seed4/class/ablations/ga_plus-beta0.1-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-beta0.1-path --ckpt=results/small/seed4/class/ablations/ga_plus-beta0.1 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-share1.0/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-share1.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=1.0
# seed4/class/ablations/ga_plus-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-share1.0-path --ckpt=results/small/seed4/class/ablations/ga_plus-share1.0 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-epochs20/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-epochs20 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=20
# seed4/class/ablations/ga_plus-epochs20-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-epochs20-path --ckpt=results/small/seed4/class/ablations/ga_plus-epochs20 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-t0.5/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-t0.5 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5
# seed4/class/ablations/ga_plus-t0.5-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-t0.5-path --ckpt=results/small/seed4/class/ablations/ga_plus-t0.5 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/ablations/ga_plus-t0.5-share1.0/search
python3 train.py --dir=results/small/seed4/class/ablations/ga_plus-t0.5-share1.0 --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5 --retain_ratio=1.0
# seed4/class/ablations/ga_plus-t0.5-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed4/class/ablations/ga_plus-t0.5-share1.0-path --ckpt=results/small/seed4/class/ablations/ga_plus-t0.5-share1.0 --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/retrain/retrain
python3 train.py --dir=results/small/seed5/class/retrain --unlearn_method=retrain --seed=5 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=class --split_seed=42
# seed5/class/finetune/finetune
python3 train.py --dir=results/small/seed5/class/finetune --unlearn_method=finetune --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.08
# seed5/class/mcu-finetune/search
python3 train.py --dir=results/small/seed5/class/mcu-finetune --init_start=results/small/seed5/original --init_end=results/small/seed5/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/class/mcu-finetune-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-finetune-path --ckpt=results/small/seed5/class/mcu-finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/class/randomlabel/randomlabel
python3 train.py --dir=results/small/seed5/class/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed5/class/mcu-randomlabel/search
python3 train.py --dir=results/small/seed5/class/mcu-randomlabel --init_start=results/small/seed5/original --init_end=results/small/seed5/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/class/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-randomlabel-path --ckpt=results/small/seed5/class/mcu-randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/class/masks/salun
python3 generate_mask.py --dir=results/small/seed5/class/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5
# seed5/class/salun/salun
python3 train.py --dir=results/small/seed5/class/salun --unlearn_method=salun --original_pth=results/small/seed5/original --mask_path results/small/seed5/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed5/class/mcu-salun/search
python3 train.py --dir=results/small/seed5/class/mcu-salun --init_start=results/small/seed5/original --init_end=results/small/seed5/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/class/mcu-salun-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-salun-path --ckpt=results/small/seed5/class/mcu-salun --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/class/ga/ga
python3 train.py --dir=results/small/seed5/class/ga --unlearn_method=ga --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.001
# seed5/class/mcu-ga/search
python3 train.py --dir=results/small/seed5/class/mcu-ga --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/class/mcu-ga-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-ga-path --ckpt=results/small/seed5/class/mcu-ga --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed5/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed5/class/mcu-ga_plus/search
python3 train.py --dir=results/small/seed5/class/mcu-ga_plus --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/class/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-ga_plus-path --ckpt=results/small/seed5/class/mcu-ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/class/negtv-expert/expert
python3 train.py --dir=results/small/seed5/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.01
# seed5/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed5/class/negtv --init_start=results/small/seed5/original --init_end=results/small/seed5/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=5
# seed5/class/mcu-negtv/search
python3 train.py --dir=results/small/seed5/class/mcu-negtv --init_start=results/small/seed5/original --init_end=results/small/seed5/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-negtv-path --ckpt=results/small/seed5/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed5/class/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed5/class/masks --original_pth=results/small/seed5/original --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --kr=0.1
# seed5/class/mcu-finetune-mask/search
python3 train.py --dir=results/small/seed5/class/mcu-finetune-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/class/masks/*/mask_k0.5_kr0.1.pt
# seed5/class/mcu-finetune-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-finetune-mask-path --ckpt=results/small/seed5/class/mcu-finetune-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-randomlabel-mask/search
python3 train.py --dir=results/small/seed5/class/mcu-randomlabel-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/class/masks/*/mask_k0.5_kr0.1.pt
# seed5/class/mcu-randomlabel-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-randomlabel-mask-path --ckpt=results/small/seed5/class/mcu-randomlabel-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-salun-mask/search
python3 train.py --dir=results/small/seed5/class/mcu-salun-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/class/masks/*/mask_k0.5_kr0.1.pt
# seed5/class/mcu-salun-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-salun-mask-path --ckpt=results/small/seed5/class/mcu-salun-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-ga-mask/search
python3 train.py --dir=results/small/seed5/class/mcu-ga-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/class/masks/*/mask_k0.5_kr0.1.pt
# seed5/class/mcu-ga-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-ga-mask-path --ckpt=results/small/seed5/class/mcu-ga-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-ga_plus-mask/search
python3 train.py --dir=results/small/seed5/class/mcu-ga_plus-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/class/masks/*/mask_k0.5_kr0.1.pt
# seed5/class/mcu-ga_plus-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-ga_plus-mask-path --ckpt=results/small/seed5/class/mcu-ga_plus-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-negtv-mask/search
python3 train.py --dir=results/small/seed5/class/mcu-negtv-mask --init_start=results/small/seed5/original --init_end=results/small/seed5/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --mask_path results/small/seed5/class/masks/*/mask_k0.5_kr0.1.pt
# seed5/class/mcu-negtv-mask-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-negtv-mask-path --ckpt=results/small/seed5/class/mcu-negtv-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-lr0.003/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-lr0.003 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --lr=0.003
# seed5/class/ablations/ga_plus-lr0.003-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-lr0.003-path --ckpt=results/small/seed5/class/ablations/ga_plus-lr0.003 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-lr0.03/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-lr0.03 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --lr=0.03
# seed5/class/ablations/ga_plus-lr0.03-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-lr0.03-path --ckpt=results/small/seed5/class/ablations/ga_plus-lr0.03 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-beta0.01/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-beta0.01 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.01
# seed5/class/ablations/ga_plus-beta0.01-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-beta0.01-path --ckpt=results/small/seed5/class/ablations/ga_plus-beta0.01 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-beta0.1/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-beta0.1 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --unlearn_method=curve --beta=0.1
# seed5/class/ablations/ga_plus-beta0.1-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-beta0.1-path --ckpt=results/small/seed5/class/ablations/ga_plus-beta0.1 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-share1.0/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-share1.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --retain_ratio=1.0
# seed5/class/ablations/ga_plus-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-share1.0-path --ckpt=results/small/seed5/class/ablations/ga_plus-share1.0 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-epochs20/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-epochs20 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --epochs=20
# seed5/class/ablations/ga_plus-epochs20-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-epochs20-path --ckpt=results/small/seed5/class/ablations/ga_plus-epochs20 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-t0.5/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-t0.5 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5
# seed5/class/ablations/ga_plus-t0.5-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-t0.5-path --ckpt=results/small/seed5/class/ablations/ga_plus-t0.5 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/ablations/ga_plus-t0.5-share1.0/search
python3 train.py --dir=results/small/seed5/class/ablations/ga_plus-t0.5-share1.0 --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end --start_t=0.5 --retain_ratio=1.0
# seed5/class/ablations/ga_plus-t0.5-share1.0-path/path
python3 eval_curve.py --dir=results/small/seed5/class/ablations/ga_plus-t0.5-share1.0-path --ckpt=results/small/seed5/class/ablations/ga_plus-t0.5-share1.0 --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/class/retrain/retrain
python3 train.py --dir=results/small/seed6/class/retrain --unlearn_method=retrain --seed=6 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --unlearn_type=class --split_seed=42
# seed6/class/negtv-expert/expert
python3 train.py --dir=results/small/seed6/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed6/original --data_path=data --unlearn_type=class --split_seed=42 --seed=6 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.01
# seed6/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed6/class/negtv --init_start=results/small/seed6/original --init_end=results/small/seed6/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=6
# seed6/class/mcu-negtv/search
python3 train.py --dir=results/small/seed6/class/mcu-negtv --init_start=results/small/seed6/original --init_end=results/small/seed6/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed6/class/mcu-negtv-path --ckpt=results/small/seed6/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --align=base,self
# seed1/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed1/random/mcu-finetune-best --init_start=results/small/seed1/original --init_end=results/small/seed1/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed2/random/mcu-finetune-best --init_start=results/small/seed2/original --init_end=results/small/seed2/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed3/random/mcu-finetune-best --init_start=results/small/seed3/original --init_end=results/small/seed3/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-finetune-best-path --ckpt=results/small/seed1/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-finetune-best-path --ckpt=results/small/seed2/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-finetune-best-path --ckpt=results/small/seed3/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed1/random/mcu-randomlabel-best --init_start=results/small/seed1/original --init_end=results/small/seed1/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed2/random/mcu-randomlabel-best --init_start=results/small/seed2/original --init_end=results/small/seed2/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed3/random/mcu-randomlabel-best --init_start=results/small/seed3/original --init_end=results/small/seed3/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-randomlabel-best-path --ckpt=results/small/seed1/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-randomlabel-best-path --ckpt=results/small/seed2/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-randomlabel-best-path --ckpt=results/small/seed3/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed1/random/mcu-salun-best --init_start=results/small/seed1/original --init_end=results/small/seed1/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed2/random/mcu-salun-best --init_start=results/small/seed2/original --init_end=results/small/seed2/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed3/random/mcu-salun-best --init_start=results/small/seed3/original --init_end=results/small/seed3/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-salun-best-path --ckpt=results/small/seed1/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-salun-best-path --ckpt=results/small/seed2/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-salun-best-path --ckpt=results/small/seed3/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/mcu-ga-best/search
python3 train.py --dir=results/small/seed1/random/mcu-ga-best --init_start=results/small/seed1/original --init_end=results/small/seed1/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/random/mcu-ga-best/search
python3 train.py --dir=results/small/seed2/random/mcu-ga-best --init_start=results/small/seed2/original --init_end=results/small/seed2/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/random/mcu-ga-best/search
python3 train.py --dir=results/small/seed3/random/mcu-ga-best --init_start=results/small/seed3/original --init_end=results/small/seed3/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/random/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-ga-best-path --ckpt=results/small/seed1/random/mcu-ga-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-ga-best-path --ckpt=results/small/seed2/random/mcu-ga-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-ga-best-path --ckpt=results/small/seed3/random/mcu-ga-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed1/random/mcu-ga_plus-best --init_start=results/small/seed1/original --init_end=results/small/seed1/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed2/random/mcu-ga_plus-best --init_start=results/small/seed2/original --init_end=results/small/seed2/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed3/random/mcu-ga_plus-best --init_start=results/small/seed3/original --init_end=results/small/seed3/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed1/random/mcu-ga_plus-best-path --ckpt=results/small/seed1/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed2/random/mcu-ga_plus-best-path --ckpt=results/small/seed2/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed3/random/mcu-ga_plus-best-path --ckpt=results/small/seed3/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/class/mcu-finetune-best/search
python3 train.py --dir=results/small/seed1/class/mcu-finetune-best --init_start=results/small/seed1/original --init_end=results/small/seed1/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/class/mcu-finetune-best/search
python3 train.py --dir=results/small/seed2/class/mcu-finetune-best --init_start=results/small/seed2/original --init_end=results/small/seed2/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/class/mcu-finetune-best/search
python3 train.py --dir=results/small/seed3/class/mcu-finetune-best --init_start=results/small/seed3/original --init_end=results/small/seed3/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/class/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-finetune-best-path --ckpt=results/small/seed1/class/mcu-finetune-best --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/class/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-finetune-best-path --ckpt=results/small/seed2/class/mcu-finetune-best --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/class/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-finetune-best-path --ckpt=results/small/seed3/class/mcu-finetune-best --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/class/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed1/class/mcu-randomlabel-best --init_start=results/small/seed1/original --init_end=results/small/seed1/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/class/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed2/class/mcu-randomlabel-best --init_start=results/small/seed2/original --init_end=results/small/seed2/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/class/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed3/class/mcu-randomlabel-best --init_start=results/small/seed3/original --init_end=results/small/seed3/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/class/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-randomlabel-best-path --ckpt=results/small/seed1/class/mcu-randomlabel-best --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/class/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-randomlabel-best-path --ckpt=results/small/seed2/class/mcu-randomlabel-best --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/class/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-randomlabel-best-path --ckpt=results/small/seed3/class/mcu-randomlabel-best --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed1/class/mcu-salun-best --init_start=results/small/seed1/original --init_end=results/small/seed1/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed2/class/mcu-salun-best --init_start=results/small/seed2/original --init_end=results/small/seed2/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed3/class/mcu-salun-best --init_start=results/small/seed3/original --init_end=results/small/seed3/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-salun-best-path --ckpt=results/small/seed1/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-salun-best-path --ckpt=results/small/seed2/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-salun-best-path --ckpt=results/small/seed3/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed1/class/mcu-ga-best --init_start=results/small/seed1/original --init_end=results/small/seed1/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed2/class/mcu-ga-best --init_start=results/small/seed2/original --init_end=results/small/seed2/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed3/class/mcu-ga-best --init_start=results/small/seed3/original --init_end=results/small/seed3/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-ga-best-path --ckpt=results/small/seed1/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-ga-best-path --ckpt=results/small/seed2/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-ga-best-path --ckpt=results/small/seed3/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed1/class/mcu-ga_plus-best --init_start=results/small/seed1/original --init_end=results/small/seed1/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed2/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed2/class/mcu-ga_plus-best --init_start=results/small/seed2/original --init_end=results/small/seed2/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed3/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed3/class/mcu-ga_plus-best --init_start=results/small/seed3/original --init_end=results/small/seed3/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed1/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed1/class/mcu-ga_plus-best-path --ckpt=results/small/seed1/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed2/class/mcu-ga_plus-best-path --ckpt=results/small/seed2/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed3/class/mcu-ga_plus-best-path --ckpt=results/small/seed3/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/point-finetune/search
python3 train.py --dir=results/small/seed1/random/point-finetune --init_start=results/small/seed1/original --init_end=results/small/seed1/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed2/random/point-finetune/search
python3 train.py --dir=results/small/seed2/random/point-finetune --init_start=results/small/seed2/original --init_end=results/small/seed2/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed3/random/point-finetune/search
python3 train.py --dir=results/small/seed3/random/point-finetune --init_start=results/small/seed3/original --init_end=results/small/seed3/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed1/random/point-finetune-back/path
python3 eval_curve.py --dir=results/small/seed1/random/point-finetune-back --ckpt=results/small/seed1/random/point-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/point-finetune-back/path
python3 eval_curve.py --dir=results/small/seed2/random/point-finetune-back --ckpt=results/small/seed2/random/point-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/point-finetune-back/path
python3 eval_curve.py --dir=results/small/seed3/random/point-finetune-back --ckpt=results/small/seed3/random/point-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/point-finetune-itself/path
python3 eval_curve.py --dir=results/small/seed1/random/point-finetune-itself --ckpt=results/small/seed1/random/point-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed2/random/point-finetune-itself/path
python3 eval_curve.py --dir=results/small/seed2/random/point-finetune-itself --ckpt=results/small/seed2/random/point-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed3/random/point-finetune-itself/path
python3 eval_curve.py --dir=results/small/seed3/random/point-finetune-itself --ckpt=results/small/seed3/random/point-finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed1/random/point-randomlabel/search
python3 train.py --dir=results/small/seed1/random/point-randomlabel --init_start=results/small/seed1/original --init_end=results/small/seed1/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed2/random/point-randomlabel/search
python3 train.py --dir=results/small/seed2/random/point-randomlabel --init_start=results/small/seed2/original --init_end=results/small/seed2/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed3/random/point-randomlabel/search
python3 train.py --dir=results/small/seed3/random/point-randomlabel --init_start=results/small/seed3/original --init_end=results/small/seed3/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed1/random/point-randomlabel-back/path
python3 eval_curve.py --dir=results/small/seed1/random/point-randomlabel-back --ckpt=results/small/seed1/random/point-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/point-randomlabel-back/path
python3 eval_curve.py --dir=results/small/seed2/random/point-randomlabel-back --ckpt=results/small/seed2/random/point-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/point-randomlabel-back/path
python3 eval_curve.py --dir=results/small/seed3/random/point-randomlabel-back --ckpt=results/small/seed3/random/point-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/point-randomlabel-itself/path
python3 eval_curve.py --dir=results/small/seed1/random/point-randomlabel-itself --ckpt=results/small/seed1/random/point-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed2/random/point-randomlabel-itself/path
python3 eval_curve.py --dir=results/small/seed2/random/point-randomlabel-itself --ckpt=results/small/seed2/random/point-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed3/random/point-randomlabel-itself/path
python3 eval_curve.py --dir=results/small/seed3/random/point-randomlabel-itself --ckpt=results/small/seed3/random/point-randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed1/random/point-salun/search
python3 train.py --dir=results/small/seed1/random/point-salun --init_start=results/small/seed1/original --init_end=results/small/seed1/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed2/random/point-salun/search
python3 train.py --dir=results/small/seed2/random/point-salun --init_start=results/small/seed2/original --init_end=results/small/seed2/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed3/random/point-salun/search
python3 train.py --dir=results/small/seed3/random/point-salun --init_start=results/small/seed3/original --init_end=results/small/seed3/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --precision=bf16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed1/random/point-salun-back/path
python3 eval_curve.py --dir=results/small/seed1/random/point-salun-back --ckpt=results/small/seed1/random/point-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed2/random/point-salun-back/path
python3 eval_curve.py --dir=results/small/seed2/random/point-salun-back --ckpt=results/small/seed2/random/point-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed3/random/point-salun-back/path
python3 eval_curve.py --dir=results/small/seed3/random/point-salun-back --ckpt=results/small/seed3/random/point-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed1/random/point-salun-itself/path
python3 eval_curve.py --dir=results/small/seed1/random/point-salun-itself --ckpt=results/small/seed1/random/point-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=1 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed2/random/point-salun-itself/path
python3 eval_curve.py --dir=results/small/seed2/random/point-salun-itself --ckpt=results/small/seed2/random/point-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=2 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed3/random/point-salun-itself/path
python3 eval_curve.py --dir=results/small/seed3/random/point-salun-itself --ckpt=results/small/seed3/random/point-salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=3 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line --t_min=1 --t_max=1
# seed4/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed4/random/mcu-finetune-best --init_start=results/small/seed4/original --init_end=results/small/seed4/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-finetune-best-path --ckpt=results/small/seed4/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed4/random/mcu-randomlabel-best --init_start=results/small/seed4/original --init_end=results/small/seed4/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-randomlabel-best-path --ckpt=results/small/seed4/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed4/random/mcu-salun-best --init_start=results/small/seed4/original --init_end=results/small/seed4/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-salun-best-path --ckpt=results/small/seed4/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-ga-best/search
python3 train.py --dir=results/small/seed4/random/mcu-ga-best --init_start=results/small/seed4/original --init_end=results/small/seed4/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/random/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-ga-best-path --ckpt=results/small/seed4/random/mcu-ga-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed4/random/mcu-ga_plus-best --init_start=results/small/seed4/original --init_end=results/small/seed4/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed4/random/mcu-ga_plus-best-path --ckpt=results/small/seed4/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-finetune-best/search
python3 train.py --dir=results/small/seed4/class/mcu-finetune-best --init_start=results/small/seed4/original --init_end=results/small/seed4/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/class/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-finetune-best-path --ckpt=results/small/seed4/class/mcu-finetune-best --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed4/class/mcu-randomlabel-best --init_start=results/small/seed4/original --init_end=results/small/seed4/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/class/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-randomlabel-best-path --ckpt=results/small/seed4/class/mcu-randomlabel-best --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed4/class/mcu-salun-best --init_start=results/small/seed4/original --init_end=results/small/seed4/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-salun-best-path --ckpt=results/small/seed4/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed4/class/mcu-ga-best --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-ga-best-path --ckpt=results/small/seed4/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed4/class/mcu-ga_plus-best --init_start=results/small/seed4/original --init_end=results/small/seed4/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed4/class/mcu-ga_plus-best-path --ckpt=results/small/seed4/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed5/random/mcu-finetune-best --init_start=results/small/seed5/original --init_end=results/small/seed5/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-finetune-best-path --ckpt=results/small/seed5/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed5/random/mcu-randomlabel-best --init_start=results/small/seed5/original --init_end=results/small/seed5/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-randomlabel-best-path --ckpt=results/small/seed5/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed5/random/mcu-salun-best --init_start=results/small/seed5/original --init_end=results/small/seed5/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-salun-best-path --ckpt=results/small/seed5/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-ga-best/search
python3 train.py --dir=results/small/seed5/random/mcu-ga-best --init_start=results/small/seed5/original --init_end=results/small/seed5/random/ga --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/random/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-ga-best-path --ckpt=results/small/seed5/random/mcu-ga-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed5/random/mcu-ga_plus-best --init_start=results/small/seed5/original --init_end=results/small/seed5/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed5/random/mcu-ga_plus-best-path --ckpt=results/small/seed5/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-finetune-best/search
python3 train.py --dir=results/small/seed5/class/mcu-finetune-best --init_start=results/small/seed5/original --init_end=results/small/seed5/class/finetune --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/class/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-finetune-best-path --ckpt=results/small/seed5/class/mcu-finetune-best --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed5/class/mcu-randomlabel-best --init_start=results/small/seed5/original --init_end=results/small/seed5/class/randomlabel --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/class/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-randomlabel-best-path --ckpt=results/small/seed5/class/mcu-randomlabel-best --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed5/class/mcu-salun-best --init_start=results/small/seed5/original --init_end=results/small/seed5/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-salun-best-path --ckpt=results/small/seed5/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed5/class/mcu-ga-best --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-ga-best-path --ckpt=results/small/seed5/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed5/class/mcu-ga_plus-best --init_start=results/small/seed5/original --init_end=results/small/seed5/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed5/class/mcu-ga_plus-best-path --ckpt=results/small/seed5/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed7/random/retrain/retrain
python3 train.py --dir=results/small/seed7/random/retrain --unlearn_method=retrain --seed=7 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed7/random/finetune/finetune
python3 train.py --dir=results/small/seed7/random/finetune --unlearn_method=finetune --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=8 --lr=0.16
# seed7/random/finetune-end/finetune-end
python3 train.py --dir=results/small/seed7/random/finetune-end --unlearn_method=finetune --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=8 --lr=0.04
# seed7/random/mcu-finetune-tuned/search
python3 train.py --dir=results/small/seed7/random/mcu-finetune-tuned --init_start=results/small/seed7/original --init_end=results/small/seed7/random/finetune-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-finetune-tuned-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-finetune-tuned-path --ckpt=results/small/seed7/random/mcu-finetune-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed7/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.04
# seed7/random/randomlabel-end/randomlabel-end
python3 train.py --dir=results/small/seed7/random/randomlabel-end --unlearn_method=randomlabel --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.01
# seed7/random/mcu-randomlabel-tuned/search
python3 train.py --dir=results/small/seed7/random/mcu-randomlabel-tuned --init_start=results/small/seed7/original --init_end=results/small/seed7/random/randomlabel-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-randomlabel-tuned-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-randomlabel-tuned-path --ckpt=results/small/seed7/random/mcu-randomlabel-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/masks/salun
python3 generate_mask.py --dir=results/small/seed7/random/masks --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7
# seed7/random/salun/salun
python3 train.py --dir=results/small/seed7/random/salun --unlearn_method=salun --original_pth=results/small/seed7/original --mask_path results/small/seed7/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.02
# seed7/random/salun-end/salun-end
python3 train.py --dir=results/small/seed7/random/salun-end --unlearn_method=salun --original_pth=results/small/seed7/original --mask_path results/small/seed7/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.01
# seed7/random/mcu-salun-tuned/search
python3 train.py --dir=results/small/seed7/random/mcu-salun-tuned --init_start=results/small/seed7/original --init_end=results/small/seed7/random/salun-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-salun-tuned-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-salun-tuned-path --ckpt=results/small/seed7/random/mcu-salun-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/scrub/scrub
python3 train.py --dir=results/small/seed7/random/scrub --unlearn_method=scrub --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.014
# seed7/random/mcu-scrub-best/search
python3 train.py --dir=results/small/seed7/random/mcu-scrub-best --init_start=results/small/seed7/original --init_end=results/small/seed7/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-scrub-best-path --ckpt=results/small/seed7/random/mcu-scrub-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed7/random/mcu-finetune-best --init_start=results/small/seed7/original --init_end=results/small/seed7/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-finetune-best-path --ckpt=results/small/seed7/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/original/original
python3 train.py --dir=results/small/seed8/original --seed=8 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed8/random/retrain/retrain
python3 train.py --dir=results/small/seed8/random/retrain --unlearn_method=retrain --seed=8 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed8/random/finetune/finetune
python3 train.py --dir=results/small/seed8/random/finetune --unlearn_method=finetune --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=8 --lr=0.16
# seed8/random/finetune-end/finetune-end
python3 train.py --dir=results/small/seed8/random/finetune-end --unlearn_method=finetune --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=8 --lr=0.04
# seed8/random/mcu-finetune-tuned/search
python3 train.py --dir=results/small/seed8/random/mcu-finetune-tuned --init_start=results/small/seed8/original --init_end=results/small/seed8/random/finetune-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-finetune-tuned-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-finetune-tuned-path --ckpt=results/small/seed8/random/mcu-finetune-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed8/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.04
# seed8/random/randomlabel-end/randomlabel-end
python3 train.py --dir=results/small/seed8/random/randomlabel-end --unlearn_method=randomlabel --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.01
# seed8/random/mcu-randomlabel-tuned/search
python3 train.py --dir=results/small/seed8/random/mcu-randomlabel-tuned --init_start=results/small/seed8/original --init_end=results/small/seed8/random/randomlabel-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-randomlabel-tuned-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-randomlabel-tuned-path --ckpt=results/small/seed8/random/mcu-randomlabel-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/masks/salun
python3 generate_mask.py --dir=results/small/seed8/random/masks --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8
# seed8/random/salun/salun
python3 train.py --dir=results/small/seed8/random/salun --unlearn_method=salun --original_pth=results/small/seed8/original --mask_path results/small/seed8/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.02
# seed8/random/salun-end/salun-end
python3 train.py --dir=results/small/seed8/random/salun-end --unlearn_method=salun --original_pth=results/small/seed8/original --mask_path results/small/seed8/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.01
# seed8/random/mcu-salun-tuned/search
python3 train.py --dir=results/small/seed8/random/mcu-salun-tuned --init_start=results/small/seed8/original --init_end=results/small/seed8/random/salun-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-salun-tuned-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-salun-tuned-path --ckpt=results/small/seed8/random/mcu-salun-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/scrub/scrub
python3 train.py --dir=results/small/seed8/random/scrub --unlearn_method=scrub --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.014
# seed8/random/mcu-scrub-best/search
python3 train.py --dir=results/small/seed8/random/mcu-scrub-best --init_start=results/small/seed8/original --init_end=results/small/seed8/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-scrub-best-path --ckpt=results/small/seed8/random/mcu-scrub-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed8/random/mcu-finetune-best --init_start=results/small/seed8/original --init_end=results/small/seed8/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-finetune-best-path --ckpt=results/small/seed8/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/original/original
python3 train.py --dir=results/small/seed7/original --seed=7 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed9/original/original
python3 train.py --dir=results/small/seed9/original --seed=9 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed9/random/retrain/retrain
python3 train.py --dir=results/small/seed9/random/retrain --unlearn_method=retrain --seed=9 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed9/random/finetune/finetune
python3 train.py --dir=results/small/seed9/random/finetune --unlearn_method=finetune --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=8 --lr=0.16
# seed9/random/finetune-end/finetune-end
python3 train.py --dir=results/small/seed9/random/finetune-end --unlearn_method=finetune --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=8 --lr=0.04
# seed9/random/mcu-finetune-tuned/search
python3 train.py --dir=results/small/seed9/random/mcu-finetune-tuned --init_start=results/small/seed9/original --init_end=results/small/seed9/random/finetune-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-finetune-tuned-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-finetune-tuned-path --ckpt=results/small/seed9/random/mcu-finetune-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/randomlabel/randomlabel
python3 train.py --dir=results/small/seed9/random/randomlabel --unlearn_method=randomlabel --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.04
# seed9/random/randomlabel-end/randomlabel-end
python3 train.py --dir=results/small/seed9/random/randomlabel-end --unlearn_method=randomlabel --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.01
# seed9/random/mcu-randomlabel-tuned/search
python3 train.py --dir=results/small/seed9/random/mcu-randomlabel-tuned --init_start=results/small/seed9/original --init_end=results/small/seed9/random/randomlabel-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-randomlabel-tuned-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-randomlabel-tuned-path --ckpt=results/small/seed9/random/mcu-randomlabel-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/masks/salun
python3 generate_mask.py --dir=results/small/seed9/random/masks --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9
# seed9/random/salun/salun
python3 train.py --dir=results/small/seed9/random/salun --unlearn_method=salun --original_pth=results/small/seed9/original --mask_path results/small/seed9/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.02
# seed9/random/salun-end/salun-end
python3 train.py --dir=results/small/seed9/random/salun-end --unlearn_method=salun --original_pth=results/small/seed9/original --mask_path results/small/seed9/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.01
# seed9/random/mcu-salun-tuned/search
python3 train.py --dir=results/small/seed9/random/mcu-salun-tuned --init_start=results/small/seed9/original --init_end=results/small/seed9/random/salun-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-salun-tuned-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-salun-tuned-path --ckpt=results/small/seed9/random/mcu-salun-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/scrub/scrub
python3 train.py --dir=results/small/seed9/random/scrub --unlearn_method=scrub --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.014
# seed9/random/mcu-scrub-best/search
python3 train.py --dir=results/small/seed9/random/mcu-scrub-best --init_start=results/small/seed9/original --init_end=results/small/seed9/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-scrub-best-path --ckpt=results/small/seed9/random/mcu-scrub-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-finetune-best/search
python3 train.py --dir=results/small/seed9/random/mcu-finetune-best --init_start=results/small/seed9/original --init_end=results/small/seed9/random/finetune --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-finetune-best-path --ckpt=results/small/seed9/random/mcu-finetune-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/delete/delete
python3 train.py --dir=results/small/seed7/random/delete --unlearn_method=delete --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.0014
# seed8/random/delete/delete
python3 train.py --dir=results/small/seed8/random/delete --unlearn_method=delete --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.0014
# seed9/random/delete/delete
python3 train.py --dir=results/small/seed9/random/delete --unlearn_method=delete --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.0014
# seed7/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed7/random/mcu-delete-best --init_start=results/small/seed7/original --init_end=results/small/seed7/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed8/random/mcu-delete-best --init_start=results/small/seed8/original --init_end=results/small/seed8/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed9/random/mcu-delete-best --init_start=results/small/seed9/original --init_end=results/small/seed9/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-delete-best-path --ckpt=results/small/seed7/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-delete-best-path --ckpt=results/small/seed8/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-delete-best-path --ckpt=results/small/seed9/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/masks/sfron
python3 generate_mask.py --dir=results/small/seed7/random/masks --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --kind=sfron
# seed8/random/masks/sfron
python3 generate_mask.py --dir=results/small/seed8/random/masks --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --kind=sfron
# seed9/random/masks/sfron
python3 generate_mask.py --dir=results/small/seed9/random/masks --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --kind=sfron
# seed7/random/sfron/sfron
python3 train.py --dir=results/small/seed7/random/sfron --unlearn_method=sfron --original_pth=results/small/seed7/original --mask_path results/small/seed7/random/masks/*/mask_sfron.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.02
# seed8/random/sfron/sfron
python3 train.py --dir=results/small/seed8/random/sfron --unlearn_method=sfron --original_pth=results/small/seed8/original --mask_path results/small/seed8/random/masks/*/mask_sfron.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.02
# seed9/random/sfron/sfron
python3 train.py --dir=results/small/seed9/random/sfron --unlearn_method=sfron --original_pth=results/small/seed9/original --mask_path results/small/seed9/random/masks/*/mask_sfron.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.02
# seed7/random/mcu-sfron-best/search
python3 train.py --dir=results/small/seed7/random/mcu-sfron-best --init_start=results/small/seed7/original --init_end=results/small/seed7/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-sfron-best/search
python3 train.py --dir=results/small/seed8/random/mcu-sfron-best --init_start=results/small/seed8/original --init_end=results/small/seed8/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-sfron-best/search
python3 train.py --dir=results/small/seed9/random/mcu-sfron-best --init_start=results/small/seed9/original --init_end=results/small/seed9/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-sfron-best-path --ckpt=results/small/seed7/random/mcu-sfron-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-sfron-best-path --ckpt=results/small/seed8/random/mcu-sfron-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-sfron-best-path --ckpt=results/small/seed9/random/mcu-sfron-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/class/retrain/retrain
python3 train.py --dir=results/small/seed7/class/retrain --unlearn_method=retrain --seed=7 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed8/class/retrain/retrain
python3 train.py --dir=results/small/seed8/class/retrain --unlearn_method=retrain --seed=8 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed9/class/retrain/retrain
python3 train.py --dir=results/small/seed9/class/retrain --unlearn_method=retrain --seed=9 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed7/class/delete/delete
python3 train.py --dir=results/small/seed7/class/delete --unlearn_method=delete --original_pth=results/small/seed7/original --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.002
# seed8/class/delete/delete
python3 train.py --dir=results/small/seed8/class/delete --unlearn_method=delete --original_pth=results/small/seed8/original --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.002
# seed9/class/delete/delete
python3 train.py --dir=results/small/seed9/class/delete --unlearn_method=delete --original_pth=results/small/seed9/original --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.002
# seed7/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed7/class/mcu-delete-best --init_start=results/small/seed7/original --init_end=results/small/seed7/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed8/class/mcu-delete-best --init_start=results/small/seed8/original --init_end=results/small/seed8/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed9/class/mcu-delete-best --init_start=results/small/seed9/original --init_end=results/small/seed9/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed7/class/mcu-delete-best-path --ckpt=results/small/seed7/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed8/class/mcu-delete-best-path --ckpt=results/small/seed8/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed9/class/mcu-delete-best-path --ckpt=results/small/seed9/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed7/class/masks --original_pth=results/small/seed7/original --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --kind=sfron
# seed8/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed8/class/masks --original_pth=results/small/seed8/original --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --kind=sfron
# seed9/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed9/class/masks --original_pth=results/small/seed9/original --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --kind=sfron
# seed7/class/sfron/sfron
python3 train.py --dir=results/small/seed7/class/sfron --unlearn_method=sfron --original_pth=results/small/seed7/original --mask_path results/small/seed7/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.02
# seed8/class/sfron/sfron
python3 train.py --dir=results/small/seed8/class/sfron --unlearn_method=sfron --original_pth=results/small/seed8/original --mask_path results/small/seed8/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.02
# seed9/class/sfron/sfron
python3 train.py --dir=results/small/seed9/class/sfron --unlearn_method=sfron --original_pth=results/small/seed9/original --mask_path results/small/seed9/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.02
# seed7/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed7/class/mcu-sfron-best --init_start=results/small/seed7/original --init_end=results/small/seed7/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed8/class/mcu-sfron-best --init_start=results/small/seed8/original --init_end=results/small/seed8/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed9/class/mcu-sfron-best --init_start=results/small/seed9/original --init_end=results/small/seed9/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed7/class/mcu-sfron-best-path --ckpt=results/small/seed7/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed8/class/mcu-sfron-best-path --ckpt=results/small/seed8/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed9/class/mcu-sfron-best-path --ckpt=results/small/seed9/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed7/random/mcu-randomlabel-best --init_start=results/small/seed7/original --init_end=results/small/seed7/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed8/random/mcu-randomlabel-best --init_start=results/small/seed8/original --init_end=results/small/seed8/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-randomlabel-best/search
python3 train.py --dir=results/small/seed9/random/mcu-randomlabel-best --init_start=results/small/seed9/original --init_end=results/small/seed9/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-randomlabel-best-path --ckpt=results/small/seed7/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-randomlabel-best-path --ckpt=results/small/seed8/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-randomlabel-best-path --ckpt=results/small/seed9/random/mcu-randomlabel-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-delete/search
python3 train.py --dir=results/small/seed7/random/mcu-delete --init_start=results/small/seed7/original --init_end=results/small/seed7/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/random/mcu-delete/search
python3 train.py --dir=results/small/seed8/random/mcu-delete --init_start=results/small/seed8/original --init_end=results/small/seed8/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/random/mcu-delete/search
python3 train.py --dir=results/small/seed9/random/mcu-delete --init_start=results/small/seed9/original --init_end=results/small/seed9/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/random/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-delete-path --ckpt=results/small/seed7/random/mcu-delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-delete-path --ckpt=results/small/seed8/random/mcu-delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-delete-path --ckpt=results/small/seed9/random/mcu-delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-sfron/search
python3 train.py --dir=results/small/seed7/random/mcu-sfron --init_start=results/small/seed7/original --init_end=results/small/seed7/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/random/mcu-sfron/search
python3 train.py --dir=results/small/seed8/random/mcu-sfron --init_start=results/small/seed8/original --init_end=results/small/seed8/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/random/mcu-sfron/search
python3 train.py --dir=results/small/seed9/random/mcu-sfron --init_start=results/small/seed9/original --init_end=results/small/seed9/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/random/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-sfron-path --ckpt=results/small/seed7/random/mcu-sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-sfron-path --ckpt=results/small/seed8/random/mcu-sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-sfron-path --ckpt=results/small/seed9/random/mcu-sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-scrub/search
python3 train.py --dir=results/small/seed7/random/mcu-scrub --init_start=results/small/seed7/original --init_end=results/small/seed7/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/random/mcu-scrub/search
python3 train.py --dir=results/small/seed8/random/mcu-scrub --init_start=results/small/seed8/original --init_end=results/small/seed8/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/random/mcu-scrub/search
python3 train.py --dir=results/small/seed9/random/mcu-scrub --init_start=results/small/seed9/original --init_end=results/small/seed9/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/random/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-scrub-path --ckpt=results/small/seed7/random/mcu-scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-scrub-path --ckpt=results/small/seed8/random/mcu-scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-scrub-path --ckpt=results/small/seed9/random/mcu-scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/class/mcu-sfron/search
python3 train.py --dir=results/small/seed7/class/mcu-sfron --init_start=results/small/seed7/original --init_end=results/small/seed7/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/class/mcu-sfron/search
python3 train.py --dir=results/small/seed8/class/mcu-sfron --init_start=results/small/seed8/original --init_end=results/small/seed8/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/class/mcu-sfron/search
python3 train.py --dir=results/small/seed9/class/mcu-sfron --init_start=results/small/seed9/original --init_end=results/small/seed9/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/class/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed7/class/mcu-sfron-path --ckpt=results/small/seed7/class/mcu-sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/class/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed8/class/mcu-sfron-path --ckpt=results/small/seed8/class/mcu-sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/class/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed9/class/mcu-sfron-path --ckpt=results/small/seed9/class/mcu-sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/class/mcu-delete/search
python3 train.py --dir=results/small/seed7/class/mcu-delete --init_start=results/small/seed7/original --init_end=results/small/seed7/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/class/mcu-delete/search
python3 train.py --dir=results/small/seed8/class/mcu-delete --init_start=results/small/seed8/original --init_end=results/small/seed8/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/class/mcu-delete/search
python3 train.py --dir=results/small/seed9/class/mcu-delete --init_start=results/small/seed9/original --init_end=results/small/seed9/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/class/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed7/class/mcu-delete-path --ckpt=results/small/seed7/class/mcu-delete --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/class/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed8/class/mcu-delete-path --ckpt=results/small/seed8/class/mcu-delete --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/class/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed9/class/mcu-delete-path --ckpt=results/small/seed9/class/mcu-delete --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/class/scrub/scrub
python3 train.py --dir=results/small/seed7/class/scrub --unlearn_method=scrub --original_pth=results/small/seed7/original --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.0025
# seed8/class/scrub/scrub
python3 train.py --dir=results/small/seed8/class/scrub --unlearn_method=scrub --original_pth=results/small/seed8/original --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.0025
# seed9/class/scrub/scrub
python3 train.py --dir=results/small/seed9/class/scrub --unlearn_method=scrub --original_pth=results/small/seed9/original --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.0025
# seed7/class/mcu-scrub-best/search
python3 train.py --dir=results/small/seed7/class/mcu-scrub-best --init_start=results/small/seed7/original --init_end=results/small/seed7/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/class/mcu-scrub-best/search
python3 train.py --dir=results/small/seed8/class/mcu-scrub-best --init_start=results/small/seed8/original --init_end=results/small/seed8/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/class/mcu-scrub-best/search
python3 train.py --dir=results/small/seed9/class/mcu-scrub-best --init_start=results/small/seed9/original --init_end=results/small/seed9/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/class/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed7/class/mcu-scrub-best-path --ckpt=results/small/seed7/class/mcu-scrub-best --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/class/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed8/class/mcu-scrub-best-path --ckpt=results/small/seed8/class/mcu-scrub-best --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/class/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed9/class/mcu-scrub-best-path --ckpt=results/small/seed9/class/mcu-scrub-best --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/class/mcu-scrub/search
python3 train.py --dir=results/small/seed7/class/mcu-scrub --init_start=results/small/seed7/original --init_end=results/small/seed7/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/class/mcu-scrub/search
python3 train.py --dir=results/small/seed8/class/mcu-scrub --init_start=results/small/seed8/original --init_end=results/small/seed8/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/class/mcu-scrub/search
python3 train.py --dir=results/small/seed9/class/mcu-scrub --init_start=results/small/seed9/original --init_end=results/small/seed9/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/class/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed7/class/mcu-scrub-path --ckpt=results/small/seed7/class/mcu-scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/class/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed8/class/mcu-scrub-path --ckpt=results/small/seed8/class/mcu-scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/class/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed9/class/mcu-scrub-path --ckpt=results/small/seed9/class/mcu-scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/original/original
python3 train.py --dir=results/small/seed10/original --seed=10 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed10/random/retrain/retrain
python3 train.py --dir=results/small/seed10/random/retrain --unlearn_method=retrain --seed=10 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed10/random/scrub/scrub
python3 train.py --dir=results/small/seed10/random/scrub --unlearn_method=scrub --original_pth=results/small/seed10/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=50 --epochs=5 --lr=0.014
# seed10/random/mcu-scrub-best/search
python3 train.py --dir=results/small/seed10/random/mcu-scrub-best --init_start=results/small/seed10/original --init_end=results/small/seed10/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --preset=best --fix_start --fix_end
# seed10/random/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-scrub-best-path --ckpt=results/small/seed10/random/mcu-scrub-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/delete/delete
python3 train.py --dir=results/small/seed10/random/delete --unlearn_method=delete --original_pth=results/small/seed10/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=50 --epochs=5 --lr=0.0014
# seed10/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed10/random/mcu-delete-best --init_start=results/small/seed10/original --init_end=results/small/seed10/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --preset=best --fix_start --fix_end
# seed10/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-delete-best-path --ckpt=results/small/seed10/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/masks/sfron
python3 generate_mask.py --dir=results/small/seed10/random/masks --original_pth=results/small/seed10/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --kind=sfron
# seed10/random/sfron/sfron
python3 train.py --dir=results/small/seed10/random/sfron --unlearn_method=sfron --original_pth=results/small/seed10/original --mask_path results/small/seed10/random/masks/*/mask_sfron.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=50 --epochs=5 --lr=0.02
# seed10/random/mcu-scrub/search
python3 train.py --dir=results/small/seed10/random/mcu-scrub --init_start=results/small/seed10/original --init_end=results/small/seed10/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed10/random/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-scrub-path --ckpt=results/small/seed10/random/mcu-scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-delete/search
python3 train.py --dir=results/small/seed10/random/mcu-delete --init_start=results/small/seed10/original --init_end=results/small/seed10/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed10/random/mcu-sfron/search
python3 train.py --dir=results/small/seed10/random/mcu-sfron --init_start=results/small/seed10/original --init_end=results/small/seed10/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed10/random/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-sfron-path --ckpt=results/small/seed10/random/mcu-sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/negtv-expert/expert
python3 train.py --dir=results/small/seed10/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed10/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=50 --epochs=5 --lr=0.04
# seed10/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed10/random/negtv --init_start=results/small/seed10/original --init_end=results/small/seed10/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10
# seed10/random/mcu-negtv-best/search
python3 train.py --dir=results/small/seed10/random/mcu-negtv-best --init_start=results/small/seed10/original --init_end=results/small/seed10/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --preset=best --fix_start --fix_end
# seed10/random/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-negtv-best-path --ckpt=results/small/seed10/random/mcu-negtv-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-negtv/search
python3 train.py --dir=results/small/seed10/random/mcu-negtv --init_start=results/small/seed10/original --init_end=results/small/seed10/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed10/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-negtv-path --ckpt=results/small/seed10/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/original/original
python3 train.py --dir=results/small/seed11/original --seed=11 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed11/random/retrain/retrain
python3 train.py --dir=results/small/seed11/random/retrain --unlearn_method=retrain --seed=11 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed11/random/negtv-expert/expert
python3 train.py --dir=results/small/seed11/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed11/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=50 --epochs=5 --lr=0.04
# seed11/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed11/random/negtv --init_start=results/small/seed11/original --init_end=results/small/seed11/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11
# seed11/random/mcu-negtv-best/search
python3 train.py --dir=results/small/seed11/random/mcu-negtv-best --init_start=results/small/seed11/original --init_end=results/small/seed11/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --preset=best --fix_start --fix_end
# seed11/random/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-negtv-best-path --ckpt=results/small/seed11/random/mcu-negtv-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/scrub/scrub
python3 train.py --dir=results/small/seed11/random/scrub --unlearn_method=scrub --original_pth=results/small/seed11/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=50 --epochs=5 --lr=0.014
# seed11/random/mcu-scrub-best/search
python3 train.py --dir=results/small/seed11/random/mcu-scrub-best --init_start=results/small/seed11/original --init_end=results/small/seed11/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --preset=best --fix_start --fix_end
# seed11/random/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-scrub-best-path --ckpt=results/small/seed11/random/mcu-scrub-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/delete/delete
python3 train.py --dir=results/small/seed11/random/delete --unlearn_method=delete --original_pth=results/small/seed11/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=50 --epochs=5 --lr=0.0014
# seed11/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed11/random/mcu-delete-best --init_start=results/small/seed11/original --init_end=results/small/seed11/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --preset=best --fix_start --fix_end
# seed11/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-delete-best-path --ckpt=results/small/seed11/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/masks/sfron
python3 generate_mask.py --dir=results/small/seed11/random/masks --original_pth=results/small/seed11/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --kind=sfron
# seed11/random/sfron/sfron
python3 train.py --dir=results/small/seed11/random/sfron --unlearn_method=sfron --original_pth=results/small/seed11/original --mask_path results/small/seed11/random/masks/*/mask_sfron.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=50 --epochs=5 --lr=0.02
# seed11/random/mcu-sfron-best/search
python3 train.py --dir=results/small/seed11/random/mcu-sfron-best --init_start=results/small/seed11/original --init_end=results/small/seed11/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --preset=best --fix_start --fix_end
# seed11/random/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-sfron-best-path --ckpt=results/small/seed11/random/mcu-sfron-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-negtv/search
python3 train.py --dir=results/small/seed11/random/mcu-negtv --init_start=results/small/seed11/original --init_end=results/small/seed11/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed11/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-negtv-path --ckpt=results/small/seed11/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-scrub/search
python3 train.py --dir=results/small/seed11/random/mcu-scrub --init_start=results/small/seed11/original --init_end=results/small/seed11/random/scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed11/random/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-scrub-path --ckpt=results/small/seed11/random/mcu-scrub --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-delete/search
python3 train.py --dir=results/small/seed11/random/mcu-delete --init_start=results/small/seed11/original --init_end=results/small/seed11/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed11/random/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-delete-path --ckpt=results/small/seed11/random/mcu-delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-sfron/search
python3 train.py --dir=results/small/seed11/random/mcu-sfron --init_start=results/small/seed11/original --init_end=results/small/seed11/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed11/random/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-sfron-path --ckpt=results/small/seed11/random/mcu-sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/negtv-expert/expert
python3 train.py --dir=results/small/seed7/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed7/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=50 --epochs=5 --lr=0.04
# seed8/random/negtv-expert/expert
python3 train.py --dir=results/small/seed8/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed8/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=50 --epochs=5 --lr=0.04
# seed9/random/negtv-expert/expert
python3 train.py --dir=results/small/seed9/random/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed9/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=50 --epochs=5 --lr=0.04
# seed7/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed7/random/negtv --init_start=results/small/seed7/original --init_end=results/small/seed7/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7
# seed8/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed8/random/negtv --init_start=results/small/seed8/original --init_end=results/small/seed8/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8
# seed9/random/negtv/negtv
python3 main_tv.py --dir=results/small/seed9/random/negtv --init_start=results/small/seed9/original --init_end=results/small/seed9/random/negtv-expert --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9
# seed7/random/mcu-negtv-best/search
python3 train.py --dir=results/small/seed7/random/mcu-negtv-best --init_start=results/small/seed7/original --init_end=results/small/seed7/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --preset=best --fix_start --fix_end
# seed8/random/mcu-negtv-best/search
python3 train.py --dir=results/small/seed8/random/mcu-negtv-best --init_start=results/small/seed8/original --init_end=results/small/seed8/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --preset=best --fix_start --fix_end
# seed9/random/mcu-negtv-best/search
python3 train.py --dir=results/small/seed9/random/mcu-negtv-best --init_start=results/small/seed9/original --init_end=results/small/seed9/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --preset=best --fix_start --fix_end
# seed7/random/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-negtv-best-path --ckpt=results/small/seed7/random/mcu-negtv-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-negtv-best-path --ckpt=results/small/seed8/random/mcu-negtv-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-negtv-best-path --ckpt=results/small/seed9/random/mcu-negtv-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-negtv/search
python3 train.py --dir=results/small/seed7/random/mcu-negtv --init_start=results/small/seed7/original --init_end=results/small/seed7/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed8/random/mcu-negtv/search
python3 train.py --dir=results/small/seed8/random/mcu-negtv --init_start=results/small/seed8/original --init_end=results/small/seed8/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed9/random/mcu-negtv/search
python3 train.py --dir=results/small/seed9/random/mcu-negtv --init_start=results/small/seed9/original --init_end=results/small/seed9/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed7/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-negtv-path --ckpt=results/small/seed7/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-negtv-path --ckpt=results/small/seed8/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-negtv-path --ckpt=results/small/seed9/random/mcu-negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-sfron-faster/search
python3 train.py --dir=results/small/seed7/random/mcu-sfron-faster --init_start=results/small/seed7/original --init_end=results/small/seed7/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed7/random/mcu-sfron-faster-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-sfron-faster-path --ckpt=results/small/seed7/random/mcu-sfron-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-sfron-faster/search
python3 train.py --dir=results/small/seed8/random/mcu-sfron-faster --init_start=results/small/seed8/original --init_end=results/small/seed8/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed8/random/mcu-sfron-faster-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-sfron-faster-path --ckpt=results/small/seed8/random/mcu-sfron-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-sfron-faster/search
python3 train.py --dir=results/small/seed9/random/mcu-sfron-faster --init_start=results/small/seed9/original --init_end=results/small/seed9/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed9/random/mcu-sfron-faster-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-sfron-faster-path --ckpt=results/small/seed9/random/mcu-sfron-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-delete-faster/search
python3 train.py --dir=results/small/seed7/random/mcu-delete-faster --init_start=results/small/seed7/original --init_end=results/small/seed7/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed7/random/mcu-delete-faster-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-delete-faster-path --ckpt=results/small/seed7/random/mcu-delete-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-delete-faster/search
python3 train.py --dir=results/small/seed8/random/mcu-delete-faster --init_start=results/small/seed8/original --init_end=results/small/seed8/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed8/random/mcu-delete-faster-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-delete-faster-path --ckpt=results/small/seed8/random/mcu-delete-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-delete-faster/search
python3 train.py --dir=results/small/seed9/random/mcu-delete-faster --init_start=results/small/seed9/original --init_end=results/small/seed9/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed9/random/mcu-delete-faster-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-delete-faster-path --ckpt=results/small/seed9/random/mcu-delete-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-randomlabel-faster/search
python3 train.py --dir=results/small/seed7/random/mcu-randomlabel-faster --init_start=results/small/seed7/original --init_end=results/small/seed7/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed7/random/mcu-randomlabel-faster-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-randomlabel-faster-path --ckpt=results/small/seed7/random/mcu-randomlabel-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-randomlabel-faster/search
python3 train.py --dir=results/small/seed8/random/mcu-randomlabel-faster --init_start=results/small/seed8/original --init_end=results/small/seed8/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed8/random/mcu-randomlabel-faster-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-randomlabel-faster-path --ckpt=results/small/seed8/random/mcu-randomlabel-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-randomlabel-faster/search
python3 train.py --dir=results/small/seed9/random/mcu-randomlabel-faster --init_start=results/small/seed9/original --init_end=results/small/seed9/random/randomlabel --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed9/random/mcu-randomlabel-faster-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-randomlabel-faster-path --ckpt=results/small/seed9/random/mcu-randomlabel-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed7/random/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed7/random/mcu-negtv-faster --init_start=results/small/seed7/original --init_end=results/small/seed7/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed7/random/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed7/random/mcu-negtv-faster-path --ckpt=results/small/seed7/random/mcu-negtv-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=7 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed8/random/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed8/random/mcu-negtv-faster --init_start=results/small/seed8/original --init_end=results/small/seed8/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed8/random/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed8/random/mcu-negtv-faster-path --ckpt=results/small/seed8/random/mcu-negtv-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=8 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed9/random/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed9/random/mcu-negtv-faster --init_start=results/small/seed9/original --init_end=results/small/seed9/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed9/random/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed9/random/mcu-negtv-faster-path --ckpt=results/small/seed9/random/mcu-negtv-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=9 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-sfron-faster/search
python3 train.py --dir=results/small/seed10/random/mcu-sfron-faster --init_start=results/small/seed10/original --init_end=results/small/seed10/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed10/random/mcu-sfron-faster-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-sfron-faster-path --ckpt=results/small/seed10/random/mcu-sfron-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-sfron-faster/search
python3 train.py --dir=results/small/seed11/random/mcu-sfron-faster --init_start=results/small/seed11/original --init_end=results/small/seed11/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed11/random/mcu-sfron-faster-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-sfron-faster-path --ckpt=results/small/seed11/random/mcu-sfron-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-delete-faster/search
python3 train.py --dir=results/small/seed10/random/mcu-delete-faster --init_start=results/small/seed10/original --init_end=results/small/seed10/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed10/random/mcu-delete-faster-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-delete-faster-path --ckpt=results/small/seed10/random/mcu-delete-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-delete-faster/search
python3 train.py --dir=results/small/seed11/random/mcu-delete-faster --init_start=results/small/seed11/original --init_end=results/small/seed11/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed11/random/mcu-delete-faster-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-delete-faster-path --ckpt=results/small/seed11/random/mcu-delete-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed10/random/mcu-negtv-faster --init_start=results/small/seed10/original --init_end=results/small/seed10/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed10/random/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-negtv-faster-path --ckpt=results/small/seed10/random/mcu-negtv-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed11/random/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed11/random/mcu-negtv-faster --init_start=results/small/seed11/original --init_end=results/small/seed11/random/negtv --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed11/random/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed11/random/mcu-negtv-faster-path --ckpt=results/small/seed11/random/mcu-negtv-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=11 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-delete-path --ckpt=results/small/seed10/random/mcu-delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed10/random/mcu-sfron-best/search
python3 train.py --dir=results/small/seed10/random/mcu-sfron-best --init_start=results/small/seed10/original --init_end=results/small/seed10/random/sfron --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --eval_freq=20 --preset=best --fix_start --fix_end
# seed10/random/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed10/random/mcu-sfron-best-path --ckpt=results/small/seed10/random/mcu-sfron-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=10 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/original/original
python3 train.py --dir=results/small/seed13/original --seed=13 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed12/original/original
python3 train.py --dir=results/small/seed12/original --seed=12 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed13/class/retrain/retrain
python3 train.py --dir=results/small/seed13/class/retrain --unlearn_method=retrain --seed=13 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed12/class/retrain/retrain
python3 train.py --dir=results/small/seed12/class/retrain --unlearn_method=retrain --seed=12 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed13/class/delete/delete
python3 train.py --dir=results/small/seed13/class/delete --unlearn_method=delete --original_pth=results/small/seed13/original --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=50 --epochs=5 --lr=0.002
# seed12/class/delete/delete
python3 train.py --dir=results/small/seed12/class/delete --unlearn_method=delete --original_pth=results/small/seed12/original --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=50 --epochs=5 --lr=0.002
# seed13/class/mcu-delete/search
python3 train.py --dir=results/small/seed13/class/mcu-delete --init_start=results/small/seed13/original --init_end=results/small/seed13/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed12/class/mcu-delete/search
python3 train.py --dir=results/small/seed12/class/mcu-delete --init_start=results/small/seed12/original --init_end=results/small/seed12/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed12/class/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-delete-path --ckpt=results/small/seed12/class/mcu-delete --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed13/class/mcu-delete-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-delete-path --ckpt=results/small/seed13/class/mcu-delete --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed12/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed12/class/masks --original_pth=results/small/seed12/original --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --kind=sfron
# seed13/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed13/class/masks --original_pth=results/small/seed13/original --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --kind=sfron
# seed12/class/sfron/sfron
python3 train.py --dir=results/small/seed12/class/sfron --unlearn_method=sfron --original_pth=results/small/seed12/original --mask_path results/small/seed12/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=50 --epochs=5 --lr=0.02
# seed13/class/sfron/sfron
python3 train.py --dir=results/small/seed13/class/sfron --unlearn_method=sfron --original_pth=results/small/seed13/original --mask_path results/small/seed13/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=50 --epochs=5 --lr=0.02
# seed12/class/mcu-sfron/search
python3 train.py --dir=results/small/seed12/class/mcu-sfron --init_start=results/small/seed12/original --init_end=results/small/seed12/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed13/class/mcu-sfron/search
python3 train.py --dir=results/small/seed13/class/mcu-sfron --init_start=results/small/seed13/original --init_end=results/small/seed13/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed12/class/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-sfron-path --ckpt=results/small/seed12/class/mcu-sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed13/class/mcu-sfron-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-sfron-path --ckpt=results/small/seed13/class/mcu-sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed12/class/scrub/scrub
python3 train.py --dir=results/small/seed12/class/scrub --unlearn_method=scrub --original_pth=results/small/seed12/original --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=50 --epochs=5 --lr=0.0025
# seed13/class/scrub/scrub
python3 train.py --dir=results/small/seed13/class/scrub --unlearn_method=scrub --original_pth=results/small/seed13/original --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=50 --epochs=5 --lr=0.0025
# seed12/class/mcu-scrub/search
python3 train.py --dir=results/small/seed12/class/mcu-scrub --init_start=results/small/seed12/original --init_end=results/small/seed12/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed13/class/mcu-scrub/search
python3 train.py --dir=results/small/seed13/class/mcu-scrub --init_start=results/small/seed13/original --init_end=results/small/seed13/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed12/class/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-scrub-path --ckpt=results/small/seed12/class/mcu-scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed13/class/mcu-scrub-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-scrub-path --ckpt=results/small/seed13/class/mcu-scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed12/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed12/class/mcu-delete-best --init_start=results/small/seed12/original --init_end=results/small/seed12/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --preset=best --fix_start --fix_end
# seed13/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed13/class/mcu-delete-best --init_start=results/small/seed13/original --init_end=results/small/seed13/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --preset=best --fix_start --fix_end
# seed12/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-delete-best-path --ckpt=results/small/seed12/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-delete-best-path --ckpt=results/small/seed13/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed12/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed12/class/mcu-sfron-best --init_start=results/small/seed12/original --init_end=results/small/seed12/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --preset=best --fix_start --fix_end
# seed13/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed13/class/mcu-sfron-best --init_start=results/small/seed13/original --init_end=results/small/seed13/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --preset=best --fix_start --fix_end
# seed12/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-sfron-best-path --ckpt=results/small/seed12/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed12/class/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed12/class/masks --original_pth=results/small/seed12/original --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --kr=0.1
# seed13/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-sfron-best-path --ckpt=results/small/seed13/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/class/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed13/class/masks --original_pth=results/small/seed13/original --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --kr=0.1
# seed12/class/mcu-scrub-best/search
python3 train.py --dir=results/small/seed12/class/mcu-scrub-best --init_start=results/small/seed12/original --init_end=results/small/seed12/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --preset=best --fix_start --fix_end
# seed13/class/mcu-scrub-best/search
python3 train.py --dir=results/small/seed13/class/mcu-scrub-best --init_start=results/small/seed13/original --init_end=results/small/seed13/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --preset=best --fix_start --fix_end
# seed12/class/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-scrub-best-path --ckpt=results/small/seed12/class/mcu-scrub-best --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/class/mcu-scrub-best-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-scrub-best-path --ckpt=results/small/seed13/class/mcu-scrub-best --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed12/class/mcu-delete-best-mask/search
python3 train.py --dir=results/small/seed12/class/mcu-delete-best-mask --init_start=results/small/seed12/original --init_end=results/small/seed12/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed12/class/masks/*/mask_k0.5_kr0.1.pt
# seed13/class/mcu-delete-best-mask/search
python3 train.py --dir=results/small/seed13/class/mcu-delete-best-mask --init_start=results/small/seed13/original --init_end=results/small/seed13/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed13/class/masks/*/mask_k0.5_kr0.1.pt
# seed12/class/mcu-delete-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-delete-best-mask-path --ckpt=results/small/seed12/class/mcu-delete-best-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/class/mcu-delete-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-delete-best-mask-path --ckpt=results/small/seed13/class/mcu-delete-best-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed12/class/mcu-sfron-best-mask/search
python3 train.py --dir=results/small/seed12/class/mcu-sfron-best-mask --init_start=results/small/seed12/original --init_end=results/small/seed12/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed12/class/masks/*/mask_k0.5_kr0.1.pt
# seed13/class/mcu-sfron-best-mask/search
python3 train.py --dir=results/small/seed13/class/mcu-sfron-best-mask --init_start=results/small/seed13/original --init_end=results/small/seed13/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed13/class/masks/*/mask_k0.5_kr0.1.pt
# seed12/class/mcu-sfron-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-sfron-best-mask-path --ckpt=results/small/seed12/class/mcu-sfron-best-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/class/mcu-sfron-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-sfron-best-mask-path --ckpt=results/small/seed13/class/mcu-sfron-best-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed12/class/mcu-scrub-best-mask/search
python3 train.py --dir=results/small/seed12/class/mcu-scrub-best-mask --init_start=results/small/seed12/original --init_end=results/small/seed12/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed12/class/masks/*/mask_k0.5_kr0.1.pt
# seed13/class/mcu-scrub-best-mask/search
python3 train.py --dir=results/small/seed13/class/mcu-scrub-best-mask --init_start=results/small/seed13/original --init_end=results/small/seed13/class/scrub --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed13/class/masks/*/mask_k0.5_kr0.1.pt
# seed12/class/mcu-scrub-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed12/class/mcu-scrub-best-mask-path --ckpt=results/small/seed12/class/mcu-scrub-best-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=12 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed13/class/mcu-scrub-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed13/class/mcu-scrub-best-mask-path --ckpt=results/small/seed13/class/mcu-scrub-best-mask --data_path=data --unlearn_type=class --split_seed=42 --seed=13 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed14/original/original
python3 train.py --dir=results/small/seed14/original --seed=14 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed15/original/original
python3 train.py --dir=results/small/seed15/original --seed=15 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed14/class/retrain/retrain
python3 train.py --dir=results/small/seed14/class/retrain --unlearn_method=retrain --seed=14 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed15/class/retrain/retrain
python3 train.py --dir=results/small/seed15/class/retrain --unlearn_method=retrain --seed=15 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed14/class/negtv-expert/expert
python3 train.py --dir=results/small/seed14/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed14/original --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --eval_freq=50 --epochs=5 --lr=0.01
# seed15/class/negtv-expert/expert
python3 train.py --dir=results/small/seed15/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed15/original --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --eval_freq=50 --epochs=5 --lr=0.01
# seed14/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed14/class/negtv --init_start=results/small/seed14/original --init_end=results/small/seed14/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=14
# seed15/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed15/class/negtv --init_start=results/small/seed15/original --init_end=results/small/seed15/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=15
# seed14/class/mcu-negtv/search
python3 train.py --dir=results/small/seed14/class/mcu-negtv --init_start=results/small/seed14/original --init_end=results/small/seed14/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed15/class/mcu-negtv/search
python3 train.py --dir=results/small/seed15/class/mcu-negtv --init_start=results/small/seed15/original --init_end=results/small/seed15/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed14/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed14/class/mcu-negtv-path --ckpt=results/small/seed14/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed15/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed15/class/mcu-negtv-path --ckpt=results/small/seed15/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed14/class/mcu-negtv-best/search
python3 train.py --dir=results/small/seed14/class/mcu-negtv-best --init_start=results/small/seed14/original --init_end=results/small/seed14/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --eval_freq=20 --preset=best --fix_start --fix_end
# seed15/class/mcu-negtv-best/search
python3 train.py --dir=results/small/seed15/class/mcu-negtv-best --init_start=results/small/seed15/original --init_end=results/small/seed15/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --eval_freq=20 --preset=best --fix_start --fix_end
# seed15/class/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed15/class/mcu-negtv-best-path --ckpt=results/small/seed15/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed14/class/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed14/class/mcu-negtv-best-path --ckpt=results/small/seed14/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed14/class/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed14/class/mcu-negtv-faster --init_start=results/small/seed14/original --init_end=results/small/seed14/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed15/class/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed15/class/mcu-negtv-faster --init_start=results/small/seed15/original --init_end=results/small/seed15/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed14/class/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed14/class/mcu-negtv-faster-path --ckpt=results/small/seed14/class/mcu-negtv-faster --data_path=data --unlearn_type=class --split_seed=42 --seed=14 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed15/class/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed15/class/mcu-negtv-faster-path --ckpt=results/small/seed15/class/mcu-negtv-faster --data_path=data --unlearn_type=class --split_seed=42 --seed=15 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/original/original
python3 train.py --dir=results/small/seed17/original --seed=17 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed16/original/original
python3 train.py --dir=results/small/seed16/original --seed=16 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed17/class/retrain/retrain
python3 train.py --dir=results/small/seed17/class/retrain --unlearn_method=retrain --seed=17 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed16/class/retrain/retrain
python3 train.py --dir=results/small/seed16/class/retrain --unlearn_method=retrain --seed=16 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed17/class/negtv-expert/expert
python3 train.py --dir=results/small/seed17/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.01
# seed16/class/negtv-expert/expert
python3 train.py --dir=results/small/seed16/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.01
# seed17/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed17/class/negtv --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=17
# seed16/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed16/class/negtv --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=16
# seed17/class/mcu-negtv/search
python3 train.py --dir=results/small/seed17/class/mcu-negtv --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed16/class/mcu-negtv/search
python3 train.py --dir=results/small/seed16/class/mcu-negtv --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed17/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-negtv-path --ckpt=results/small/seed17/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed16/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-negtv-path --ckpt=results/small/seed16/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed17/class/mcu-negtv-best/search
python3 train.py --dir=results/small/seed17/class/mcu-negtv-best --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-negtv-best/search
python3 train.py --dir=results/small/seed16/class/mcu-negtv-best --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-negtv-best-path --ckpt=results/small/seed17/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-negtv-best-path --ckpt=results/small/seed16/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/retrain/retrain
python3 train.py --dir=results/small/seed18/class/retrain --unlearn_method=retrain --seed=18 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=class --split_seed=42
# seed18/original/original
python3 train.py --dir=results/small/seed18/original --seed=18 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed18/class/negtv-expert/expert
python3 train.py --dir=results/small/seed18/class/negtv-expert --unlearn_method=finetune2 --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.01
# seed17/class/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed17/class/mcu-negtv-faster --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed18/class/negtv/negtv
python3 main_tv.py --dir=results/small/seed18/class/negtv --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=18
# seed17/class/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-negtv-faster-path --ckpt=results/small/seed17/class/mcu-negtv-faster --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-negtv/search
python3 train.py --dir=results/small/seed18/class/mcu-negtv --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed17/class/point-negtv/search
python3 train.py --dir=results/small/seed17/class/point-negtv --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed18/class/mcu-negtv-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-negtv-path --ckpt=results/small/seed18/class/mcu-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --align=base,self
# seed17/class/point-negtv-back/path
python3 eval_curve.py --dir=results/small/seed17/class/point-negtv-back --ckpt=results/small/seed17/class/point-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-negtv-best/search
python3 train.py --dir=results/small/seed18/class/mcu-negtv-best --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/point-negtv-itself/path
python3 eval_curve.py --dir=results/small/seed17/class/point-negtv-itself --ckpt=results/small/seed17/class/point-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --t_min=1 --t_max=1
# seed18/class/mcu-negtv-best-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-negtv-best-path --ckpt=results/small/seed18/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed16/class/mcu-negtv-faster --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed16/class/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-negtv-faster-path --ckpt=results/small/seed16/class/mcu-negtv-faster --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-negtv-faster/search
python3 train.py --dir=results/small/seed18/class/mcu-negtv-faster --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed18/class/mcu-negtv-faster-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-negtv-faster-path --ckpt=results/small/seed18/class/mcu-negtv-faster --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/point-negtv/search
python3 train.py --dir=results/small/seed16/class/point-negtv --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed18/class/point-negtv/search
python3 train.py --dir=results/small/seed18/class/point-negtv --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --lr=0.02 --num_bends=2 --start_t=1 --end_t=1 --fix_start
# seed16/class/point-negtv-back/path
python3 eval_curve.py --dir=results/small/seed16/class/point-negtv-back --ckpt=results/small/seed16/class/point-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/point-negtv-back/path
python3 eval_curve.py --dir=results/small/seed18/class/point-negtv-back --ckpt=results/small/seed18/class/point-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/point-negtv-itself/path
python3 eval_curve.py --dir=results/small/seed16/class/point-negtv-itself --ckpt=results/small/seed16/class/point-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --t_min=1 --t_max=1
# seed18/class/point-negtv-itself/path
python3 eval_curve.py --dir=results/small/seed18/class/point-negtv-itself --ckpt=results/small/seed18/class/point-negtv --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --t_min=1 --t_max=1
# seed16/class/negtv-end-expert/expert
python3 train.py --dir=results/small/seed16/class/negtv-end-expert --unlearn_method=finetune2 --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.0025
# seed16/class/negtv-end/negtv-end
python3 main_tv.py --dir=results/small/seed16/class/negtv-end --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv-end-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=16
# seed16/class/mcu-negtv-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-negtv-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/negtv-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/delete/delete
python3 train.py --dir=results/small/seed16/class/delete --unlearn_method=delete --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.002
# seed16/class/mcu-negtv-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-negtv-tuned-path --ckpt=results/small/seed16/class/mcu-negtv-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed16/class/mcu-delete-best --init_start=results/small/seed16/original --init_end=results/small/seed16/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/negtv-end-expert/expert
python3 train.py --dir=results/small/seed17/class/negtv-end-expert --unlearn_method=finetune2 --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.0025
# seed17/class/negtv-end/negtv-end
python3 main_tv.py --dir=results/small/seed17/class/negtv-end --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv-end-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=17
# seed16/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-delete-best-path --ckpt=results/small/seed16/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/delete-end/delete-end
python3 train.py --dir=results/small/seed16/class/delete-end --unlearn_method=delete --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.0005
# seed17/class/mcu-negtv-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-negtv-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/negtv-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-delete-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-delete-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/delete-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-negtv-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-negtv-tuned-path --ckpt=results/small/seed17/class/mcu-negtv-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/negtv-end-expert/expert
python3 train.py --dir=results/small/seed18/class/negtv-end-expert --unlearn_method=finetune2 --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.0025
# seed18/class/negtv-end/negtv-end
python3 main_tv.py --dir=results/small/seed18/class/negtv-end --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv-end-expert --data_path=data --unlearn_type=class --split_seed=42 --seed=18
# seed16/class/mcu-delete-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-delete-tuned-path --ckpt=results/small/seed16/class/mcu-delete-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/delete/delete
python3 train.py --dir=results/small/seed17/class/delete --unlearn_method=delete --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.002
# seed18/class/mcu-negtv-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-negtv-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/negtv-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed17/class/mcu-delete-best --init_start=results/small/seed17/original --init_end=results/small/seed17/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-negtv-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-negtv-tuned-path --ckpt=results/small/seed18/class/mcu-negtv-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-delete-best-path --ckpt=results/small/seed17/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/delete-end/delete-end
python3 train.py --dir=results/small/seed17/class/delete-end --unlearn_method=delete --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.0005
# seed16/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed16/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed16/class/ga_plus-end/ga_plus-end
python3 train.py --dir=results/small/seed16/class/ga_plus-end --unlearn_method=ga_plus --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.0005
# seed17/class/mcu-delete-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-delete-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/delete-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-delete-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-delete-tuned-path --ckpt=results/small/seed17/class/mcu-delete-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-ga_plus-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-ga_plus-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/ga_plus-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/delete/delete
python3 train.py --dir=results/small/seed18/class/delete --unlearn_method=delete --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.002
# seed18/class/delete-end/delete-end
python3 train.py --dir=results/small/seed18/class/delete-end --unlearn_method=delete --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.0005
# seed16/class/mcu-ga_plus-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-ga_plus-tuned-path --ckpt=results/small/seed16/class/mcu-ga_plus-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-delete-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-delete-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/delete-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed17/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed18/class/mcu-delete-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-delete-tuned-path --ckpt=results/small/seed18/class/mcu-delete-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/ga_plus-end/ga_plus-end
python3 train.py --dir=results/small/seed17/class/ga_plus-end --unlearn_method=ga_plus --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.0005
# seed18/class/ga_plus/ga_plus
python3 train.py --dir=results/small/seed18/class/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.001
# seed17/class/mcu-ga_plus-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-ga_plus-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/ga_plus-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/ga_plus-end/ga_plus-end
python3 train.py --dir=results/small/seed18/class/ga_plus-end --unlearn_method=ga_plus --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.0005
# seed17/class/mcu-ga_plus-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-ga_plus-tuned-path --ckpt=results/small/seed17/class/mcu-ga_plus-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-ga_plus-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-ga_plus-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/ga_plus-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-delete-best/search
python3 train.py --dir=results/small/seed18/class/mcu-delete-best --init_start=results/small/seed18/original --init_end=results/small/seed18/class/delete --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-ga_plus-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-ga_plus-tuned-path --ckpt=results/small/seed18/class/mcu-ga_plus-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-delete-best-path --ckpt=results/small/seed18/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed17/class/mcu-ga_plus-best --init_start=results/small/seed17/original --init_end=results/small/seed17/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed16/class/mcu-ga_plus-best --init_start=results/small/seed16/original --init_end=results/small/seed16/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-ga_plus-best-path --ckpt=results/small/seed17/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-ga_plus-best-path --ckpt=results/small/seed16/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/ga_plus-longer/ga_plus-longer
python3 train.py --dir=results/small/seed17/class/ga_plus-longer --unlearn_method=ga_plus --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=13 --beta=0.2 --lr=0.001
# seed16/class/ga_plus-longer/ga_plus-longer
python3 train.py --dir=results/small/seed16/class/ga_plus-longer --unlearn_method=ga_plus --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=13 --beta=0.2 --lr=0.001
# seed17/class/finetune/finetune
python3 train.py --dir=results/small/seed17/class/finetune --unlearn_method=finetune --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=8 --lr=0.08
# seed16/class/finetune/finetune
python3 train.py --dir=results/small/seed16/class/finetune --unlearn_method=finetune --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=8 --lr=0.08
# seed17/class/finetune-end/finetune-end
python3 train.py --dir=results/small/seed17/class/finetune-end --unlearn_method=finetune --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=8 --lr=0.04
# seed16/class/finetune-end/finetune-end
python3 train.py --dir=results/small/seed16/class/finetune-end --unlearn_method=finetune --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=8 --lr=0.04
# seed17/class/mcu-finetune-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-finetune-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/finetune-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-finetune-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-finetune-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/finetune-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-finetune-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-finetune-tuned-path --ckpt=results/small/seed17/class/mcu-finetune-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-finetune-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-finetune-tuned-path --ckpt=results/small/seed16/class/mcu-finetune-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/finetune-longer/finetune-longer
python3 train.py --dir=results/small/seed17/class/finetune-longer --unlearn_method=finetune --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=17 --lr=0.08
# seed16/class/finetune-longer/finetune-longer
python3 train.py --dir=results/small/seed16/class/finetune-longer --unlearn_method=finetune --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=17 --lr=0.08
# seed18/class/ga_plus-longer/ga_plus-longer
python3 train.py --dir=results/small/seed18/class/ga_plus-longer --unlearn_method=ga_plus --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=13 --beta=0.2 --lr=0.001
# seed18/class/finetune/finetune
python3 train.py --dir=results/small/seed18/class/finetune --unlearn_method=finetune --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=8 --lr=0.08
# seed18/class/finetune-end/finetune-end
python3 train.py --dir=results/small/seed18/class/finetune-end --unlearn_method=finetune --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=8 --lr=0.04
# seed18/class/mcu-finetune-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-finetune-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/finetune-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/finetune-longer/finetune-longer
python3 train.py --dir=results/small/seed18/class/finetune-longer --unlearn_method=finetune --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=17 --lr=0.08
# seed18/class/mcu-finetune-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-finetune-tuned-path --ckpt=results/small/seed18/class/mcu-finetune-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed18/class/mcu-ga_plus-best --init_start=results/small/seed18/original --init_end=results/small/seed18/class/ga_plus --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-ga_plus-best-path --ckpt=results/small/seed18/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/ga/ga
python3 train.py --dir=results/small/seed16/class/ga --unlearn_method=ga --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.001
# seed16/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed16/class/mcu-ga-best --init_start=results/small/seed16/original --init_end=results/small/seed16/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-ga-best-path --ckpt=results/small/seed16/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/ga-end/ga-end
python3 train.py --dir=results/small/seed16/class/ga-end --unlearn_method=ga --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.00025
# seed16/class/mcu-ga-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-ga-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/ga-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-ga-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-ga-tuned-path --ckpt=results/small/seed16/class/mcu-ga-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/masks/salun
python3 generate_mask.py --dir=results/small/seed16/class/masks --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16
# seed16/class/salun/salun
python3 train.py --dir=results/small/seed16/class/salun --unlearn_method=salun --original_pth=results/small/seed16/original --mask_path results/small/seed16/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.04
# seed16/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed16/class/mcu-salun-best --init_start=results/small/seed16/original --init_end=results/small/seed16/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/ga/ga
python3 train.py --dir=results/small/seed17/class/ga --unlearn_method=ga --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.001
# seed16/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-salun-best-path --ckpt=results/small/seed16/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed17/class/mcu-ga-best --init_start=results/small/seed17/original --init_end=results/small/seed17/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/salun-end/salun-end
python3 train.py --dir=results/small/seed16/class/salun-end --unlearn_method=salun --original_pth=results/small/seed16/original --mask_path results/small/seed16/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.02
# seed17/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-ga-best-path --ckpt=results/small/seed17/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/ga-end/ga-end
python3 train.py --dir=results/small/seed17/class/ga-end --unlearn_method=ga --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.00025
# seed16/class/mcu-salun-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-salun-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/salun-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-ga-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-ga-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/ga-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-salun-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-salun-tuned-path --ckpt=results/small/seed16/class/mcu-salun-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed16/class/masks --original_pth=results/small/seed16/original --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --kind=sfron
# seed17/class/mcu-ga-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-ga-tuned-path --ckpt=results/small/seed17/class/mcu-ga-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/masks/salun
python3 generate_mask.py --dir=results/small/seed17/class/masks --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17
# seed16/class/sfron/sfron
python3 train.py --dir=results/small/seed16/class/sfron --unlearn_method=sfron --original_pth=results/small/seed16/original --mask_path results/small/seed16/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.02
# seed17/class/salun/salun
python3 train.py --dir=results/small/seed17/class/salun --unlearn_method=salun --original_pth=results/small/seed17/original --mask_path results/small/seed17/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.04
# seed16/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed16/class/mcu-sfron-best --init_start=results/small/seed16/original --init_end=results/small/seed16/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed17/class/mcu-salun-best --init_start=results/small/seed17/original --init_end=results/small/seed17/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-sfron-best-path --ckpt=results/small/seed16/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-salun-best-path --ckpt=results/small/seed17/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/sfron-end/sfron-end
python3 train.py --dir=results/small/seed16/class/sfron-end --unlearn_method=sfron --original_pth=results/small/seed16/original --mask_path results/small/seed16/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=50 --epochs=5 --lr=0.01
# seed17/class/salun-end/salun-end
python3 train.py --dir=results/small/seed17/class/salun-end --unlearn_method=salun --original_pth=results/small/seed17/original --mask_path results/small/seed17/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.02
# seed16/class/mcu-sfron-tuned/search
python3 train.py --dir=results/small/seed16/class/mcu-sfron-tuned --init_start=results/small/seed16/original --init_end=results/small/seed16/class/sfron-end --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-salun-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-salun-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/salun-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/class/mcu-sfron-tuned-path/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-sfron-tuned-path --ckpt=results/small/seed16/class/mcu-sfron-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/ga/ga
python3 train.py --dir=results/small/seed18/class/ga --unlearn_method=ga --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.001
# seed17/class/mcu-salun-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-salun-tuned-path --ckpt=results/small/seed17/class/mcu-salun-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed17/class/masks --original_pth=results/small/seed17/original --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --kind=sfron
# seed18/class/mcu-ga-best/search
python3 train.py --dir=results/small/seed18/class/mcu-ga-best --init_start=results/small/seed18/original --init_end=results/small/seed18/class/ga --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/sfron/sfron
python3 train.py --dir=results/small/seed17/class/sfron --unlearn_method=sfron --original_pth=results/small/seed17/original --mask_path results/small/seed17/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.02
# seed18/class/mcu-ga-best-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-ga-best-path --ckpt=results/small/seed18/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/ga-end/ga-end
python3 train.py --dir=results/small/seed18/class/ga-end --unlearn_method=ga --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.00025
# seed17/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed17/class/mcu-sfron-best --init_start=results/small/seed17/original --init_end=results/small/seed17/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-ga-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-ga-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/ga-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-sfron-best-path --ckpt=results/small/seed17/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-ga-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-ga-tuned-path --ckpt=results/small/seed18/class/mcu-ga-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/masks/sfron
python3 generate_mask.py --dir=results/small/seed18/class/masks --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --kind=sfron
# seed17/class/sfron-end/sfron-end
python3 train.py --dir=results/small/seed17/class/sfron-end --unlearn_method=sfron --original_pth=results/small/seed17/original --mask_path results/small/seed17/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=50 --epochs=5 --lr=0.01
# seed18/class/sfron/sfron
python3 train.py --dir=results/small/seed18/class/sfron --unlearn_method=sfron --original_pth=results/small/seed18/original --mask_path results/small/seed18/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.02
# seed17/class/mcu-sfron-tuned/search
python3 train.py --dir=results/small/seed17/class/mcu-sfron-tuned --init_start=results/small/seed17/original --init_end=results/small/seed17/class/sfron-end --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-sfron-best/search
python3 train.py --dir=results/small/seed18/class/mcu-sfron-best --init_start=results/small/seed18/original --init_end=results/small/seed18/class/sfron --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/class/mcu-sfron-tuned-path/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-sfron-tuned-path --ckpt=results/small/seed17/class/mcu-sfron-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/masks/salun
python3 generate_mask.py --dir=results/small/seed18/class/masks --original_pth=results/small/seed18/original --data_path=data --unlearn_type=class --split_seed=42 --seed=18
# seed18/class/mcu-sfron-best-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-sfron-best-path --ckpt=results/small/seed18/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/salun/salun
python3 train.py --dir=results/small/seed18/class/salun --unlearn_method=salun --original_pth=results/small/seed18/original --mask_path results/small/seed18/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.04
# seed18/class/sfron-end/sfron-end
python3 train.py --dir=results/small/seed18/class/sfron-end --unlearn_method=sfron --original_pth=results/small/seed18/original --mask_path results/small/seed18/class/masks/*/mask_sfron.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.01
# seed18/class/mcu-salun-best/search
python3 train.py --dir=results/small/seed18/class/mcu-salun-best --init_start=results/small/seed18/original --init_end=results/small/seed18/class/salun --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-sfron-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-sfron-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/sfron-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-salun-best-path --ckpt=results/small/seed18/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/mcu-sfron-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-sfron-tuned-path --ckpt=results/small/seed18/class/mcu-sfron-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/class/salun-end/salun-end
python3 train.py --dir=results/small/seed18/class/salun-end --unlearn_method=salun --original_pth=results/small/seed18/original --mask_path results/small/seed18/class/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=50 --epochs=5 --lr=0.02
# seed18/class/mcu-salun-tuned/search
python3 train.py --dir=results/small/seed18/class/mcu-salun-tuned --init_start=results/small/seed18/original --init_end=results/small/seed18/class/salun-end --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/class/mcu-salun-tuned-path/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-salun-tuned-path --ckpt=results/small/seed18/class/mcu-salun-tuned --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/class/mcu-salun-outputs/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-salun-outputs --ckpt=results/small/seed16/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed16/class/mcu-sfron-outputs/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-sfron-outputs --ckpt=results/small/seed16/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed16/class/mcu-ga-outputs/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-ga-outputs --ckpt=results/small/seed16/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed16/class/mcu-ga_plus-outputs/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-ga_plus-outputs --ckpt=results/small/seed16/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed16/class/mcu-negtv-outputs/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-negtv-outputs --ckpt=results/small/seed16/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed16/class/mcu-delete-outputs/path
python3 eval_curve.py --dir=results/small/seed16/class/mcu-delete-outputs --ckpt=results/small/seed16/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed17/class/mcu-salun-outputs/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-salun-outputs --ckpt=results/small/seed17/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed17/class/mcu-sfron-outputs/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-sfron-outputs --ckpt=results/small/seed17/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed17/class/mcu-ga-outputs/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-ga-outputs --ckpt=results/small/seed17/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed17/class/mcu-ga_plus-outputs/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-ga_plus-outputs --ckpt=results/small/seed17/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed18/class/mcu-delete-outputs/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-delete-outputs --ckpt=results/small/seed18/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed17/class/mcu-negtv-outputs/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-negtv-outputs --ckpt=results/small/seed17/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed18/class/mcu-negtv-outputs/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-negtv-outputs --ckpt=results/small/seed18/class/mcu-negtv-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed17/class/mcu-delete-outputs/path
python3 eval_curve.py --dir=results/small/seed17/class/mcu-delete-outputs --ckpt=results/small/seed17/class/mcu-delete-best --data_path=data --unlearn_type=class --split_seed=42 --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed18/class/mcu-salun-outputs/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-salun-outputs --ckpt=results/small/seed18/class/mcu-salun-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed18/class/mcu-sfron-outputs/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-sfron-outputs --ckpt=results/small/seed18/class/mcu-sfron-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed18/class/mcu-ga-outputs/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-ga-outputs --ckpt=results/small/seed18/class/mcu-ga-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed18/class/mcu-ga_plus-outputs/path
python3 eval_curve.py --dir=results/small/seed18/class/mcu-ga_plus-outputs --ckpt=results/small/seed18/class/mcu-ga_plus-best --data_path=data --unlearn_type=class --split_seed=42 --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line --align=outputs
# seed22/original/original
python3 train.py --dir=results/small/seed22/original --seed=22 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed22/random/retrain/retrain
python3 train.py --dir=results/small/seed22/random/retrain --unlearn_method=retrain --seed=22 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed23/original/original
python3 train.py --dir=results/small/seed23/original --seed=23 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed23/random/retrain/retrain
python3 train.py --dir=results/small/seed23/random/retrain --unlearn_method=retrain --seed=23 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed24/original/original
python3 train.py --dir=results/small/seed24/original --seed=24 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed22/random/delete/delete
python3 train.py --dir=results/small/seed22/random/delete --unlearn_method=delete --original_pth=results/small/seed22/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=50 --epochs=5 --lr=0.0014
# seed22/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed22/random/mcu-delete-best --init_start=results/small/seed22/original --init_end=results/small/seed22/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --preset=best --fix_start --fix_end
# seed22/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-delete-best-path --ckpt=results/small/seed22/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed22/random/delete-end/delete-end
python3 train.py --dir=results/small/seed22/random/delete-end --unlearn_method=delete --original_pth=results/small/seed22/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=50 --epochs=5 --lr=0.0005
# seed22/random/mcu-delete-tuned/search
python3 train.py --dir=results/small/seed22/random/mcu-delete-tuned --init_start=results/small/seed22/original --init_end=results/small/seed22/random/delete-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --preset=best --fix_start --fix_end
# seed22/random/mcu-delete-tuned-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-delete-tuned-path --ckpt=results/small/seed22/random/mcu-delete-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/delete/delete
python3 train.py --dir=results/small/seed23/random/delete --unlearn_method=delete --original_pth=results/small/seed23/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=50 --epochs=5 --lr=0.0014
# seed23/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed23/random/mcu-delete-best --init_start=results/small/seed23/original --init_end=results/small/seed23/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --preset=best --fix_start --fix_end
# seed24/random/retrain/retrain
python3 train.py --dir=results/small/seed24/random/retrain --unlearn_method=retrain --seed=24 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42
# seed23/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-delete-best-path --ckpt=results/small/seed23/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/delete/delete
python3 train.py --dir=results/small/seed24/random/delete --unlearn_method=delete --original_pth=results/small/seed24/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=50 --epochs=5 --lr=0.0014
# seed23/random/delete-end/delete-end
python3 train.py --dir=results/small/seed23/random/delete-end --unlearn_method=delete --original_pth=results/small/seed23/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=50 --epochs=5 --lr=0.0005
# seed24/random/mcu-delete-best/search
python3 train.py --dir=results/small/seed24/random/mcu-delete-best --init_start=results/small/seed24/original --init_end=results/small/seed24/random/delete --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --preset=best --fix_start --fix_end
# seed23/random/mcu-delete-tuned/search
python3 train.py --dir=results/small/seed23/random/mcu-delete-tuned --init_start=results/small/seed23/original --init_end=results/small/seed23/random/delete-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --preset=best --fix_start --fix_end
# seed24/random/mcu-delete-best-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-delete-best-path --ckpt=results/small/seed24/random/mcu-delete-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/mcu-delete-tuned-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-delete-tuned-path --ckpt=results/small/seed23/random/mcu-delete-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/delete-end/delete-end
python3 train.py --dir=results/small/seed24/random/delete-end --unlearn_method=delete --original_pth=results/small/seed24/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=50 --epochs=5 --lr=0.0005
# seed22/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed22/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed22/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed24/random/mcu-delete-tuned/search
python3 train.py --dir=results/small/seed24/random/mcu-delete-tuned --init_start=results/small/seed24/original --init_end=results/small/seed24/random/delete-end --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --preset=best --fix_start --fix_end
# seed22/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed22/random/mcu-ga_plus-best --init_start=results/small/seed22/original --init_end=results/small/seed22/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --preset=best --fix_start --fix_end
# seed24/random/mcu-delete-tuned-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-delete-tuned-path --ckpt=results/small/seed24/random/mcu-delete-tuned --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed22/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-ga_plus-best-path --ckpt=results/small/seed22/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed24/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed24/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed22/random/masks/salun
python3 generate_mask.py --dir=results/small/seed22/random/masks --original_pth=results/small/seed22/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22
# seed22/random/salun/salun
python3 train.py --dir=results/small/seed22/random/salun --unlearn_method=salun --original_pth=results/small/seed22/original --mask_path results/small/seed22/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=50 --epochs=5 --lr=0.02
# seed24/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed24/random/mcu-ga_plus-best --init_start=results/small/seed24/original --init_end=results/small/seed24/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --preset=best --fix_start --fix_end
# seed24/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-ga_plus-best-path --ckpt=results/small/seed24/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed22/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed22/random/mcu-salun-best --init_start=results/small/seed22/original --init_end=results/small/seed22/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --preset=best --fix_start --fix_end
# seed24/random/masks/salun
python3 generate_mask.py --dir=results/small/seed24/random/masks --original_pth=results/small/seed24/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24
# seed24/random/salun/salun
python3 train.py --dir=results/small/seed24/random/salun --unlearn_method=salun --original_pth=results/small/seed24/original --mask_path results/small/seed24/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=50 --epochs=5 --lr=0.02
# seed22/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-salun-best-path --ckpt=results/small/seed22/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed24/random/mcu-salun-best --init_start=results/small/seed24/original --init_end=results/small/seed24/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --preset=best --fix_start --fix_end
# seed22/random/mcu-ga_plus-faster/search
python3 train.py --dir=results/small/seed22/random/mcu-ga_plus-faster --init_start=results/small/seed22/original --init_end=results/small/seed22/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed24/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-salun-best-path --ckpt=results/small/seed24/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed22/random/mcu-ga_plus-faster-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-ga_plus-faster-path --ckpt=results/small/seed22/random/mcu-ga_plus-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/mcu-ga_plus-faster/search
python3 train.py --dir=results/small/seed24/random/mcu-ga_plus-faster --init_start=results/small/seed24/original --init_end=results/small/seed24/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed22/random/mcu-salun-faster/search
python3 train.py --dir=results/small/seed22/random/mcu-salun-faster --init_start=results/small/seed22/original --init_end=results/small/seed22/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed24/random/mcu-ga_plus-faster-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-ga_plus-faster-path --ckpt=results/small/seed24/random/mcu-ga_plus-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed22/random/mcu-salun-faster-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-salun-faster-path --ckpt=results/small/seed22/random/mcu-salun-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed22/random/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed22/random/masks --original_pth=results/small/seed22/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --kr=0.1
# seed22/random/mcu-ga_plus-best-mask/search
python3 train.py --dir=results/small/seed22/random/mcu-ga_plus-best-mask --init_start=results/small/seed22/original --init_end=results/small/seed22/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed22/random/masks/*/mask_k0.5_kr0.1.pt
# seed24/random/mcu-salun-faster/search
python3 train.py --dir=results/small/seed24/random/mcu-salun-faster --init_start=results/small/seed24/original --init_end=results/small/seed24/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed22/random/mcu-ga_plus-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-ga_plus-best-mask-path --ckpt=results/small/seed22/random/mcu-ga_plus-best-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/mcu-salun-faster-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-salun-faster-path --ckpt=results/small/seed24/random/mcu-salun-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed24/random/masks --original_pth=results/small/seed24/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --kr=0.1
# seed22/random/mcu-salun-best-mask/search
python3 train.py --dir=results/small/seed22/random/mcu-salun-best-mask --init_start=results/small/seed22/original --init_end=results/small/seed22/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed22/random/masks/*/mask_k0.5_kr0.1.pt
# seed24/random/mcu-ga_plus-best-mask/search
python3 train.py --dir=results/small/seed24/random/mcu-ga_plus-best-mask --init_start=results/small/seed24/original --init_end=results/small/seed24/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed24/random/masks/*/mask_k0.5_kr0.1.pt
# seed22/random/mcu-salun-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed22/random/mcu-salun-best-mask-path --ckpt=results/small/seed22/random/mcu-salun-best-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=22 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed24/random/mcu-ga_plus-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-ga_plus-best-mask-path --ckpt=results/small/seed24/random/mcu-ga_plus-best-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/ga_plus/ga_plus
python3 train.py --dir=results/small/seed23/random/ga_plus --unlearn_method=ga_plus --original_pth=results/small/seed23/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed24/random/mcu-salun-best-mask/search
python3 train.py --dir=results/small/seed24/random/mcu-salun-best-mask --init_start=results/small/seed24/original --init_end=results/small/seed24/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed24/random/masks/*/mask_k0.5_kr0.1.pt
# seed23/random/mcu-ga_plus-best/search
python3 train.py --dir=results/small/seed23/random/mcu-ga_plus-best --init_start=results/small/seed23/original --init_end=results/small/seed23/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --preset=best --fix_start --fix_end
# seed24/random/mcu-salun-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed24/random/mcu-salun-best-mask-path --ckpt=results/small/seed24/random/mcu-salun-best-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=24 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/masks/salun
python3 generate_mask.py --dir=results/small/seed23/random/masks --original_pth=results/small/seed23/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23
# seed23/random/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-ga_plus-best-path --ckpt=results/small/seed23/random/mcu-ga_plus-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/salun/salun
python3 train.py --dir=results/small/seed23/random/salun --unlearn_method=salun --original_pth=results/small/seed23/original --mask_path results/small/seed23/random/masks/*/mask_salun0.5.pt --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=50 --epochs=5 --lr=0.02
# seed23/random/mcu-ga_plus-faster/search
python3 train.py --dir=results/small/seed23/random/mcu-ga_plus-faster --init_start=results/small/seed23/original --init_end=results/small/seed23/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed23/random/mcu-salun-best/search
python3 train.py --dir=results/small/seed23/random/mcu-salun-best --init_start=results/small/seed23/original --init_end=results/small/seed23/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --preset=best --fix_start --fix_end
# seed23/random/mcu-ga_plus-faster-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-ga_plus-faster-path --ckpt=results/small/seed23/random/mcu-ga_plus-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-salun-best-path --ckpt=results/small/seed23/random/mcu-salun-best --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/masks/mask
python3 generate_weight_mask.py --dir=results/small/seed23/random/masks --original_pth=results/small/seed23/original --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --kr=0.1
# seed23/random/mcu-ga_plus-best-mask/search
python3 train.py --dir=results/small/seed23/random/mcu-ga_plus-best-mask --init_start=results/small/seed23/original --init_end=results/small/seed23/random/ga_plus --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed23/random/masks/*/mask_k0.5_kr0.1.pt
# seed23/random/mcu-salun-faster/search
python3 train.py --dir=results/small/seed23/random/mcu-salun-faster --init_start=results/small/seed23/original --init_end=results/small/seed23/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --unlearn_method=dynamic --epochs=6 --lr=0.08 --retain_ratio=1.0 --fix_start --fix_end
# seed23/random/mcu-ga_plus-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-ga_plus-best-mask-path --ckpt=results/small/seed23/random/mcu-ga_plus-best-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/mcu-salun-faster-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-salun-faster-path --ckpt=results/small/seed23/random/mcu-salun-faster --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed23/random/mcu-salun-best-mask/search
python3 train.py --dir=results/small/seed23/random/mcu-salun-best-mask --init_start=results/small/seed23/original --init_end=results/small/seed23/random/salun --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --eval_freq=20 --preset=best --fix_start --fix_end --mask_path results/small/seed23/random/masks/*/mask_k0.5_kr0.1.pt
# seed23/random/mcu-salun-best-mask-path/path
python3 eval_curve.py --dir=results/small/seed23/random/mcu-salun-best-mask-path --ckpt=results/small/seed23/random/mcu-salun-best-mask --data_path=data --unlearn_type=random --forget_ratio=0.1 --split_seed=42 --seed=23 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
