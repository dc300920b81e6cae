# seed4/original/original
python3 train.py --dir=results/memorised/seed4/original --seed=4 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed5/original/original
python3 train.py --dir=results/memorised/seed5/original --seed=5 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed6/original/original
python3 train.py --dir=results/memorised/seed6/original --seed=6 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed100/original/original
python3 train.py --dir=results/memorised/seed100/original --seed=100 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --save_freq=2
# seed100/lists/lists
python3 -m evaluation.memorisation --dir=results/memorised/seed100/lists results/memorised/seed100/original --data_path=data
# seed4/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed4/hardest/retrain --unlearn_method=retrain --seed=4 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed4/easiest/retrain/retrain
python3 train.py --dir=results/memorised/seed4/easiest/retrain --unlearn_method=retrain --seed=4 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt
# seed4/hardest/finetune/finetune
python3 train.py --dir=results/memorised/seed4/hardest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed4/easiest/finetune/finetune
python3 train.py --dir=results/memorised/seed4/easiest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed4/hardest/mcu-finetune/search
python3 train.py --dir=results/memorised/seed4/hardest/mcu-finetune --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/hardest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/easiest/mcu-finetune/search
python3 train.py --dir=results/memorised/seed4/easiest/mcu-finetune --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/easiest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/hardest/mcu-finetune-path/path
python3 eval_curve.py --dir=results/memorised/seed4/hardest/mcu-finetune-path --ckpt=results/memorised/seed4/hardest/mcu-finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/easiest/mcu-finetune-path/path
python3 eval_curve.py --dir=results/memorised/seed4/easiest/mcu-finetune-path --ckpt=results/memorised/seed4/easiest/mcu-finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/hardest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed4/hardest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed4/easiest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed4/easiest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed4/hardest/mcu-randomlabel/search
python3 train.py --dir=results/memorised/seed4/hardest/mcu-randomlabel --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/easiest/mcu-randomlabel/search
python3 train.py --dir=results/memorised/seed4/easiest/mcu-randomlabel --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/hardest/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/memorised/seed4/hardest/mcu-randomlabel-path --ckpt=results/memorised/seed4/hardest/mcu-randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/easiest/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/memorised/seed4/easiest/mcu-randomlabel-path --ckpt=results/memorised/seed4/easiest/mcu-randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/hardest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed4/hardest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed4/easiest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed4/easiest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed4/hardest/mcu-ga_plus/search
python3 train.py --dir=results/memorised/seed4/hardest/mcu-ga_plus --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/easiest/mcu-ga_plus/search
python3 train.py --dir=results/memorised/seed4/easiest/mcu-ga_plus --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/easiest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed4/hardest/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/memorised/seed4/hardest/mcu-ga_plus-path --ckpt=results/memorised/seed4/hardest/mcu-ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/easiest/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/memorised/seed4/easiest/mcu-ga_plus-path --ckpt=results/memorised/seed4/easiest/mcu-ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/hardest/mcu-finetune-best/search
python3 train.py --dir=results/memorised/seed4/hardest/mcu-finetune-best --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/hardest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/easiest/mcu-finetune-best/search
python3 train.py --dir=results/memorised/seed4/easiest/mcu-finetune-best --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/easiest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/hardest/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/memorised/seed4/hardest/mcu-finetune-best-path --ckpt=results/memorised/seed4/hardest/mcu-finetune-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/easiest/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/memorised/seed4/easiest/mcu-finetune-best-path --ckpt=results/memorised/seed4/easiest/mcu-finetune-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/hardest/mcu-randomlabel-best/search
python3 train.py --dir=results/memorised/seed4/hardest/mcu-randomlabel-best --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/easiest/mcu-randomlabel-best/search
python3 train.py --dir=results/memorised/seed4/easiest/mcu-randomlabel-best --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/hardest/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/memorised/seed4/hardest/mcu-randomlabel-best-path --ckpt=results/memorised/seed4/hardest/mcu-randomlabel-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/easiest/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/memorised/seed4/easiest/mcu-randomlabel-best-path --ckpt=results/memorised/seed4/easiest/mcu-randomlabel-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/hardest/mcu-ga_plus-best/search
python3 train.py --dir=results/memorised/seed4/hardest/mcu-ga_plus-best --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/easiest/mcu-ga_plus-best/search
python3 train.py --dir=results/memorised/seed4/easiest/mcu-ga_plus-best --init_start=results/memorised/seed4/original --init_end=results/memorised/seed4/easiest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed4/hardest/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/memorised/seed4/hardest/mcu-ga_plus-best-path --ckpt=results/memorised/seed4/hardest/mcu-ga_plus-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/easiest/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/memorised/seed4/easiest/mcu-ga_plus-best-path --ckpt=results/memorised/seed4/easiest/mcu-ga_plus-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=4 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed5/hardest/retrain --unlearn_method=retrain --seed=5 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed5/easiest/retrain/retrain
python3 train.py --dir=results/memorised/seed5/easiest/retrain --unlearn_method=retrain --seed=5 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt
# seed5/hardest/finetune/finetune
python3 train.py --dir=results/memorised/seed5/hardest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed5/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed5/easiest/finetune/finetune
python3 train.py --dir=results/memorised/seed5/easiest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed5/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed5/hardest/mcu-finetune/search
python3 train.py --dir=results/memorised/seed5/hardest/mcu-finetune --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/hardest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/easiest/mcu-finetune/search
python3 train.py --dir=results/memorised/seed5/easiest/mcu-finetune --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/easiest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/hardest/mcu-finetune-path/path
python3 eval_curve.py --dir=results/memorised/seed5/hardest/mcu-finetune-path --ckpt=results/memorised/seed5/hardest/mcu-finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/easiest/mcu-finetune-path/path
python3 eval_curve.py --dir=results/memorised/seed5/easiest/mcu-finetune-path --ckpt=results/memorised/seed5/easiest/mcu-finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/hardest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed5/hardest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed5/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed5/easiest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed5/easiest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed5/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed5/hardest/mcu-randomlabel/search
python3 train.py --dir=results/memorised/seed5/hardest/mcu-randomlabel --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/easiest/mcu-randomlabel/search
python3 train.py --dir=results/memorised/seed5/easiest/mcu-randomlabel --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/hardest/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/memorised/seed5/hardest/mcu-randomlabel-path --ckpt=results/memorised/seed5/hardest/mcu-randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/easiest/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/memorised/seed5/easiest/mcu-randomlabel-path --ckpt=results/memorised/seed5/easiest/mcu-randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/hardest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed5/hardest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed5/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed5/easiest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed5/easiest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed5/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed5/hardest/mcu-ga_plus/search
python3 train.py --dir=results/memorised/seed5/hardest/mcu-ga_plus --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/easiest/mcu-ga_plus/search
python3 train.py --dir=results/memorised/seed5/easiest/mcu-ga_plus --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/easiest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed5/hardest/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/memorised/seed5/hardest/mcu-ga_plus-path --ckpt=results/memorised/seed5/hardest/mcu-ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/easiest/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/memorised/seed5/easiest/mcu-ga_plus-path --ckpt=results/memorised/seed5/easiest/mcu-ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/hardest/mcu-finetune-best/search
python3 train.py --dir=results/memorised/seed5/hardest/mcu-finetune-best --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/hardest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/easiest/mcu-finetune-best/search
python3 train.py --dir=results/memorised/seed5/easiest/mcu-finetune-best --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/easiest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/hardest/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/memorised/seed5/hardest/mcu-finetune-best-path --ckpt=results/memorised/seed5/hardest/mcu-finetune-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/easiest/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/memorised/seed5/easiest/mcu-finetune-best-path --ckpt=results/memorised/seed5/easiest/mcu-finetune-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/hardest/mcu-randomlabel-best/search
python3 train.py --dir=results/memorised/seed5/hardest/mcu-randomlabel-best --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/easiest/mcu-randomlabel-best/search
python3 train.py --dir=results/memorised/seed5/easiest/mcu-randomlabel-best --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/hardest/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/memorised/seed5/hardest/mcu-randomlabel-best-path --ckpt=results/memorised/seed5/hardest/mcu-randomlabel-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/easiest/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/memorised/seed5/easiest/mcu-randomlabel-best-path --ckpt=results/memorised/seed5/easiest/mcu-randomlabel-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/hardest/mcu-ga_plus-best/search
python3 train.py --dir=results/memorised/seed5/hardest/mcu-ga_plus-best --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/easiest/mcu-ga_plus-best/search
python3 train.py --dir=results/memorised/seed5/easiest/mcu-ga_plus-best --init_start=results/memorised/seed5/original --init_end=results/memorised/seed5/easiest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed5/hardest/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/memorised/seed5/hardest/mcu-ga_plus-best-path --ckpt=results/memorised/seed5/hardest/mcu-ga_plus-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed5/easiest/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/memorised/seed5/easiest/mcu-ga_plus-best-path --ckpt=results/memorised/seed5/easiest/mcu-ga_plus-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=5 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed6/hardest/retrain --unlearn_method=retrain --seed=6 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed6/easiest/retrain/retrain
python3 train.py --dir=results/memorised/seed6/easiest/retrain --unlearn_method=retrain --seed=6 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt
# seed6/hardest/finetune/finetune
python3 train.py --dir=results/memorised/seed6/hardest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed6/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed6/easiest/finetune/finetune
python3 train.py --dir=results/memorised/seed6/easiest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed6/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed6/hardest/mcu-finetune/search
python3 train.py --dir=results/memorised/seed6/hardest/mcu-finetune --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/hardest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/easiest/mcu-finetune/search
python3 train.py --dir=results/memorised/seed6/easiest/mcu-finetune --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/easiest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/hardest/mcu-finetune-path/path
python3 eval_curve.py --dir=results/memorised/seed6/hardest/mcu-finetune-path --ckpt=results/memorised/seed6/hardest/mcu-finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/easiest/mcu-finetune-path/path
python3 eval_curve.py --dir=results/memorised/seed6/easiest/mcu-finetune-path --ckpt=results/memorised/seed6/easiest/mcu-finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/hardest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed6/hardest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed6/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed6/easiest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed6/easiest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed6/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed6/hardest/mcu-randomlabel/search
python3 train.py --dir=results/memorised/seed6/hardest/mcu-randomlabel --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/easiest/mcu-randomlabel/search
python3 train.py --dir=results/memorised/seed6/easiest/mcu-randomlabel --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/hardest/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/memorised/seed6/hardest/mcu-randomlabel-path --ckpt=results/memorised/seed6/hardest/mcu-randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/easiest/mcu-randomlabel-path/path
python3 eval_curve.py --dir=results/memorised/seed6/easiest/mcu-randomlabel-path --ckpt=results/memorised/seed6/easiest/mcu-randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/hardest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed6/hardest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed6/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed6/easiest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed6/easiest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed6/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed6/hardest/mcu-ga_plus/search
python3 train.py --dir=results/memorised/seed6/hardest/mcu-ga_plus --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/easiest/mcu-ga_plus/search
python3 train.py --dir=results/memorised/seed6/easiest/mcu-ga_plus --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/easiest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed6/hardest/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/memorised/seed6/hardest/mcu-ga_plus-path --ckpt=results/memorised/seed6/hardest/mcu-ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/easiest/mcu-ga_plus-path/path
python3 eval_curve.py --dir=results/memorised/seed6/easiest/mcu-ga_plus-path --ckpt=results/memorised/seed6/easiest/mcu-ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/hardest/mcu-finetune-best/search
python3 train.py --dir=results/memorised/seed6/hardest/mcu-finetune-best --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/hardest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed6/easiest/mcu-finetune-best/search
python3 train.py --dir=results/memorised/seed6/easiest/mcu-finetune-best --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/easiest/finetune --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed6/hardest/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/memorised/seed6/hardest/mcu-finetune-best-path --ckpt=results/memorised/seed6/hardest/mcu-finetune-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/easiest/mcu-finetune-best-path/path
python3 eval_curve.py --dir=results/memorised/seed6/easiest/mcu-finetune-best-path --ckpt=results/memorised/seed6/easiest/mcu-finetune-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/hardest/mcu-randomlabel-best/search
python3 train.py --dir=results/memorised/seed6/hardest/mcu-randomlabel-best --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed6/easiest/mcu-randomlabel-best/search
python3 train.py --dir=results/memorised/seed6/easiest/mcu-randomlabel-best --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed6/hardest/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/memorised/seed6/hardest/mcu-randomlabel-best-path --ckpt=results/memorised/seed6/hardest/mcu-randomlabel-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/easiest/mcu-randomlabel-best-path/path
python3 eval_curve.py --dir=results/memorised/seed6/easiest/mcu-randomlabel-best-path --ckpt=results/memorised/seed6/easiest/mcu-randomlabel-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed6/hardest/mcu-ga_plus-best/search
python3 train.py --dir=results/memorised/seed6/hardest/mcu-ga_plus-best --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed6/easiest/mcu-ga_plus-best/search
python3 train.py --dir=results/memorised/seed6/easiest/mcu-ga_plus-best --init_start=results/memorised/seed6/original --init_end=results/memorised/seed6/easiest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed6/hardest/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/memorised/seed6/hardest/mcu-ga_plus-best-path --ckpt=results/memorised/seed6/hardest/mcu-ga_plus-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed4/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed4/hardest/masks --original_pth=results/memorised/seed4/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=4
# seed6/easiest/mcu-ga_plus-best-path/path
python3 eval_curve.py --dir=results/memorised/seed6/easiest/mcu-ga_plus-best-path --ckpt=results/memorised/seed6/easiest/mcu-ga_plus-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=6 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --precision=bf16 --no_line
# seed16/original/original
python3 train.py --dir=results/memorised/seed16/original --seed=16 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed17/original/original
python3 train.py --dir=results/memorised/seed17/original --seed=17 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed18/original/original
python3 train.py --dir=results/memorised/seed18/original --seed=18 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data
# seed16/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed16/hardest/retrain --unlearn_method=retrain --seed=16 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed17/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed17/hardest/retrain --unlearn_method=retrain --seed=17 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed16/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed16/hardest/masks --original_pth=results/memorised/seed16/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16
# seed17/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed17/hardest/masks --original_pth=results/memorised/seed17/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17
# seed17/hardest/salun/salun
python3 train.py --dir=results/memorised/seed17/hardest/salun --unlearn_method=salun --original_pth=results/memorised/seed17/original --mask_path results/memorised/seed17/hardest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --eval_freq=50 --epochs=5 --lr=0.02
# seed16/hardest/salun/salun
python3 train.py --dir=results/memorised/seed16/hardest/salun --unlearn_method=salun --original_pth=results/memorised/seed16/original --mask_path results/memorised/seed16/hardest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --eval_freq=50 --epochs=5 --lr=0.02
# seed17/hardest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed17/hardest/mcu-salun-best --init_start=results/memorised/seed17/original --init_end=results/memorised/seed17/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end
# seed16/hardest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed16/hardest/mcu-salun-best --init_start=results/memorised/seed16/original --init_end=results/memorised/seed16/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed17/hardest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed17/hardest/mcu-salun-best-path --ckpt=results/memorised/seed17/hardest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/hardest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed16/hardest/mcu-salun-best-path --ckpt=results/memorised/seed16/hardest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/hardest/mcu-salun/search
python3 train.py --dir=results/memorised/seed17/hardest/mcu-salun --init_start=results/memorised/seed17/original --init_end=results/memorised/seed17/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed16/hardest/mcu-salun/search
python3 train.py --dir=results/memorised/seed16/hardest/mcu-salun --init_start=results/memorised/seed16/original --init_end=results/memorised/seed16/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed16/hardest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed16/hardest/mcu-salun-path --ckpt=results/memorised/seed16/hardest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed17/hardest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed17/hardest/mcu-salun-path --ckpt=results/memorised/seed17/hardest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed16/hardest/mcu-salun-told/search
python3 train.py --dir=results/memorised/seed16/hardest/mcu-salun-told --init_start=results/memorised/seed16/original --init_end=results/memorised/seed16/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=10
# seed17/hardest/mcu-salun-told/search
python3 train.py --dir=results/memorised/seed17/hardest/mcu-salun-told --init_start=results/memorised/seed17/original --init_end=results/memorised/seed17/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=10
# seed17/hardest/mcu-salun-told-path/path
python3 eval_curve.py --dir=results/memorised/seed17/hardest/mcu-salun-told-path --ckpt=results/memorised/seed17/hardest/mcu-salun-told --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=17 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=10 --no_line
# seed16/hardest/mcu-salun-told-path/path
python3 eval_curve.py --dir=results/memorised/seed16/hardest/mcu-salun-told-path --ckpt=results/memorised/seed16/hardest/mcu-salun-told --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=10 --no_line
# seed18/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed18/hardest/retrain --unlearn_method=retrain --seed=18 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed18/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed18/hardest/masks --original_pth=results/memorised/seed18/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18
# seed18/hardest/salun/salun
python3 train.py --dir=results/memorised/seed18/hardest/salun --unlearn_method=salun --original_pth=results/memorised/seed18/original --mask_path results/memorised/seed18/hardest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --eval_freq=50 --epochs=5 --lr=0.02
# seed18/hardest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed18/hardest/mcu-salun-best --init_start=results/memorised/seed18/original --init_end=results/memorised/seed18/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end
# seed18/hardest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed18/hardest/mcu-salun-best-path --ckpt=results/memorised/seed18/hardest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/hardest/mcu-salun/search
python3 train.py --dir=results/memorised/seed18/hardest/mcu-salun --init_start=results/memorised/seed18/original --init_end=results/memorised/seed18/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed18/hardest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed18/hardest/mcu-salun-path --ckpt=results/memorised/seed18/hardest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed18/hardest/mcu-salun-told/search
python3 train.py --dir=results/memorised/seed18/hardest/mcu-salun-told --init_start=results/memorised/seed18/original --init_end=results/memorised/seed18/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=10
# seed18/hardest/mcu-salun-told-path/path
python3 eval_curve.py --dir=results/memorised/seed18/hardest/mcu-salun-told-path --ckpt=results/memorised/seed18/hardest/mcu-salun-told --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=18 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=10 --no_line
# seed19/original/original
python3 train.py --dir=results/memorised/seed19/original --seed=19 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed20/original/original
python3 train.py --dir=results/memorised/seed20/original --seed=20 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed21/original/original
python3 train.py --dir=results/memorised/seed21/original --seed=21 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data
# seed19/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed19/hardest/retrain --unlearn_method=retrain --seed=19 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed20/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed20/hardest/retrain --unlearn_method=retrain --seed=20 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed19/easiest/retrain/retrain
python3 train.py --dir=results/memorised/seed19/easiest/retrain --unlearn_method=retrain --seed=19 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt
# seed19/hardest/finetune/finetune
python3 train.py --dir=results/memorised/seed19/hardest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed19/easiest/finetune/finetune
python3 train.py --dir=results/memorised/seed19/easiest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed19/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed19/hardest/masks --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19
# seed19/hardest/salun/salun
python3 train.py --dir=results/memorised/seed19/hardest/salun --unlearn_method=salun --original_pth=results/memorised/seed19/original --mask_path results/memorised/seed19/hardest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed19/hardest/mcu-salun/search
python3 train.py --dir=results/memorised/seed19/hardest/mcu-salun --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed19/hardest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed19/hardest/mcu-salun-path --ckpt=results/memorised/seed19/hardest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed20/easiest/retrain/retrain
python3 train.py --dir=results/memorised/seed20/easiest/retrain --unlearn_method=retrain --seed=20 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt
# seed20/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed20/hardest/masks --original_pth=results/memorised/seed20/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20
# seed19/hardest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed19/hardest/mcu-salun-best --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed20/hardest/salun/salun
python3 train.py --dir=results/memorised/seed20/hardest/salun --unlearn_method=salun --original_pth=results/memorised/seed20/original --mask_path results/memorised/seed20/hardest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed19/hardest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed19/hardest/mcu-salun-best-path --ckpt=results/memorised/seed19/hardest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed20/hardest/mcu-salun/search
python3 train.py --dir=results/memorised/seed20/hardest/mcu-salun --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed19/hardest/mcu-salun-guided/search
python3 train.py --dir=results/memorised/seed19/hardest/mcu-salun-guided --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed20/hardest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed20/hardest/mcu-salun-path --ckpt=results/memorised/seed20/hardest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed19/hardest/mcu-salun-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed19/hardest/mcu-salun-guided-path --ckpt=results/memorised/seed19/hardest/mcu-salun-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed19/easiest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed19/easiest/masks --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19
# seed20/hardest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed20/hardest/mcu-salun-best --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed19/easiest/salun/salun
python3 train.py --dir=results/memorised/seed19/easiest/salun --unlearn_method=salun --original_pth=results/memorised/seed19/original --mask_path results/memorised/seed19/easiest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed20/hardest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed20/hardest/mcu-salun-best-path --ckpt=results/memorised/seed20/hardest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed19/easiest/mcu-salun/search
python3 train.py --dir=results/memorised/seed19/easiest/mcu-salun --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed20/hardest/mcu-salun-guided/search
python3 train.py --dir=results/memorised/seed20/hardest/mcu-salun-guided --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed19/easiest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed19/easiest/mcu-salun-path --ckpt=results/memorised/seed19/easiest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed20/hardest/mcu-salun-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed20/hardest/mcu-salun-guided-path --ckpt=results/memorised/seed20/hardest/mcu-salun-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed20/easiest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed20/easiest/masks --original_pth=results/memorised/seed20/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20
# seed19/easiest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed19/easiest/mcu-salun-best --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed20/easiest/salun/salun
python3 train.py --dir=results/memorised/seed20/easiest/salun --unlearn_method=salun --original_pth=results/memorised/seed20/original --mask_path results/memorised/seed20/easiest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed19/easiest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed19/easiest/mcu-salun-best-path --ckpt=results/memorised/seed19/easiest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed20/easiest/mcu-salun/search
python3 train.py --dir=results/memorised/seed20/easiest/mcu-salun --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed19/easiest/mcu-salun-guided/search
python3 train.py --dir=results/memorised/seed19/easiest/mcu-salun-guided --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=100
# seed20/easiest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed20/easiest/mcu-salun-path --ckpt=results/memorised/seed20/easiest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed19/easiest/mcu-salun-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed19/easiest/mcu-salun-guided-path --ckpt=results/memorised/seed19/easiest/mcu-salun-guided --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=100 --no_line
# seed20/easiest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed20/easiest/mcu-salun-best --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed20/easiest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed20/easiest/mcu-salun-best-path --ckpt=results/memorised/seed20/easiest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed20/easiest/mcu-salun-guided/search
python3 train.py --dir=results/memorised/seed20/easiest/mcu-salun-guided --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=100
# seed20/easiest/mcu-salun-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed20/easiest/mcu-salun-guided-path --ckpt=results/memorised/seed20/easiest/mcu-salun-guided --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=100 --no_line
# seed21/hardest/retrain/retrain
python3 train.py --dir=results/memorised/seed21/hardest/retrain --unlearn_method=retrain --seed=21 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt
# seed21/hardest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed21/hardest/masks --original_pth=results/memorised/seed21/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21
# seed21/hardest/salun/salun
python3 train.py --dir=results/memorised/seed21/hardest/salun --unlearn_method=salun --original_pth=results/memorised/seed21/original --mask_path results/memorised/seed21/hardest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed21/hardest/mcu-salun/search
python3 train.py --dir=results/memorised/seed21/hardest/mcu-salun --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed21/hardest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed21/hardest/mcu-salun-path --ckpt=results/memorised/seed21/hardest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed21/easiest/retrain/retrain
python3 train.py --dir=results/memorised/seed21/easiest/retrain --unlearn_method=retrain --seed=21 --lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50 --epochs=50 --dataset=CIFAR10 --transform=ResNet --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3 --precision=bf16 --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt
# seed21/easiest/masks/salun
python3 generate_mask.py --dir=results/memorised/seed21/easiest/masks --original_pth=results/memorised/seed21/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21
# seed21/hardest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed21/hardest/mcu-salun-best --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed21/easiest/salun/salun
python3 train.py --dir=results/memorised/seed21/easiest/salun --unlearn_method=salun --original_pth=results/memorised/seed21/original --mask_path results/memorised/seed21/easiest/masks/*/mask_salun0.5.pt --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.02
# seed21/hardest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed21/hardest/mcu-salun-best-path --ckpt=results/memorised/seed21/hardest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed21/easiest/mcu-salun/search
python3 train.py --dir=results/memorised/seed21/easiest/mcu-salun --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --eval_freq=20 --unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end
# seed21/hardest/mcu-salun-guided/search
python3 train.py --dir=results/memorised/seed21/hardest/mcu-salun-guided --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/hardest/salun --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed21/easiest/mcu-salun-path/path
python3 eval_curve.py --dir=results/memorised/seed21/easiest/mcu-salun-path --ckpt=results/memorised/seed21/easiest/mcu-salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed21/hardest/mcu-salun-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed21/hardest/mcu-salun-guided-path --ckpt=results/memorised/seed21/hardest/mcu-salun-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed21/easiest/mcu-salun-best/search
python3 train.py --dir=results/memorised/seed21/easiest/mcu-salun-best --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end
# seed21/hardest/finetune/finetune
python3 train.py --dir=results/memorised/seed21/hardest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed21/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed21/easiest/mcu-salun-best-path/path
python3 eval_curve.py --dir=results/memorised/seed21/easiest/mcu-salun-best-path --ckpt=results/memorised/seed21/easiest/mcu-salun-best --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --no_line
# seed20/hardest/finetune/finetune
python3 train.py --dir=results/memorised/seed20/hardest/finetune --unlearn_method=finetune --original_pth=results/memorised/seed20/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=50 --epochs=8 --lr=0.16
# seed21/easiest/mcu-salun-guided/search
python3 train.py --dir=results/memorised/seed21/easiest/mcu-salun-guided --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/easiest/salun --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=100
# seed19/hardest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed19/hardest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed21/easiest/mcu-salun-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed21/easiest/mcu-salun-guided-path --ckpt=results/memorised/seed21/easiest/mcu-salun-guided --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=100 --no_line
# seed19/hardest/mcu-randomlabel-guided/search
python3 train.py --dir=results/memorised/seed19/hardest/mcu-randomlabel-guided --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed20/hardest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed20/hardest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed20/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed19/hardest/mcu-randomlabel-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed19/hardest/mcu-randomlabel-guided-path --ckpt=results/memorised/seed19/hardest/mcu-randomlabel-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed20/hardest/mcu-randomlabel-guided/search
python3 train.py --dir=results/memorised/seed20/hardest/mcu-randomlabel-guided --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed19/hardest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed19/hardest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed20/hardest/mcu-randomlabel-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed20/hardest/mcu-randomlabel-guided-path --ckpt=results/memorised/seed20/hardest/mcu-randomlabel-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed20/hardest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed20/hardest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed20/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed19/hardest/mcu-ga_plus-guided/search
python3 train.py --dir=results/memorised/seed19/hardest/mcu-ga_plus-guided --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed19/hardest/mcu-ga_plus-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed19/hardest/mcu-ga_plus-guided-path --ckpt=results/memorised/seed19/hardest/mcu-ga_plus-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed20/hardest/mcu-ga_plus-guided/search
python3 train.py --dir=results/memorised/seed20/hardest/mcu-ga_plus-guided --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed21/hardest/ga_plus/ga_plus
python3 train.py --dir=results/memorised/seed21/hardest/ga_plus --unlearn_method=ga_plus --original_pth=results/memorised/seed21/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=50 --epochs=5 --beta=0.2 --lr=0.01
# seed20/hardest/mcu-ga_plus-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed20/hardest/mcu-ga_plus-guided-path --ckpt=results/memorised/seed20/hardest/mcu-ga_plus-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed21/hardest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed21/hardest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed21/original --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed21/hardest/mcu-ga_plus-guided/search
python3 train.py --dir=results/memorised/seed21/hardest/mcu-ga_plus-guided --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/hardest/ga_plus --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed21/hardest/mcu-ga_plus-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed21/hardest/mcu-ga_plus-guided-path --ckpt=results/memorised/seed21/hardest/mcu-ga_plus-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed21/hardest/mcu-randomlabel-guided/search
python3 train.py --dir=results/memorised/seed21/hardest/mcu-randomlabel-guided --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/hardest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=11
# seed19/easiest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed19/easiest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed19/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed21/hardest/mcu-randomlabel-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed21/hardest/mcu-randomlabel-guided-path --ckpt=results/memorised/seed21/hardest/mcu-randomlabel-guided --data_path=data --forget_index=results/memorised/seed100/lists/hardest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=11 --no_line
# seed20/easiest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed20/easiest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed20/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed19/easiest/mcu-randomlabel-guided/search
python3 train.py --dir=results/memorised/seed19/easiest/mcu-randomlabel-guided --init_start=results/memorised/seed19/original --init_end=results/memorised/seed19/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=100
# seed19/easiest/mcu-randomlabel-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed19/easiest/mcu-randomlabel-guided-path --ckpt=results/memorised/seed19/easiest/mcu-randomlabel-guided --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=19 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=100 --no_line
# seed20/easiest/mcu-randomlabel-guided/search
python3 train.py --dir=results/memorised/seed20/easiest/mcu-randomlabel-guided --init_start=results/memorised/seed20/original --init_end=results/memorised/seed20/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=100
# seed20/easiest/mcu-randomlabel-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed20/easiest/mcu-randomlabel-guided-path --ckpt=results/memorised/seed20/easiest/mcu-randomlabel-guided --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=20 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=100 --no_line
# seed21/easiest/randomlabel/randomlabel
python3 train.py --dir=results/memorised/seed21/easiest/randomlabel --unlearn_method=randomlabel --original_pth=results/memorised/seed21/original --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --eval_freq=50 --epochs=5 --lr=0.04
# seed21/easiest/mcu-randomlabel-guided/search
python3 train.py --dir=results/memorised/seed21/easiest/mcu-randomlabel-guided --init_start=results/memorised/seed21/original --init_end=results/memorised/seed21/easiest/randomlabel --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --eval_freq=20 --preset=best --fix_start --fix_end --forget_base=100
# seed21/easiest/mcu-randomlabel-guided-path/path
python3 eval_curve.py --dir=results/memorised/seed21/easiest/mcu-randomlabel-guided-path --ckpt=results/memorised/seed21/easiest/mcu-randomlabel-guided --data_path=data --forget_index=results/memorised/seed100/lists/easiest.txt --seed=21 --precision=bf16 --start_t=0.7368421052631579 --num_points=6 --bn_samples=2000 --forget_base=100 --no_line
