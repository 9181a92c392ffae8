"""`iadbe datasets convert`: from one format of labelled images to another."""

from __future__ import annotations

from pathlib import Path

import click

from iadbe.cli.plainly import plainly

_FORMATS = click.Choice(["yolo", "folder", "coco"])
_PATH = click.Path(path_type=Path)


@click.command("convert")
@click.argument("source", metavar="FROM", type=_PATH)
@click.argument("target", metavar="TO", type=_PATH)
@click.option("--from-format", type=_FORMATS, required=True, help="The format of FROM.")
@click.option("--to-format", type=_FORMATS, required=True, help="The format of TO.")
@click.option("--link", is_flag=True, help="Hard links instead of copies of the images.")
@click.option(
    "--shapes",
    type=click.Choice(["outlines", "boxes"]),
    default="outlines",
    show_default=True,
    help="What to write of a defect whose outline is known.",
)
@click.option("--normal", multiple=True, help="Folder name of normal images in FROM. [good, …]")
@click.option("--masks", help="Folder name of the masks in FROM. [ground_truth, masks, mask]")
@plainly
def convert_dataset(  # noqa: PLR0913 - one a command-line option
    *,
    source: Path,
    target: Path,
    from_format: str,
    to_format: str,
    link: bool,
    shapes: str,
    normal: tuple[str, ...],
    masks: str | None,
) -> None:
    """Convert labelled images in FROM to a new folder TO; FROM is not changed."""
    from iadbe.convert.convert import Wishes, convert

    wishes = Wishes(link=link, boxes=shapes == "boxes")
    if normal:
        wishes = Wishes(wishes.link, wishes.boxes, normal, wishes.masks)
    if masks:
        wishes = Wishes(wishes.link, wishes.boxes, wishes.normal, (masks,))
    done = convert(source, target, from_format, to_format, wishes)
    counts = ", ".join(f"{count} {split}" for split, count in done.images.items())
    click.echo(f"{target}: {sum(done.images.values())} images ({counts}) as {to_format}.")
    for what, count in done.lost.items():
        click.echo(f"Lost in {count} image{'s' if count > 1 else ''}: {what}.")
    if not done.lost:
        click.echo("Nothing was lost.")
