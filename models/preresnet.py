"""Pre-activation ResNet for small images (He et al. 2016, arXiv 1603.05027).

Parameter names and their order are those of dnn-mode-connectivity, so its checkpoints load.
"""

import torch
from torch import nn

WIDTHS = (16, 32, 64)
BOTTLENECK_FROM = 44  # depths from here on have Bottleneck blocks
EXPANSION = 4  # a Bottleneck block's output is so many times its width


class Block(nn.Module):
    """bn, relu, conv for each (width, kernel); the sum with the raw or projected input."""

    def __init__(self, width_in, widths, kernels, stride):
        super().__init__()
        channels = [width_in, *widths]
        self.length = len(widths)
        for i, kernel in enumerate(kernels):
            setattr(self, f'bn{i + 1}', nn.BatchNorm2d(channels[i]))
            # the stride sits in the first 3x3 convolution of the block
            step = stride if i == kernels.index(3) else 1
            conv = nn.Conv2d(
                channels[i], channels[i + 1], kernel, step, padding=kernel // 2, bias=False
            )
            setattr(self, f'conv{i + 1}', conv)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or width_in != channels[-1]:
            projection = nn.Conv2d(width_in, channels[-1], 1, stride, bias=False)
            self.downsample = nn.Sequential(projection)

    def forward(self, x):
        out = x
        for i in range(1, self.length + 1):
            out = getattr(self, f'conv{i}')(self.relu(getattr(self, f'bn{i}')(out)))
        return out + (x if self.downsample is None else self.downsample(x))


class PreResNet(nn.Module):
    """Images (B, 3, H, W) to logits (B, num_classes).

    Below a depth of 44 a block has two convolutions, and depth - 2 is divisible by 6; from 44 on a
    block has three, and depth - 2 is divisible by 9. Raises ValueError for other depths.
    """

    def __init__(self, num_classes, depth=110):
        super().__init__()
        deep = depth >= BOTTLENECK_FROM
        blocks, rest = divmod(depth - 2, 9 if deep else 6)
        if rest or blocks < 1:
            raise ValueError(f'there is no depth {depth}; 8, 14, 20 … 38, 47, 56 … 110, 164')
        expansion = EXPANSION if deep else 1
        self.conv1 = nn.Conv2d(3, WIDTHS[0], 3, padding=1, bias=False)
        channels = WIDTHS[0]
        for stage, width in enumerate(WIDTHS, start=1):
            out = width * expansion
            widths, kernels = ((width, width, out), (1, 3, 1)) if deep else ((width, out), (3, 3))
            layers = []
            for block in range(blocks):
                stride = 2 if stage > 1 and block == 0 else 1
                layers.append(Block(channels, widths, kernels, stride))
                channels = out
            setattr(self, f'layer{stage}', nn.Sequential(*layers))
        self.bn = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(channels, num_classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')

    def forward(self, x):
        if self.training:  # a fifth faster on a CPU; vmap, for a mask in eval mode, cannot do it
            x = x.contiguous(memory_format=torch.channels_last)
        x = self.layer3(self.layer2(self.layer1(self.conv1(x))))  # B×C×H/4×W/4
        return self.fc(self.relu(self.bn(x)).mean(dim=(2, 3)))
