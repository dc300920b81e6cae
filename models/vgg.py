"""VGG (Simonyan & Zisserman 2015, arXiv 1409.1556) for 32 pixels and more.

Parameter names are those of dnn-mode-connectivity, so its VGG16 and VGG19 checkpoints load.
"""

from torch import nn

HIDDEN = 512
STAGES = {  # configurations D and E: the width of each convolution, a pooling after each stage
    16: ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3),
    19: ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4),
}


class VGG(nn.Module):
    """Images (B, 3, S, S) to logits (B, num_classes); S = image_size, at least 32.

    Raises ValueError for a smaller image: five poolings would leave nothing of it.
    """

    def __init__(self, num_classes, depth=16, batch_norm=False, image_size=32):
        super().__init__()
        side = image_size // 2 ** len(STAGES[depth])
        if side < 1:
            raise ValueError(f'VGG needs images of at least 32 pixels, not {image_size}')
        self.layer_blocks = nn.ModuleList()
        channels = 3
        for widths in STAGES[depth]:
            stage = nn.ModuleList()
            for width in widths:
                stage.append(nn.Conv2d(channels, width, 3, padding=1))
                if batch_norm:
                    stage.append(nn.BatchNorm2d(width))
                channels = width
            self.layer_blocks.append(stage)
        self.relu = nn.ReLU(inplace=True)
        self.pool = nn.MaxPool2d(2)
        self.classifier = nn.Sequential(
            nn.Dropout(),
            nn.Linear(channels * side * side, HIDDEN),
            nn.ReLU(inplace=True),
            nn.Dropout(),
            nn.Linear(HIDDEN, HIDDEN),
            nn.ReLU(inplace=True),
            nn.Linear(HIDDEN, num_classes),
        )
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
                nn.init.zeros_(module.bias)

    def forward(self, x):
        for stage in self.layer_blocks:
            for i, layer in enumerate(stage):
                x = layer(x)
                if i + 1 == len(stage) or isinstance(stage[i + 1], nn.Conv2d):
                    x = self.relu(x)
            x = self.pool(x)
        return self.classifier(x.flatten(1))
