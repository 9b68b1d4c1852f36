"""The model as a whole: outputs, normalisation, rebuilding."""

import json

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from core.errors import InputError
from core.models.multi_task import MultiTaskModel


def small(segmentation=True):
    torch.manual_seed(0)
    return MultiTaskModel("small", classes=4, embedding_dim=6, segmentation=segmentation)


def test_output_shapes():
    output = small()(torch.rand(3, 3, 40, 40))
    assert output.embedding.shape == (3, 6)
    assert output.logits.shape == (3, 4)
    assert output.mask_logits.shape == (3, 1, 40, 40)
    torch.testing.assert_close(output.embedding.norm(dim=1), torch.ones(3))


def test_without_segmentation_there_is_no_mask():
    assert small(segmentation=False)(torch.rand(2, 3, 32, 32)).mask_logits is None


def test_without_classes_there_is_no_head_for_them():
    torch.manual_seed(0)
    model = MultiTaskModel("small", classes=0, embedding_dim=6, segmentation=False)
    output = model(torch.rand(2, 3, 32, 32))
    assert output.logits.shape == (2, 0)
    assert output.embedding.shape == (2, 6)
    rebuilt = MultiTaskModel.from_architecture(json.loads(json.dumps(model.architecture())))
    rebuilt.load_state_dict(model.state_dict())
    assert not any("classification" in name for name in rebuilt.state_dict())


def test_without_masks_the_decoder_does_not_run():
    model = small()
    runs = []
    model.decoder.register_forward_hook(lambda *_: runs.append(1))
    images = torch.rand(2, 3, 32, 32)
    output = model(images, with_masks=False)
    assert output.mask_logits is None
    assert not runs
    torch.testing.assert_close(output.embedding, model(images).embedding)
    torch.testing.assert_close(model.embed(images), output.embedding)
    assert len(runs) == 1


def test_backbone_sees_imagenet_normalised_images():
    model = small(segmentation=False)
    seen = []
    model.backbone.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
    model(torch.full((1, 3, 16, 16), 0.5))
    expected = torch.tensor([(0.5 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, (0.5 - 0.406) / 0.225])
    torch.testing.assert_close(seen[0][0, :, 3, 7], expected)
    assert not {"mean", "std"} & set(model.state_dict())


def test_every_parameter_gets_a_gradient():
    model = small()
    output = model(torch.rand(4, 3, 32, 32))
    (output.embedding[:, 0].sum() + output.logits[:, 0].sum() + output.mask_logits.sum()).backward()
    assert [name for name, parameter in model.named_parameters() if parameter.grad is None] == []


def test_double_precision():
    output = small().double()(torch.rand(2, 3, 32, 32, dtype=torch.float64))
    assert {tensor.dtype for tensor in output} == {torch.float64}


def test_channels_last_gives_the_same():
    model = small().double()
    images = torch.rand(2, 3, 32, 32, dtype=torch.float64)
    expected = model(images)
    found = model.to(memory_format=torch.channels_last)(images.contiguous(memory_format=torch.channels_last))
    torch.testing.assert_close(found, expected)


def test_overfits_a_handful_of_images():
    model = small()
    images = torch.rand(8, 3, 16, 16)
    labels = torch.arange(8) % 4
    masks = (images.mean(dim=1, keepdim=True) > 0.5).float()
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for _ in range(30):
        output = model(images)
        loss = F.cross_entropy(output.logits, labels) + F.binary_cross_entropy_with_logits(output.mask_logits, masks)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert (model(images).logits.argmax(dim=1) == labels).all()


def test_rebuilt_from_json_and_weights():
    model = small()
    twin = MultiTaskModel.from_architecture(json.loads(json.dumps(model.architecture())))
    twin.load_state_dict(model.state_dict())
    images = torch.rand(2, 3, 32, 32)
    torch.testing.assert_close(twin(images), model(images))


@pytest.mark.parametrize("name", ["small", "mobilenet_v3_small"])
def test_rebuilding_draws_no_random_numbers_and_leaves_no_noise(name):
    architecture = {"backbone_name": name, "classes": 2, "embedding_dim": 3, "segmentation": True}
    before = torch.get_rng_state()
    model = MultiTaskModel.from_architecture(architecture)
    assert torch.equal(torch.get_rng_state(), before)
    assert all(not tensor.any() for tensor in model.state_dict().values())
    torch.testing.assert_close(model.std.flatten(), torch.tensor([0.229, 0.224, 0.225]))


@pytest.mark.parametrize("architecture", [{}, {"backbone_name": "small", "layers": 3}])
def test_wrong_architecture(architecture):
    with pytest.raises(InputError, match="architecture: not the arguments of a model"):
        MultiTaskModel.from_architecture(architecture)


@pytest.mark.parametrize(("field", "classes", "dimension"), [("classes", -1, 8), ("embedding_dim", 3, -1)])
def test_counts_that_are_too_small(field, classes, dimension):
    with pytest.raises(InputError, match=f"{field}: must be at least [01], found -1"):
        MultiTaskModel("small", classes, dimension, segmentation=False)


@pytest.mark.long
@pytest.mark.parametrize("classes", [0, 3])
def test_exportable_with_any_batch_size(classes):
    model = MultiTaskModel("small", classes, 8, segmentation=bool(classes)).eval()
    images = torch.rand(2, 3, 20, 20)
    program = torch.export.export(model, (images,), dynamic_shapes=({0: torch.export.Dim("batch")},))
    more = torch.rand(5, 3, 20, 20)
    found, expected = program.module()(more), model(more)
    torch.testing.assert_close(tuple(found)[: 2 + bool(classes)], tuple(expected)[: 2 + bool(classes)])


def test_no_batch_norm_in_own_parts():
    assert not any(isinstance(module, nn.modules.batchnorm._BatchNorm) for module in small().modules())
