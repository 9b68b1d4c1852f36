"""Stages, sizes and pretrained weights of the backbones."""

from urllib.error import URLError

import pytest
import torch

from core.config import BACKBONE_NAMES
from core.errors import InputError
from core.models.backbones import build_backbone

STRIDES = {
    "small": (2, 4, 8, 16),
    "resnet18": (2, 4, 8, 16, 32),
    "resnet50": (2, 4, 8, 16, 32),
    "mobilenet_v3_small": (2, 4, 8, 16, 32),
    "convnext_tiny": (4, 8, 16, 32),
}


@pytest.mark.parametrize("name", BACKBONE_NAMES)
def test_maps_have_the_announced_channels_and_halve_from_stage_to_stage(name):
    with torch.device("meta"):
        backbone = build_backbone(name, pretrained=False)
        maps = backbone(torch.empty(2, 3, 64, 64))
    expected = [
        (2, channels, 64 // stride, 64 // stride)
        for channels, stride in zip(backbone.channels, STRIDES[name], strict=True)
    ]
    assert [tuple(features.shape) for features in maps] == expected


@pytest.mark.parametrize("name", BACKBONE_NAMES)
@pytest.mark.parametrize("size", [16, 17, 31, 50])
def test_any_size_from_16_pixels(name, size):
    with torch.device("meta"):
        backbone = build_backbone(name, pretrained=False)
        maps = backbone(torch.empty(2, 3, size, size))
    assert len(maps) == len(backbone.channels)
    assert all(min(features.shape) >= 1 for features in maps)


@pytest.mark.parametrize("size", [16, 64])
def test_small_net_treats_an_image_alike_in_any_batch(size):
    torch.manual_seed(0)
    backbone = build_backbone("small", pretrained=False).double()
    images = torch.rand(5, 3, size, size, dtype=torch.float64)
    together = backbone(images)[-1]
    alone = torch.cat([backbone(image[None])[-1] for image in images])
    torch.testing.assert_close(alone, together)


def test_resnet_maps_are_those_of_torchvision():
    from torchvision.models import resnet18

    torch.manual_seed(0)
    backbone = build_backbone("resnet18", pretrained=False).eval()
    torch.manual_seed(0)
    reference = resnet18().eval()
    reference.fc = torch.nn.Identity()
    images = torch.rand(2, 3, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(backbone(images)[-1].mean(dim=(2, 3)), reference(images))


def test_convnext_small_images_are_scaled_up():
    torch.manual_seed(0)
    backbone = build_backbone("convnext_tiny", pretrained=False).eval()
    image = torch.rand(1, 3, 1, 1).expand(1, 3, 16, 16)
    with torch.no_grad():
        torch.testing.assert_close(backbone(image)[-1], backbone(image[..., :1, :1].expand(1, 3, 32, 32))[-1])


def test_unknown_name():
    with pytest.raises(InputError, match=r"backbone: must be one of small, resnet18, .* found 'vgg'"):
        build_backbone("vgg", pretrained=False)  # type: ignore[arg-type]


def test_small_net_has_no_pretrained_weights():
    with pytest.raises(InputError, match="pretrained: must be off for the backbone 'small'"):
        build_backbone("small", pretrained=True)


@pytest.mark.parametrize(
    "problem", [URLError("no route to host"), ConnectionResetError("reset"), RuntimeError("invalid hash value")]
)
def test_failed_download_says_how_to_go_on(monkeypatch, problem):
    def fail(url, **_options):
        raise problem

    monkeypatch.setattr("torchvision.models._api.load_state_dict_from_url", fail)
    with pytest.raises(InputError, match=r"weights of resnet18 could not be downloaded .* switch 'pretrained' off"):
        build_backbone("resnet18", pretrained=True)


def test_pretrained_weights_are_loaded_as_data_only(monkeypatch):
    from torchvision.models import resnet18

    torch.manual_seed(1)
    reference = resnet18()
    asked = {}

    def answer(url, **options):
        asked.update(options)
        return reference.state_dict()

    monkeypatch.setattr("torchvision.models._api.load_state_dict_from_url", answer)
    backbone = build_backbone("resnet18", pretrained=True)
    torch.testing.assert_close(backbone.stages[0][0].weight, reference.conv1.weight)
    assert asked["weights_only"]
    assert asked["check_hash"]
