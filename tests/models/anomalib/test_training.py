"""How long, how, and on which batches a module is trained."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from iadbe.errors import ConfigError
from iadbe.models.anomalib import AnomalibParams
from iadbe.samples import Samples

pytestmark = pytest.mark.slow
Settings = Callable[[str], dict[str, Any]]
CPU = torch.device("cpu")


def _fitted(settings: dict[str, Any], samples: Samples) -> Any:
    from iadbe.models.anomalib import fitting

    return fitting.fit(AnomalibParams(**settings), samples, 0, CPU)


def test_steps_end_the_training_and_bound_the_epochs(
    settings: Settings, train_samples: Samples
) -> None:
    """14 images in batches of 4 are 4 steps an epoch; schedules read the number of epochs."""
    steps = {**settings("Stfpm"), "epochs": None, "max_steps": 6}
    trainer = _fitted(steps, train_samples).trainer
    assert (trainer.global_step, trainer.max_epochs) == (6, 2)


def test_epochs_and_steps_end_at_whichever_comes_first(
    settings: Settings, train_samples: Samples
) -> None:
    both = {**settings("Stfpm"), "epochs": 1, "max_steps": 100}
    assert _fitted(both, train_samples).trainer.global_step == 4


def test_one_pass_models_pass_once(settings: Settings, train_samples: Samples) -> None:
    trainer = _fitted({**settings("Padim"), "epochs": 7}, train_samples).trainer
    assert trainer.max_epochs == 1


def test_gradients_are_clipped(settings: Settings, train_samples: Samples) -> None:
    clipped = {**settings("Stfpm"), "gradient_clip": 0.5}
    assert _fitted(clipped, train_samples).trainer.gradient_clip_val == 0.5


def test_a_model_that_steps_by_itself_takes_no_clipping(train_samples: Samples) -> None:
    small = {"n_features": 8, "latent_vec_size": 16}
    params = {"name": "Ganomaly", "epochs": 1, "gradient_clip": 1.0, "args": small}
    with pytest.raises(ConfigError, match=r"Ganomaly.*leave params\.gradient_clip out"):
        _fitted(params, train_samples)


def test_loader_and_training_step_see_the_same_normalised_pixels(
    settings: Settings, train_samples: Samples
) -> None:
    """CFA, GLASS and WinCLIP look at the loader's images beside those of the training step."""
    from iadbe.models.anomalib import build, training
    from iadbe.models.anomalib.data import TrainingData

    params = AnomalibParams(**settings("Padim"))
    module: Any = build.build(params, train_samples.size, pretrained=True)
    seen: list[torch.Tensor] = []
    step = module.training_step
    module.training_step = lambda batch, *rest: seen.append(batch.image.clone()) or step(batch)
    transform = module.pre_processor.transform
    data = TrainingData(train_samples, transform, batch_size=4, seed=0)
    training.train(module, data, params, CPU)
    loaded = [batch.image for batch in data.train_dataloader()]
    assert all(map(torch.equal, seen, loaded))
    pixels = torch.cat(loaded)
    assert -1 <= pixels.min() < -0.2  # lite0's range is [-1, 1]
    assert pixels.max() <= 1


def test_progress_bars_of_anomalib_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    from tqdm import tqdm

    from iadbe.models.anomalib.bars import no_bars

    with no_bars():
        assert list(tqdm(range(3))) == [0, 1, 2]
    assert capsys.readouterr().err == ""
    list(tqdm(range(3)))
    assert "3/3" in capsys.readouterr().err


def _log(params: AnomalibParams, samples: Samples, change: Callable[[Any], None]) -> Any:
    """The training log of a module that `change` does something to before it is trained."""
    from iadbe.models.anomalib import build, training, watch
    from iadbe.models.anomalib.data import TrainingData

    module: Any = build.build(params, samples.size, pretrained=True)
    change(module)
    transform = module.pre_processor.transform
    data = TrainingData(samples, transform, batch_size=params.batch_size, seed=0)
    training.train(module, data, params, CPU)
    return watch.training_log(module)


def _untouched(_module: Any) -> None:
    pass


def test_the_log_counts_epochs_and_knows_the_last_loss(
    settings: Settings, train_samples: Samples
) -> None:
    log = _log(AnomalibParams(**settings("Stfpm")), train_samples, _untouched)
    assert (log.epochs, log.epochs_asked, log.finite) == (1, 1, True)
    assert log.last_loss > 0


def test_a_recipe_that_ends_by_steps_is_not_cut_short(
    settings: Settings, train_samples: Samples
) -> None:
    steps = {**settings("Stfpm"), "epochs": 50, "max_steps": 6}
    log = _log(AnomalibParams(**steps), train_samples, _untouched)
    assert (log.epochs, log.epochs_asked) == (2, 2)


def test_training_that_stops_by_itself_is(settings: Settings, train_samples: Samples) -> None:
    def stop(module: Any) -> None:
        module.on_train_epoch_end = lambda: setattr(module.trainer, "should_stop", True)

    log = _log(AnomalibParams(**{**settings("Stfpm"), "epochs": 3}), train_samples, stop)
    assert (log.epochs, log.epochs_asked) == (1, 3)


def test_a_loss_that_is_no_number_is_logged_even_if_the_last_one_is(
    settings: Settings, train_samples: Samples
) -> None:
    def break_second(module: Any) -> None:
        step, seen = module.training_step, []

        def broken(*given: Any) -> Any:
            seen.append(given)
            nan = torch.tensor(float("nan"), requires_grad=True)
            return {"loss": nan} if len(seen) == 2 else step(*given)

        module.training_step = broken

    log = _log(AnomalibParams(**settings("Stfpm")), train_samples, break_second)
    assert not log.finite
    assert log.last_loss > 0


def test_a_model_of_one_pass_has_no_loss_and_one_that_steps_by_itself_several(
    settings: Settings, train_samples: Samples
) -> None:
    assert _log(AnomalibParams(**settings("Padim")), train_samples, _untouched).last_loss is None
    small = {"n_features": 8, "latent_vec_size": 16}
    params = AnomalibParams(name="Ganomaly", epochs=1, batch_size=8, args=small)
    log = _log(params, train_samples, _untouched)
    assert (log.epochs, log.finite) == (1, True)
    assert log.last_loss > 0
