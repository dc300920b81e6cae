"""A network of one's own, for --model=reproduce/network.py:small_vit.

The function is called with the number of classes and, where it has such parameters, image_size and
pretrained; it returns an nn.Module that maps images (B, 3, S, S) to logits (B, num_classes).
"""

from torchvision.models import VisionTransformer


def small_vit(num_classes, image_size):
    """A vision transformer of 0.4 million parameters, on patches of 8 pixels."""
    sizes = {'num_layers': 6, 'num_heads': 4, 'hidden_dim': 64, 'mlp_dim': 256}
    return VisionTransformer(image_size, patch_size=8, num_classes=num_classes, **sizes)
